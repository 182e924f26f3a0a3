use std::path::Path;

use keras_files::{File, LayerWeights, Weights, ident};

use super::assign::{Pair, assign, called, layers};
use super::{damaged, open};
use crate::error::Result;
use crate::model::{LayerInfo, Model};

/// Reads the weights of any file of Keras into a model that was written by hand: the first layer with
/// variables has those of the file's first, and so on. A `.weights.h5` does not say in which order its layers
/// are, only of each class: there, the first `Dense` has those of the first `Dense`.
///
/// # Errors
/// If the file cannot be read, or does not fit: then the error lists everything that differs, and nothing was
/// loaded.
pub fn load_keras_weights<M: Model>(model: &mut M, path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    let file = open(path)?;
    let weights = file.weights().map_err(damaged(path))?;
    let ours = layers::<M>();
    let theirs = ordered(&file, &weights, &ours).map_err(damaged(path))?;
    let pairs: Vec<Pair<'_>> = ours.iter().copied().zip(theirs.iter().copied()).collect();
    let left = ours.iter().skip(pairs.len()).map(|layer| format!("`{}` is not in the file", layer.name));
    let over = theirs.iter().skip(pairs.len());
    let over = over.map(|found| format!("`{}` is in the file, but not in the model", called(found)));
    assign(model, &pairs, left.chain(over).collect(), path)
}

/// The file's layers that have weights, in the model's order.
fn ordered<'a>(
    file: &File,
    weights: &'a Weights,
    ours: &[&LayerInfo],
) -> keras_files::Result<Vec<&'a LayerWeights>> {
    if file.has_layers() {
        return Ok(weights.of(&file.graph()?).into_iter().flatten().collect());
    }
    if weights.layers.iter().any(|layer| layer.group.is_empty()) {
        return Ok(weights.layers.iter().collect());
    }
    let class = |layer: &LayerInfo| layer.title.split('<').next().unwrap_or_default().trim().to_owned();
    let mut all: Vec<&LayerWeights> = Vec::new();
    for layer in ours {
        let next = weights
            .of_class(&class(layer))
            .find(|found| !all.iter().any(|taken| core::ptr::eq(*taken, *found)));
        all.extend(next);
    }
    let rest = weights.layers.iter().filter(|found| !all.iter().any(|taken| core::ptr::eq(*taken, *found)));
    let rest: Vec<&LayerWeights> = rest.collect();
    all.extend(rest);
    Ok(all)
}

/// Reads the weights of any file of Keras into a model that was written by hand, by the layers' names: a
/// layer `e1` in a model `encoder` is `encoder_e1` here, or `e1` where there is one of that name only.
///
/// # Errors
/// If the file cannot be read, or does not fit: then the error lists everything that differs, and nothing was
/// loaded.
pub fn load_keras_weights_by_name<M: Model>(model: &mut M, path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    let weights = open(path)?.weights().map_err(damaged(path))?;
    let last = |found: &LayerWeights| found.path.rsplit('/').next().unwrap_or_default().to_owned();
    let (mut pairs, mut differences, mut taken) = (Vec::new(), Vec::new(), Vec::new());
    for layer in layers::<M>() {
        let find = |matches: &dyn Fn(&LayerWeights) -> bool| {
            let mut all = weights.layers.iter().enumerate().filter(|(_, found)| matches(found));
            all.next().filter(|_| all.next().is_none())
        };
        // A layer of a model that is one of ours: `encoder/dense`.
        let name = layer.name.replace('/', "_");
        let found = find(&|found| found.path == layer.name)
            .or_else(|| find(&|found| ident(&found.path) == name))
            .or_else(|| find(&|found| last(found) == name || ident(&last(found)) == name));
        match found {
            Some((at, found)) => {
                taken.push(at);
                pairs.push((layer, found));
            }
            None => differences.push(format!("`{}` is not in the file", layer.name)),
        }
    }
    let over = weights.layers.iter().enumerate().filter(|(at, _)| !taken.contains(at));
    differences
        .extend(over.map(|(_, found)| format!("`{}` is in the file, but not in the model", called(found))));
    assign(model, &pairs, differences, path)
}
