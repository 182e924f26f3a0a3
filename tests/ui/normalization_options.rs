use keras_core::prelude::*;

sequential! {
    pub struct Net<
        Input<8>,
        BatchNormalization<momentun = 0.9>,
        BatchNormalization<center = 1>,
        BatchNormalization<axis = 3>,
        BatchNormalization<gamma_initializer = Onces>,
        Dense<_, 1>,
    >
}

fn main() {}

// mistakes: 4
