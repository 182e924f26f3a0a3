use std::collections::HashMap;

use hdf5_pure::{AttrValue, Dataset, File, Group};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::legacy;
use crate::names::snake;

const DEEPEST: usize = 32;
const MOST_LAYERS: usize = 100_000;

/// All weights of a file, layer by layer. Layers without any are left out.
#[derive(Debug, Default)]
pub struct Weights {
    /// The layers, in the file's order.
    pub layers: Vec<LayerWeights>,
}

/// The weights of one layer.
#[derive(Debug)]
pub struct LayerWeights {
    /// The layer's name in Keras, with the models that it is in: `encoder/e1`. Empty where the file has none.
    pub path: String,
    /// Where a Keras 3 file has it, by classes: `sequential/dense_1`. Empty in older files.
    pub group: String,
    /// Its variables, in Keras' order.
    pub variables: Vec<Variable>,
}

/// A variable.
#[derive(Debug)]
pub struct Variable {
    /// Its name, where the file has one.
    pub name: Option<String>,
    /// Its sizes.
    pub shape: Vec<usize>,
    /// Its numbers.
    pub values: Vec<f32>,
}

impl Weights {
    pub(crate) fn read(bytes: Vec<u8>, config: Option<&Value>) -> Result<Self> {
        let mut left = most(bytes.len());
        let file = File::from_bytes(bytes).map_err(damaged)?;
        if let Some(root) = legacy::root(&file)? {
            return Ok(Self { layers: legacy::read(&root, config, &mut left)? });
        }
        let mut walk = Walk { left, seen: 0, layers: Vec::new() };
        walk.model(&file.root(), "", "", 0)?;
        Ok(Self { layers: walk.layers })
    }

    /// The weights of each of a model's layers, in the order of the model's, `None` where it has none.
    #[must_use]
    pub fn of(&self, graph: &Graph) -> Vec<Option<&LayerWeights>> {
        let find = |matches: &dyn Fn(&LayerWeights) -> bool| {
            let mut all = self.layers.iter().filter(|layer| matches(layer));
            all.next().filter(|_| all.next().is_none())
        };
        let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let of = |layer: &crate::Layer| {
            find(&|found| found.path == layer.path)
                .or_else(|| find(&|found| !found.group.is_empty() && found.group == layer.group))
                .or_else(|| find(&|found| !found.path.is_empty() && last(&found.path) == last(&layer.path)))
        };
        graph.layers.iter().map(of).collect()
    }

    /// The weights of the layers of one class, as Keras 3 counts them: `dense`, `dense_1`, ..
    pub fn of_class<'a>(&'a self, class: &str) -> impl Iterator<Item = &'a LayerWeights> {
        let class = snake(class);
        self.layers.iter().filter(move |layer| {
            let group = layer.group.rsplit('/').next().unwrap_or_default();
            group == class
                || group.rsplit_once('_').is_some_and(|(base, number)| base == class && digits(number))
        })
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

struct Walk {
    /// How many numbers there may be yet.
    left: usize,
    /// Groups gone through. One may be in many places, and in itself.
    seen: usize,
    layers: Vec<LayerWeights>,
}

impl Walk {
    fn model(&mut self, group: &Group, path: &str, place: &str, depth: usize) -> Result<()> {
        self.count(depth)?;
        let groups = group.groups().map_err(damaged)?;
        if !groups.iter().any(|name| name == "layers") {
            return Ok(());
        }
        let layers = group.group("layers").map_err(damaged)?;
        for name in sorted(layers.groups().map_err(damaged)?) {
            let layer = layers.group(&name).map_err(damaged)?;
            let named = given(&layer)?.unwrap_or_default();
            let (path, place) = (join(path, &named), join(place, &name));
            if layer.groups().map_err(damaged)?.iter().any(|name| name == "layers") {
                self.model(&layer, &path, &place, depth + 1)?;
                continue;
            }
            let mut variables = Vec::new();
            self.variables(&layer, "", &mut variables, depth + 1)?;
            if !variables.is_empty() {
                self.layers.push(LayerWeights { path, group: place, variables });
            }
        }
        Ok(())
    }

