//! The convnet of MNIST.
#![no_std]
#![no_main]

use keras_static_probe::{compared, input};

keras_static::static_model! {
    struct Convnet<
        Input<28, 28, 1>,
        Conv2D<1, 32, 3, Relu>,
        MaxPooling2D<2>,
        Conv2D<_, 64, 3, Relu>,
        MaxPooling2D<2>,
        Flatten,
        Dropout<0.5>,
        Dense<_, 10, Softmax>,
    > = "weights/convnet.safetensors"
}

/// What the C library's start code calls.
#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    compared(&Convnet::predict_static(&input()), include_bytes!("../../weights/convnet.expected"))
}
