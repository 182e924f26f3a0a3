//! ONNX files: those that we write, and those of others.

#[path = "../keras_files/arrays.rs"]
mod arrays;
mod ours;

use std::path::PathBuf;

fn folder() -> PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/onnx_files")
}
