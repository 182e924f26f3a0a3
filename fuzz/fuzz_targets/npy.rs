//! The reader of NumPy's files.
#![no_main]

mod file;

use keras_core::data::read_npy;
use keras_core::ndarray::{Ix2, IxDyn};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = file::with(bytes);
    let _ = read_npy::<f32, IxDyn>(&path);
    let _ = read_npy::<f64, Ix2>(&path);
    let _ = read_npy::<u8, IxDyn>(&path);
});
