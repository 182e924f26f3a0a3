//! The models of the cases.

use keras_core::prelude::*;

sequential! {
    pub struct Mlp< hidden_0: Dense<8, 6, Relu>, hidden_1: Dense<_, 5, Relu>, out: Dense<_, 3, Softmax> >
}

sequential! {
    pub struct RegularMlp<
        hidden_0: Dense<8, 6, Relu, kernel_regularizer = L2<0.01>>,
        hidden_1: Dense<_, 5, Relu, kernel_regularizer = L2>,
        out: Dense<_, 3, Softmax>,
    >
}

sequential! {
    pub struct ConstrainedMlp<
        hidden_0: Dense<8, 6, Relu, kernel_constraint = MaxNorm<1.0>>,
        hidden_1: Dense<_, 5, Relu, kernel_constraint = MaxNorm<max_value = 1>>,
        out: Dense<_, 3>,
    >
}

// Penalties on what layers make; one of them looks at the whole batch.
sequential! {
    pub struct Activity<
        Input<5, 5, 1>,
        conv: Conv2D<1, 2, 3, Relu, activity_regularizer = L1L2<0.01, 0.02>>,
        Flatten,
        hidden: Dense<18, 4, Tanh, activity_regularizer = L2<0.05>>,
        ActivityRegularization<l1 = 0.01, l2 = 0.03>,
        out: Dense<4, 2, activity_regularizer = OrthogonalRegularizer<0.02>>,
    >
}

sequential! {
    pub struct Multi< hidden_0: Dense<8, 6, Tanh>, hidden_1: Dense<_, 5, Tanh>, out: Dense<_, 3, Softmax> >
}

sequential! {
    pub struct Regressor< hidden_0: Dense<8, 6, Relu>, hidden_1: Dense<_, 5, Relu>, out: Dense<_, 1> >
}

sequential! {
    pub struct Binary< hidden_0: Dense<8, 6, Relu>, hidden_1: Dense<_, 5, Relu>, out: Dense<_, 1, Sigmoid> >
}

// Keras has it as two models, one after the other.
sequential! {
    pub struct Autoencoder<
        e1: Dense<10, 5, Relu>,
        code: Dense<_, 2>,
        d1: Dense<_, 5, Relu>,
        recon: Dense<_, 10>,
    >
}

sequential! {
    pub struct Convnet<
        Input<12, 12, 3>,
        conv_0: Conv2D<3, 4, 3, padding = Same, use_bias = false>,
        bn_0: BatchNormalization<momentum = 0.9>,
        Activation<Relu>,
        MaxPooling2D<2>,
        conv_1: Conv2D<4, 8, 3, padding = Same, use_bias = false>,
        bn_1: BatchNormalization<momentum = 0.9>,
        Activation<Relu>,
        MaxPooling2D<2>,
        Dropout<0.3>,
        GlobalAveragePooling2D,
        out: Dense<8, 4, Softmax>,
    >
}

sequential! {
    pub struct ConvnetWithoutDropout<
        Input<12, 12, 3>,
        conv_0: Conv2D<3, 4, 3, padding = Same, use_bias = false>,
        bn_0: BatchNormalization<momentum = 0.9>,
        Activation<Relu>,
        MaxPooling2D<2>,
        conv_1: Conv2D<4, 8, 3, padding = Same, use_bias = false>,
        bn_1: BatchNormalization<momentum = 0.9>,
        Activation<Relu>,
        MaxPooling2D<2>,
        Dropout<0.0>,
        GlobalAveragePooling2D,
        out: Dense<8, 4, Softmax>,
    >
}

sequential! {
    pub struct Lenet<
        Input<16, 16, 1>,
        c1: Conv2D<1, 4, 5, Tanh, padding = Same>,
        AveragePooling2D<2>,
        c3: Conv2D<4, 6, 3, Tanh>,
        AveragePooling2D<2>,
        Flatten,
        f5: Dense<54, 12, Tanh>,
        out: Dense<12, 10, Softmax>,
    >
}

model! {
    /// Two residual blocks, the second with a projection.
    pub struct Resnet {
        block body<FILTERS, STRIDES>(x) {
            let c1 = Conv2D<_, FILTERS, 3, strides = STRIDES, padding = Same, use_bias = false>(x);
            let bn1 = BatchNormalization(c1);
            let r1 = Activation<Relu>(bn1);
            let c2 = Conv2D<_, FILTERS, 3, padding = Same, use_bias = false>(r1);
            let bn2 = BatchNormalization(c2);
            output bn2;
        }
        input image: Input<8, 8, 3>;
        let stem = Conv2D<_, 4, 3, padding = Same>(image);
        let b0_c1 = Conv2D<_, 4, 3, padding = Same, use_bias = false>(stem);
        let b0_bn1 = BatchNormalization(b0_c1);
        let b0_r1 = Activation<Relu>(b0_bn1);
        let b0_c2 = Conv2D<_, 4, 3, padding = Same, use_bias = false>(b0_r1);
        let b0_bn2 = BatchNormalization(b0_c2);
        let b0_r2 = Activation<Relu>(Add(stem, b0_bn2));
        let b1 = body<6, 2>(b0_r2);
        let b1_proj = Conv2D<_, 6, 1, strides = 2>(b0_r2);
        let b1_r2 = Activation<Relu>(Add(b1_proj, b1));
        let gap = GlobalAveragePooling2D(b1_r2);
        let out = Dense<_, 4, Softmax>(gap);
        output out;
    }
}

model! {
    /// Two inputs and two outputs. Keras has a causal Conv1D of three taps: as a convolution of an image of
    /// one column, two zeros before it.
    pub struct MultiIo {
        input features: Input<5>;
        input series: Input<6, 2>;
        let padded = ZeroPadding2D<((2, 0), (0, 0))>(Reshape<6, 1, 2>(series));
        let cb = Conv2D<_, 4, (3, 1), Relu>(padded);
        let fa = Dense<_, 6, Relu>(features);
        let cat = Concatenate(fa, GlobalMaxPooling2D(cb));
        let label = Dense<_, 3, Softmax>(cat);
        let value = Dense<_, 1>(cat);
        output label, value;
    }
}

model! {
    /// The same tower for both inputs.
    pub struct Siamese {
        input a: Input<6>;
        input b: Input<6>;
        layer t1: Dense<_, 8, Tanh>;
        layer t2: Dense<_, 3>;
        let same = Dense<_, 1, Sigmoid>(Dot<normalize = true>(t2(t1(a)), t2(t1(b))));
        output same;
    }
}
