use keras_core::prelude::*;

sequential! {
    pub struct Net<
        Input<4, 6>,
        Softmax<axis = 0>,
        Activation<LogSoftmax, axis = 3>,
        Softmax<axis = (1, -2)>,
        Softmax<axis = 0.5>,
        Softmax<axes = 1>,
        Softmax<1>,
        Flatten,
        Dense<_, 1>,
    >
}

fn main() {}

// mistakes: 6
