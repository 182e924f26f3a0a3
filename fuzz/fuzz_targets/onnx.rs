//! ONNX files: read, and made a model in our words. What is read is written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onnx_files::{Model, import, read_tensor};

fuzz_target!(|bytes: &[u8]| {
    let _ = read_tensor(bytes);
    if let Ok(file) = Model::from_bytes(bytes) {
        let again = Model::from_bytes(&file.to_bytes());
        assert!(again.is_ok(), "{again:?}");
        if let Ok(made) = import(&file) {
            let _ = keras_files::dsl::dsl(&made.graph);
        }
    }
});
