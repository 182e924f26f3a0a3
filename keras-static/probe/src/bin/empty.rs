//! No model: what every program has.
#![no_std]
#![no_main]

use keras_static_probe::{compared, input};

/// What the C library's start code calls.
#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    compared(&input::<1>(), &[0; 4])
}
