use std::path::Path;

use safetensors::tensor::TensorInfo;

use super::archive::Archive;
use super::load::{Load, Loaded};
use super::pack::Pack;
use super::{CHECKPOINT, WEIGHTS};
use crate::backend::Backend;
use crate::element::Scalar;
use crate::error::{Error, Result};
use crate::model::{LayerInfo, Model};

type Elem<M> = <<M as Model>::Backend as Backend>::Elem;

/// All of a model's parameters, on the host.
pub fn values<M: Model>(model: &M) -> Vec<Elem<M>> {
    let store = model.store();
    let mut values = vec![Elem::<M>::default(); M::PARAMS];
    store.device.read(M::Backend::view(&store.params, 0..M::PARAMS), &mut values);
    values
}

/// Replaces them.
pub fn set_values<M: Model>(model: &mut M, values: &[Elem<M>]) -> Result<()> {
    let store = model.store_mut();
    store.device.write(M::Backend::view_mut(&mut store.params, 0..M::PARAMS), values);
    store.device.finish()
}

/// Adds a model's weights under the names `layer/variable`.
pub fn pack<M: Model>(pack: &mut Pack, prefix: &str, model: &M) {
    let values = values(model);
    for layer in M::LAYERS {
        for (variable, range) in layer.places() {
            let name = format!("{prefix}{}/{}", layer.name, variable.name);
            pack.add(name, variable.dims.sizes().to_vec(), &values[range]);
        }
    }
}

/// Writes a model's weights to a safetensors file, as `f32` (an `f64` model's as `f64`), under the
/// names `layer/variable`. Either the whole file is written or what was there stays. A checksum in its
/// header tells later whether it was damaged.
///
/// # Errors
/// If the file cannot be written.
pub fn save_weights<M: Model>(model: &M, path: impl AsRef<Path>) -> Result<()> {
    let mut file = Pack::default();
    file.about("format", "keras-core");
    file.about("version", "1");
    file.about("model", M::NAME);
    pack(&mut file, "", model);
    file.write(path.as_ref())
}

/// Reads a model's weights from a safetensors file, or from a [checkpoint](crate::saving). Names and shapes
/// must all fit; if not, nothing is loaded and the error lists everything that differs.
///
/// # Errors
/// If the file cannot be read, is not a safetensors file, is damaged, does not fit, or has a NaN or an
/// infinity in it.
pub fn load_weights<M: Model>(model: &mut M, path: impl AsRef<Path>) -> Result<()> {
    load_weights_with(model, path, Load::all()).map(|_| ())
}

/// The same, but only of what fits: see [`Load`]. A report of what was loaded comes back.
///
/// # Errors
/// As [`load_weights`], but for what was said to be no error.
pub fn load_weights_with<M: Model>(model: &mut M, path: impl AsRef<Path>, how: Load) -> Result<Loaded> {
    let path = path.as_ref();
    let mut archive = Archive::open(path)?;
    let checkpoint = archive.about.get("format").is_some_and(|format| format == CHECKPOINT);
    let prefix = if checkpoint { WEIGHTS } else { "" };
    let mut fit = Fitting { archive: &mut archive, prefix, how, finite: true, differences: Vec::new() };
    let (values, loaded) = fit.all(model)?;
    if !archive.verify()? && archive.about.contains_key("version") {
        // Ours have one; those of others may not.
        return Err(Error::file(path, "the file is damaged: it has no checksum"));
    }
    set_values(model, &values)?;
    Ok(loaded)
}

/// A file's weights, as they are compared with a model.
pub struct Fitting<'a> {
    pub archive: &'a mut Archive,
    pub prefix: &'a str,
    pub how: Load,
    /// Whether every number must be finite.
    pub finite: bool,
    pub differences: Vec<String>,
}

impl Fitting<'_> {
    /// All parameters of the model, those that fit replaced by the file's.
    pub fn all<M: Model>(&mut self, model: &M) -> Result<(Vec<Elem<M>>, Loaded)> {
        let (mut values, mut loaded) = (values(model), Loaded::default());
        let mut known = std::collections::BTreeSet::new();
        for layer in M::LAYERS {
            self.layer::<M>(layer, &mut values, &mut loaded);
            known.extend(layer.places().map(|(variable, _)| format!("{}/{}", layer.name, variable.name)));
        }
        for (name, info) in &self.archive.tensors {
            if let Some(name) = name.strip_prefix(self.prefix)
                && !known.contains(name)
            {
                if !self.how.by_name {
                    let shape = &info.shape;
                    self.differences.push(format!("`{name}` {shape:?} is in the file, but not in the model"));
                }
                loaded.extra.push(name.into());
            }
        }
        if self.differences.is_empty() {
            return Ok((values, loaded));
        }
        let differences = core::mem::take(&mut self.differences);
        Err(Error::Weights { path: self.archive.path.clone(), differences })
    }

    fn layer<M: Model>(&mut self, layer: &LayerInfo, values: &mut [Elem<M>], loaded: &mut Loaded) {
        let mut fitting = Vec::new();
        let mut mismatches = Vec::new();
        for (variable, range) in layer.places() {
            let name = format!("{}/{}", layer.name, variable.name);
            let sizes = variable.dims.sizes();
            match self.archive.tensors.get(&format!("{}{name}", self.prefix)).cloned() {
                None => {
                    if !self.how.by_name {
                        self.differences.push(format!("`{name}` {sizes:?} is not in the file"));
                    }
                    loaded.missing.push(name);
                }
                Some(TensorInfo { shape, .. }) if shape != sizes => {
                    mismatches.push(format!("`{name}` is {sizes:?} in the model, but {shape:?} in the file"));
                }
                Some(info) => fitting.push((name, range, info)),
            }
        }
        if !mismatches.is_empty() && self.how.skip_mismatch {
            // A layer is one thing: a bias without its kernel would be of no use.
            loaded.skipped.append(&mut mismatches);
            let others = fitting.drain(..).map(|(name, ..)| format!("`{name}` fits, but its layer does not"));
            loaded.skipped.extend(others);
        }
        self.differences.append(&mut mismatches);
        for (name, range, info) in fitting {
            let part = &mut values[range];
            let mut read = self.archive.read(&info, part);
            if read.is_ok()
                && self.finite
                && let Some(at) = part.iter().position(|v| !v.is_finite())
            {
                read = Err(format!("has {} at element {at}: every weight must be finite", part[at]));
            }
            match read {
                Ok(()) => loaded.loaded.push(name),
                Err(problem) => self.differences.push(format!("`{name}` {problem}")),
            }
        }
    }
}
