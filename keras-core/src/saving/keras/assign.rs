//! Weights into a model's variables, once it is known which layer's are whose.

use std::path::Path;

use keras_files::LayerWeights;

use crate::backend::Backend;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::model::{LayerInfo, Model};

/// A layer of ours, and the weights that it is to have.
pub type Pair<'a> = (&'static LayerInfo, &'a LayerWeights);

/// What a layer of the file is called in messages.
pub fn called(weights: &LayerWeights) -> &str {
    if weights.path.is_empty() { &weights.group } else { &weights.path }
}

/// The layers of a model that have variables.
pub fn layers<M: Model>() -> Vec<&'static LayerInfo> {
    M::LAYERS.iter().filter(|layer| layer.places().next().is_some()).collect()
}

/// Loads all of them, if there are no differences.
pub fn assign<M: Model>(
    model: &mut M,
    pairs: &[Pair<'_>],
    mut differences: Vec<String>,
    path: &Path,
) -> Result<()> {
    let mut values = vec![<M::Backend as Backend>::Elem::ZERO; M::PARAMS];
    for (layer, weights) in pairs {
        let (name, theirs) = (layer.name, called(weights));
        let ours = layer.places().count();
        if ours != weights.variables.len() {
            let found = weights.variables.len();
            differences
                .push(format!("`{name}` has {ours} variables, but `{theirs}` in the file has {found}"));
            continue;
        }
        for ((variable, range), found) in layer.places().zip(&weights.variables) {
            let (sizes, what) = (variable.dims.sizes(), variable.name);
            if sizes != found.shape {
                differences.push(format!(
                    "`{name}/{what}` is {sizes:?} in the model, but {:?} in `{theirs}` in the file",
                    found.shape
                ));
            } else if let Some(at) = found.values.iter().position(|value| !value.is_finite()) {
                let value = found.values[at];
                differences
                    .push(format!("`{theirs}` in the file has {value} at element {at} of `{what}`: every weight must be finite"));
            } else {
                for (to, value) in values[range].iter_mut().zip(&found.values) {
                    *to = Element::of(f64::from(*value));
                }
            }
        }
    }
    if !differences.is_empty() {
        return Err(Error::Weights { path: path.to_owned(), differences });
    }
    let store = model.store_mut();
    store.device.write(M::Backend::view_mut(&mut store.params, 0..M::PARAMS), &values);
    store.device.finish()
}