    fn count(&mut self, depth: usize) -> Result<()> {
        self.seen += 1;
        if depth > DEEPEST || self.seen > MOST_LAYERS {
            return Err(Error::new("the file has more groups than a model can have"));
        }
        Ok(())
    }

    /// A layer's variables, then those of the layers that it is made of.
    fn variables(&mut self, layer: &Group, at: &str, all: &mut Vec<Variable>, depth: usize) -> Result<()> {
        self.count(depth)?;
        let groups = sorted(layer.groups().map_err(damaged)?);
        for name in groups.iter().filter(|name| *name == "vars") {
            let vars = layer.group(name).map_err(damaged)?;
            for number in sorted(vars.datasets().map_err(damaged)?) {
                let dataset = vars.dataset(&number).map_err(damaged)?;
                let (shape, values) = values(&dataset, &number, &mut self.left)?;
                let name = (!at.is_empty()).then(|| join(at, &number));
                all.push(Variable { name, shape, values });
            }
        }
        for name in groups.iter().filter(|name| *name != "vars") {
            self.variables(&layer.group(name).map_err(damaged)?, &join(at, name), all, depth + 1)?;
        }
        Ok(())
    }
}

/// The name that a layer was given.
fn given(layer: &Group) -> Result<Option<String>> {
    let Ok(vars) = layer.group("vars") else { return Ok(None) };
    let attributes: HashMap<String, AttrValue> = vars.attrs().map_err(damaged)?;
    Ok(attributes.get("name").and_then(AttrValue::as_str).map(str::to_owned))
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() || name.is_empty() { format!("{path}{name}") } else { format!("{path}/{name}") }
}

/// `dense`, `dense_1`, .. `dense_10`: by the number behind the name.
fn sorted(mut names: Vec<String>) -> Vec<String> {
    let key = |name: &String| match name.rsplit_once('_') {
        Some((base, number)) if digits(number) => (base.to_owned(), number.parse().unwrap_or(u64::MAX)),
        _ if digits(name) => (String::new(), name.parse().unwrap_or(u64::MAX)),
        _ => (name.clone(), 0_u64),
    };
    names.sort_by_cached_key(key);
    names
}

/// How many numbers a file of this size can hold: deflate makes a thousandth of what it is given at best, and
/// a number has two bytes or more.
fn most(size: usize) -> usize {
    size.saturating_mul(550)
}

/// A dataset's sizes and numbers. `left` is how many numbers the file may have yet, however often it says the same.
pub fn values(dataset: &Dataset, name: &str, left: &mut usize) -> Result<(Vec<usize>, Vec<f32>)> {
    let sizes = dataset.shape().map_err(damaged)?;
    let shape: Option<Vec<usize>> = sizes.iter().map(|size| usize::try_from(*size).ok()).collect();
    let count =
        shape.as_ref().and_then(|s| s.iter().try_fold(1_usize, |count, size| count.checked_mul(*size)));
    match (shape, count) {
        (Some(shape), Some(count)) if count <= *left => {
            *left -= count;
            let values = dataset.read_f32().map_err(damaged)?;
            if values.len() != count {
                let found = values.len();
                return Err(Error::new(format!(
                    "`{name}` {shape:?} has {found} numbers, but should have {count}"
                )));
            }
            Ok((shape, values))
        }
        _ => Err(Error::new(format!("`{name}` {sizes:?} is larger than its file"))),
    }
}

pub fn damaged(error: hdf5_pure::Error) -> Error {
    Error::new(format!("the HDF5 cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use hdf5_pure::FileBuilder;

    use super::*;

    #[test]
    fn one_dataset_is_not_read_without_end() {
        let file = |times: usize| {
            let mut file = FileBuilder::new();
            file.set_attr("layer_names", AttrValue::StringArray(vec!["a".into()]));
            let mut group = file.create_group("a");
            group.set_attr("weight_names", AttrValue::StringArray(vec!["w".into(); times]));
            group.create_dataset("w").with_f32_data(&[0.5; 10_000]);
            file.add_group(group.finish());
            Weights::read(file.finish().unwrap(), None)
        };
        assert_eq!(file(3).unwrap().layers[0].variables.len(), 3);
        assert_eq!(file(4000).unwrap_err().to_string(), "`w` [10000] is larger than its file");
    }
}
