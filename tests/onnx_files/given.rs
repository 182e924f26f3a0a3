//! What ONNX's own cases expect.

use keras_core::ndarray::{ArrayD, IxDyn};
use onnx_files::{Data, read_tensor};

use crate::expected::Expected;
use crate::folder;

/// The tensors beside a file. Where the model takes its channels last, and the file first, they are turned
/// around.
pub fn conformance(file: &str, takes: &[usize]) -> Expected {
    let name = file.trim_end_matches(".onnx");
    let array = |what: &str| {
        let path = folder().join(format!("conformance/{name}.{what}_0.pb"));
        let tensor = read_tensor(&std::fs::read(path).unwrap()).unwrap();
        let Data::Floats(values) = tensor.data else { panic!("{name}: {what} is not of floats") };
        ArrayD::from_shape_vec(IxDyn(&tensor.sizes), values).unwrap()
    };
    let (mut input, mut output) = (array("input"), array("output"));
    if input.shape()[1..] != *takes {
        for array in [&mut input, &mut output] {
            let order: Vec<usize> = core::iter::once(0).chain(2..array.ndim()).chain([1]).collect();
            *array = array.view().permuted_axes(IxDyn(&order)).as_standard_layout().into_owned();
        }
        assert_eq!(input.shape()[1..], *takes, "{name}");
    }
    let outputs = vec![output.iter().copied().collect()];
    Expected { inputs: vec![input], outputs, tolerance: 1e-5 }
}
