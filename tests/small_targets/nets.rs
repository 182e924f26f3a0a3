//! The models, each written once: for `sequential!` and for `static_model!`.

/// Calls `each!(name, "file", { layers })` for all of them.
macro_rules! nets {
    ($each:ident) => {
        $each!(Mlp, "keras-static/probe/weights/mlp.safetensors", { Dense<100, 64, Relu>, Dense<64, 1, Linear> });
        $each!(Convnet, "keras-static/probe/weights/convnet.safetensors", {
            Input<28, 28, 1>,
            Conv2D<1, 32, 3, Relu>,
            MaxPooling2D<2>,
            Conv2D<_, 64, 3, Relu>,
            MaxPooling2D<2>,
            Flatten,
            Dropout<0.5>,
            Dense<_, 10, Softmax>,
        });
        $each!(Images, "tests/small_targets/weights/images.safetensors", {
            Input<9, 8, 3>,
            ZeroPadding2D<((1, 0), (2, 1))>,
            stem: Conv2D<_, 6, (3, 2), Gelu, strides = 2, padding = Same, kernel_initializer = HeNormal>,
            BatchNormalization<epsilon = 1e-2>,
            Activation<LeakyRelu<0.1>>,
            dw: DepthwiseConv2D<3, HardSilu, padding = Same, depth_multiplier = 2>,
            SeparableConv2D<_, 5, 3, Silu, padding = Same, depth_multiplier = 2, use_bias = false>,
            BatchNormalization<center = false>,
            UpSampling2D<(2, 3)>,
            Conv2D<_, 4, 3, Mish, groups = 1, dilation_rate = 2, padding = Same>,
            AveragePooling2D<3, strides = 2, padding = Same>,
            SpatialDropout2D<0.2>,
            GlobalAveragePooling2D<keepdims = true>,
            Reshape<4>,
            Dense<_, 3, LogSoftmax>,
        });
        $each!(Groups, "tests/small_targets/weights/groups.safetensors", {
            Input<6, 7, 4>,
            BatchNormalization<scale = false>,
            Conv2D<_, 6, 3, Elu<0.7>, groups = 2, use_bias = false>,
            MaxPooling2D<(2, 3), strides = 1, padding = Same>,
            DepthwiseConv2D<(2, 3), Selu, strides = 2, use_bias = false>,
            SeparableConv2D<_, 7, 2, Tanh, strides = (1, 2), padding = Same>,
            BatchNormalization<center = false, scale = false>,
            GlobalMaxPooling2D,
            Dense<_, 5, Softplus, use_bias = false>,
            Dense<_, 4, Sigmoid>,
        });
        $each!(Table, "tests/small_targets/weights/table.safetensors", {
            Input<4, 3>,
            Activation<Softsign>,
            Dense<3, 5, Relu6>,
            Dense<5, 4, Exponential>,
            Activation<HardSigmoid>,
            Dense<4, 6, Softmax>,
        });
        $each!(Nothing, "tests/small_targets/weights/nothing.safetensors", { Input<2, 3>, Flatten, Dropout<0.1> });
    };
}
