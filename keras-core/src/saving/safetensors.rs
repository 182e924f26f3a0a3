use std::collections::BTreeMap;
use std::path::Path;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use super::write::atomically;
use crate::backend::Backend;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::model::Model;

/// A variable of a model: its name, its sizes, and where it lies.
struct Slot {
    name: String,
    sizes: Vec<usize>,
    start: usize,
    end: usize,
}

fn slots<M: Model>() -> Vec<Slot> {
    let mut slots = Vec::new();
    for layer in M::LAYERS {
        for (variable, range) in layer.places() {
            let (name, sizes) = (format!("{}/{}", layer.name, variable.name), variable.dims.sizes().to_vec());
            slots.push(Slot { name, sizes, start: range.start, end: range.end });
        }
    }
    slots
}

/// Writes a model's weights to a safetensors file, as `f32` (an `f64` model's as `f64`), under the
/// names `layer/variable`. Either the whole file is written or what was there stays.
///
/// # Errors
/// If the file cannot be written.
pub fn save_weights<M: Model>(model: &M, path: impl AsRef<Path>) -> Result<()> {
    let store = model.store();
    let mut values = vec![<M::Backend as Backend>::Elem::ZERO; M::PARAMS];
    store.device.read(M::Backend::view(&store.params, 0..M::PARAMS), &mut values);
    let double = size_of::<<M::Backend as Backend>::Elem>() == 8;
    let bytes: Vec<u8> = values
        .iter()
        .flat_map(|v| {
            let (single, double_bytes) = ((v.f64() as f32).to_le_bytes(), v.f64().to_le_bytes());
            if double { double_bytes.to_vec() } else { single.to_vec() }
        })
        .collect();
    let (dtype, size) = if double { (Dtype::F64, 8) } else { (Dtype::F32, 4) };
    let path = path.as_ref();
    let problem = |e: safetensors::SafeTensorError| Error::file(path, e.to_string());
    let mut views = Vec::new();
    for slot in slots::<M>() {
        let data = &bytes[slot.start * size..slot.end * size];
        views.push((slot.name, TensorView::new(dtype, slot.sizes, data).map_err(problem)?));
    }
    let about = [("format".to_owned(), "keras-core".to_owned()), ("model".to_owned(), M::NAME.to_owned())];
    let file = safetensors::serialize(views, Some(about.into())).map_err(problem)?;
    atomically(path, &file)
}

/// Reads a model's weights from a safetensors file. Names and shapes must all fit; if not, nothing is
/// loaded and the error lists everything that differs.
///
/// # Errors
/// If the file cannot be read, is not a safetensors file, does not fit, or has a NaN or an infinity in it.
pub fn load_weights<M: Model>(model: &mut M, path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    let bytes = std::fs::read(path).map_err(Error::io(path))?;
    let file = SafeTensors::deserialize(&bytes)
        .map_err(|e| Error::file(path, format!("this is not a safetensors file: {e}")))?;
    let mut found: BTreeMap<String, TensorView<'_>> = file.tensors().into_iter().collect();
    let mut differences = Vec::new();
    let mut values = vec![<M::Backend as Backend>::Elem::ZERO; M::PARAMS];
    for Slot { name, sizes, start, end } in slots::<M>() {
        match found.remove(&name) {
            None => differences.push(format!("`{name}` {sizes:?} is not in the file")),
            Some(view) if view.shape() != sizes => {
                differences
                    .push(format!("`{name}` is {sizes:?} in the model, but {:?} in the file", view.shape()));
            }
            Some(view) => {
                if let Err(problem) = fill(&mut values[start..end], &view) {
                    differences.push(format!("`{name}` {problem}"));
                }
            }
        }
    }
    for (name, view) in found {
        differences.push(format!("`{name}` {:?} is in the file, but not in the model", view.shape()));
    }
    if !differences.is_empty() {
        return Err(Error::Weights { path: path.to_owned(), differences });
    }
    let store = model.store_mut();
    store.device.write(M::Backend::view_mut(&mut store.params, 0..M::PARAMS), &values);
    store.device.finish()
}

fn fill<E: Element>(to: &mut [E], view: &TensorView<'_>) -> core::result::Result<(), String> {
    let data = view.data();
    match view.dtype() {
        Dtype::F32 => {
            for (to, four) in to.iter_mut().zip(data.as_chunks().0) {
                *to = E::of(f32::from_le_bytes(*four).into());
            }
        }
        Dtype::F64 => {
            for (to, eight) in to.iter_mut().zip(data.as_chunks().0) {
                *to = E::of(f64::from_le_bytes(*eight));
            }
        }
        other => return Err(format!("holds {other:?} numbers, but F32 or F64 are expected")),
    }
    match to.iter().position(|v| !v.is_finite()) {
        None => Ok(()),
        Some(at) => Err(format!("has {} at element {at}: every weight must be finite", to[at])),
    }
}
