use keras_core::prelude::*;

sequential! {
    pub struct Net<
        Input<8, 8, 2>,
        AveragePooling2D<pool = 2>,
        MaxPooling2D<2, stride = 2>,
        GlobalAveragePooling2D<keep_dims = true>,
        Dense<_, 1>,
    >
}

fn main() {}

// mistakes: 3
