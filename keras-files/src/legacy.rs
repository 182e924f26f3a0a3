//! HDF5 files that hold a whole model: Keras 2's, and Keras 3's `.h5`.

use hdf5_pure::{AttrValue, File, Group};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::weights::{LayerWeights, Variable, damaged, values};

/// The model's configuration, if it is there.
pub fn config(bytes: &[u8]) -> Result<Option<String>> {
    let file = File::from_bytes(bytes.to_vec()).map_err(damaged)?;
    let attributes = file.root().attrs().map_err(damaged)?;
    Ok(attributes.get("model_config").and_then(AttrValue::as_str).map(str::to_owned))
}

/// The group that has the layers' weights, if the file is of this kind.
pub fn root(file: &File) -> Result<Option<Group>> {
    let root = file.root();
    if root.groups().map_err(damaged)?.iter().any(|name| name == "model_weights") {
        return file.group("model_weights").map(Some).map_err(damaged);
    }
    Ok(texts(&root, "layer_names")?.map(|_| root))
}

/// The weights of all layers. Of a model in the model, the layers are told by their weights' paths.
pub fn read(root: &Group, config: Option<&Value>, left: &mut usize) -> Result<Vec<LayerWeights>> {
    let names =
        texts(root, "layer_names")?.ok_or_else(|| Error::new("the file's weights have no `layer_names`"))?;
    let mut all: Vec<LayerWeights> = Vec::new();
    for name in names {
        let group = root.group(&name).map_err(damaged)?;
        let weights = texts(&group, "weight_names")?.unwrap_or_default();
        let parents = |path: &str| path.rsplit('/').nth(1).unwrap_or_default().to_owned();
        let several = weights.windows(2).any(|two| parents(&two[0]) != parents(&two[1]));
        let nested = nested(config, &name).unwrap_or(several);
        for path in weights {
            let parent = parents(&path);
            let layer = if nested { format!("{name}/{parent}") } else { name.clone() };
            let variable = path.rsplit('/').next().unwrap_or_default().split(':').next().unwrap_or_default();
            let dataset = group.dataset(&path).map_err(damaged)?;
            let (shape, values) = values(&dataset, &path, left)?;
            let variable = Variable { name: Some(variable.to_owned()), shape, values };
            match all.iter_mut().find(|found| found.path == layer) {
                Some(found) => found.variables.push(variable),
                None => {
                    all.push(LayerWeights { path: layer, group: String::new(), variables: vec![variable] });
                }
            }
        }
    }
    Ok(all)
}

/// Whether a layer is a model, where the configuration tells.
fn nested(config: Option<&Value>, name: &str) -> Option<bool> {
    let config = config?.get("config")?;
    let layers = config.get("layers").or(Some(config))?.as_array()?;
    let layer = layers.iter().find(|layer| {
        layer.get("name").or_else(|| layer.pointer("/config/name")).and_then(Value::as_str) == Some(name)
    })?;
    Some(layer.pointer("/config/layers").is_some())
}

/// A list of texts, which is cut into pieces where it is long.
fn texts(group: &Group, name: &str) -> Result<Option<Vec<String>>> {
    let attributes = group.attrs().map_err(damaged)?;
    if let Some(value) = attributes.get(name) {
        return Ok(Some(list(value)));
    }
    let pieces = (0..).map_while(|i| attributes.get(&format!("{name}{i}")));
    let all: Vec<String> = pieces.flat_map(list).collect();
    Ok((!all.is_empty()).then_some(all))
}

fn list(value: &AttrValue) -> Vec<String> {
    value.as_strings().map_or_else(Vec::new, <[String]>::to_vec)
}
