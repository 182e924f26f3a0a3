//! The models of the cases.

use keras_core::prelude::*;

sequential! {
    pub struct Mlp< hidden_0: Dense<8, 6, Relu>, hidden_1: Dense<_, 5, Relu>, out: Dense<_, 3, Softmax> >
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
