use std::path::Path;

use onnx_files::{Graph, Size, Value};

use super::builder::{Builder, Made};
use super::layers::Place;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::model::{LayerInfo, Model};
use crate::saving::{values, write::atomically};
use crate::values::Values;

/// The version of the format, and of the operators.
const VERSIONS: (i64, i64) = (9, 20);

/// Writes a model as an ONNX file. Either the whole file is written, or what was there before stays.
///
/// # Errors
/// If a layer or an activation of one's own has no counterpart there (all such are listed), or the file
/// cannot be written.
pub fn save<M: Model>(model: &M, path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    let graph = graph(model).map_err(|problems| {
        Error::file(path, format!("`{}` cannot be written as ONNX: {}", M::NAME, problems.join("; ")))
    })?;
    let file = onnx_files::Model {
        ir_version: VERSIONS.0,
        producer: "keras-core".into(),
        producer_version: env!("CARGO_PKG_VERSION").into(),
        opsets: vec![(String::new(), VERSIONS.1)],
        graph,
    };
    let bytes = file.to_bytes();
    // A protocol buffer cannot be larger.
    if i32::try_from(bytes.len()).is_err() {
        return Err(Error::file(
            path,
            format!("`{}` has more weights than the 2 GB of an ONNX file", M::NAME),
        ));
    }
    atomically(path, &bytes)
}

/// The model's graph, or everything that it cannot have.
fn graph<M: Model>(model: &M) -> core::result::Result<Graph, Vec<String>> {
    let (steps, outputs) = (M::ROWS, M::ENDS);
    let numbers: Vec<f32> = values(model).iter().map(|value| value.f64() as f32).collect();
    let mut g = Builder::default();
    let dims = <M::Input as Values>::DIMS;
    let names = |all: &'static [&'static str], one: &'static str, count: usize| {
        if all.len() == count { all.to_vec() } else { vec![one; count] }
    };
    let (taken, given) = (names(M::INPUTS, "input", dims.len()), names(M::OUTPUTS, "output", outputs.len()));
    let taken: Vec<String> = taken.iter().map(|name| g.name(name)).collect();
    let given: Vec<String> = given.iter().map(|name| g.name(name)).collect();
    let inputs = taken.iter().zip(dims).map(|(name, dims)| value(name, dims.sizes())).collect();
    let mut made: Vec<Made> = taken
        .iter()
        .zip(dims)
        .map(|(name, dims)| Made { sizes: dims.sizes().to_vec(), last: Some(name.clone()), first: None })
        .collect();
    let mut problems = Vec::new();
    for (i, row) in steps.iter().enumerate() {
        let owner = row.shares().unwrap_or(i);
        let layer = M::LAYERS.iter().position(|layer| layer.step == owner).unwrap_or_default();
        let info: &LayerInfo = &M::LAYERS[layer];
        let variables: Vec<_> = info
            .places()
            .map(|(variable, range)| (variable.name, variable.dims.sizes().to_vec(), &numbers[range]))
            .collect();
        let place = Place { name: info.name, sizes: info.output.sizes(), variables: &variables };
        let mut values: Vec<Made> = row.takes().iter().map(|value| made[*value].clone()).collect();
        let written = M::operation(model.layers(), layer)
            .and_then(|operation| place.write(&mut g, &operation, &mut values));
        // In which forms a value is now is known from here on.
        for (number, value) in row.takes().iter().zip(values) {
            made[*number] = value;
        }
        if written.is_none() && row.shares().is_none() {
            problems.push(format!("the layer `{}` (`{}`) has no counterpart", info.name, info.title));
        }
        made.push(written.unwrap_or_default());
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut results = Vec::new();
    for (name, number) in given.iter().zip(outputs) {
        let found = g.last(name, &mut made[*number]);
        results.push(value(name, &made[*number].sizes));
        // What is made here alone gets the name; what goes in, or out already, is handed on.
        let is_made = g.nodes.iter().any(|node| node.outputs.contains(&found)) && !given.contains(&found);
        if is_made {
            g.rename(&found, name);
            for value in &mut made {
                value.last = value.last.take().map(|last| if last == found { name.clone() } else { last });
                value.first =
                    value.first.take().map(|first| if first == found { name.clone() } else { first });
            }
        } else {
            let passed = g.op("Identity", name, &[&found], &[]);
            g.rename(&passed, name);
        }
    }
    let Builder { nodes, initializers, .. } = g;
    Ok(Graph { name: M::NAME.into(), nodes, initializers, inputs, outputs: results })
}

fn value(name: &str, sizes: &[usize]) -> Value {
    let sizes = sizes.iter().map(|size| Size::Fixed(*size));
    let sizes = core::iter::once(Size::Open("batch".into())).chain(sizes).collect();
    Value { name: name.into(), kind: 1, sizes: Some(sizes) }
}
