//! Mistakes in how `onnx_model!` is written, and a file that is not there: one error each, also where the
//! model is used.
use keras_core::onnx_model;
use keras_core::prelude::*;

onnx_model! { pub Net = "net.onnx" }
onnx_model! { pub struct Net: "net.onnx" }
onnx_model! { pub struct Net = net }
onnx_model! { pub struct Net = "net.onnx" "other.onnx" }
onnx_model! { pub struct Lost = "no/such/net.onnx" }

fn main() {
    let mut lost = Lost::<Cpu>::pretrained().unwrap();
    lost.save_weights("lost.safetensors").unwrap();
}
