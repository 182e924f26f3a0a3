//! The reader of IDX files, compressed or not.
#![no_main]

mod file;

use keras_core::data::{read_idx, read_images};
use keras_core::ndarray::IxDyn;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = file::with(bytes);
    let _ = read_idx::<IxDyn>(&path);
    let _ = read_images(&path);
});
