//! 100 numbers in, one out.
#![no_std]
#![no_main]

use keras_static_probe::{compared, input};

keras_static::static_model! {
    struct Mlp< Dense<100, 64, Relu>, Dense<64, 1, Linear> > = "weights/mlp.safetensors"
}

/// What the C library's start code calls.
#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    compared(&Mlp::predict_static(&input()), include_bytes!("../../weights/mlp.expected"))
}
