use keras_core::prelude::*;

sequential! {
    pub struct Net<
        Input<28, 28, 1>,
        Conv2D<3, 8, 3, Relu>,
        MaxPooling2D<2>,
        Conv2D<channels = 16, filters = 8, kernel_size = 3>,
        Flatten,
        Dense<968, 3>,
    >
}

fn main() {}

// mistakes: 2
// kind: shape
