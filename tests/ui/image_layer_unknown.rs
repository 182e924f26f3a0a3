use keras_core::prelude::*;

sequential! {
    pub struct Net<
        Input<32, 32, 3>,
        Conv2d<_, 8, 3>,
        MaxPool2D<2>,
        AvgPool2D,
        BatchNorm,
        Dropout2d<0.5>,
        max_pool2d,
        GlobalAvgPool2D,
        Dense<8, 3>,
    >
}

fn main() {}

// mistakes: 7
