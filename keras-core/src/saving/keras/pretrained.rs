use std::path::Path;

use keras_files::File;

use super::assign::{assign, layers};
use super::damaged;
use crate::error::Result;
use crate::model::Model;

/// A model that `keras_model!` made of this file, with its weights.
///
/// # Errors
/// If the file is another one than the model was made of.
pub fn pretrained<M: Model>(device: M::Backend, bytes: &[u8], path: &str) -> Result<M> {
    let path = Path::new(path);
    let mut model = M::new_on(device, 0)?;
    let file = File::from_bytes(bytes).map_err(damaged(path))?;
    let (graph, weights) = (file.graph().map_err(damaged(path))?, file.weights().map_err(damaged(path))?);
    let found = weights.of(&graph);
    let (mut pairs, mut differences) = (Vec::new(), Vec::new());
    for layer in layers::<M>() {
        let mut all = graph.layers.iter().zip(&found);
        match all.find_map(|(theirs, weights)| weights.filter(|_| theirs.ident == layer.name)) {
            Some(weights) => pairs.push((layer, weights)),
            None => differences.push(format!("`{}` is not in the file", layer.name)),
        }
    }
    if weights.layers.len() > pairs.len() {
        let (theirs, ours) = (weights.layers.len(), pairs.len());
        differences.push(format!("{theirs} layers have weights in the file, but {ours} in the model"));
    }
    assign(&mut model, &pairs, differences, path)?;
    Ok(model)
}
