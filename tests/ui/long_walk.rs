use keras_core::prelude::*;

const HIDDEN: usize = 7;

sequential! {
    pub struct Net<
        Input<28, 28, 1>,
        Flatten,
        Dense<_, 128, Relu>,
        Dropout<0.5>,
        Dense<_, HIDDEN, Relu>,
        Dropout<0.5>,
        Dense<_, 32, Relu>,
        Reshape<4, 8>,
        Flatten,
        Dense<31, 10, Softmax>,
    >
}

fn main() {}

// kind: shape
