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
