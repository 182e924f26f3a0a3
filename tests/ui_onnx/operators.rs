//! Operators that there are no counterparts for: one error lists all of them. A file of Keras is no ONNX file.
use keras_core::onnx_model;
use keras_core::prelude::*;

onnx_model! { pub struct Pitch = "../../../../tests/onnx_files/real/basic_pitch_nmp.onnx" }
onnx_model! { pub struct Unet = "../../../../tests/onnx_files/files/unet.onnx" }
onnx_model! { pub struct Keras = "../../../../tests/keras_files/files/mlp.keras" }

fn main() {
    let _ = Pitch::<Cpu>::pretrained();
    let _ = Unet::<Cpu>::new(7);
}
