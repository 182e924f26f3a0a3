use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::error::{Error, Result};
use crate::json::{Object, object, shape};
use crate::names::{ident, snake};
use crate::nodes::{Key, arguments, ends};

const DEEPEST: usize = 16;
const MOST_CALLS: usize = 20_000;

/// A model's layers and how they are connected. Models in it are unfolded.
#[derive(Debug)]
pub struct Graph {
    /// The model's name.
    pub name: String,
    /// What it takes.
    pub inputs: Vec<Input>,
    /// Its layers, each once.
    pub layers: Vec<Layer>,
    /// What is computed, in order: call `i` makes value `inputs.len() + i`.
    pub calls: Vec<Call>,
    /// The values that it gives.
    pub outputs: Vec<usize>,
    /// What cannot be said in a model of ours, by Keras' names.
    pub problems: Vec<String>,
}

/// What a model takes.
#[derive(Debug)]
pub struct Input {
    /// Its name as a word of Rust.
    pub ident: String,
    /// Its sizes without the batch, where they are fixed.
    pub shape: Vec<Option<usize>>,
    /// The type of its numbers.
    pub dtype: String,
}

/// A layer.
#[derive(Debug)]
pub struct Layer {
    /// Its name, with the models that it is in: `encoder/e1`.
    pub path: String,
    /// Its place in a Keras 3 file of weights: `sequential/dense_1`.
    pub group: String,
    /// Its name as a word of Rust, unique in the model: `encoder_e1`.
    pub ident: String,
    /// Its class.
    pub class: String,
    /// Its configuration.
    pub config: Object,
    /// What it was built for, without the batch, where the file says it.
    pub built: Option<Vec<Option<usize>>>,
    /// Whether it is not to be trained.
    pub frozen: bool,
    /// How many times it is called.
    pub calls: usize,
}

/// A layer applied to values.
#[derive(Clone, Debug)]
pub struct Call {
    /// Which layer.
    pub layer: usize,
    /// The values that it takes.
    pub values: Vec<usize>,
}

/// The model that layers are in.
#[derive(Clone, Copy)]
struct Place<'a> {
    path: &'a str,
    group: &'a str,
    frozen: bool,
    depth: usize,
}

impl Graph {
    pub(crate) fn new(config: &Value) -> Result<Self> {
        let class = config.get("class_name").and_then(Value::as_str).unwrap_or_default();
        if !is_model(config) {
            return Err(Error::new(format!(
                "the file's model is a `{class}`: a class of one's own cannot be read, only `Sequential` and `Functional` models"
            )));
        }
        let name = config.pointer("/config/name").and_then(Value::as_str).unwrap_or("model").to_owned();
        let mut graph = Self {
            name,
            inputs: Vec::new(),
            layers: Vec::new(),
            calls: Vec::new(),
            outputs: Vec::new(),
            problems: Vec::new(),
        };
        let layers = layers(config)?;
        let mut given = Vec::new();
        if is_chain(config) {
            let first = layers.first().ok_or_else(|| Error::new("the model has no layers"))?;
            let built = config.pointer("/build_config/input_shape");
            let built = built.or_else(|| config.pointer("/config/build_input_shape"));
            given.push(graph.input(first, built));
        } else {
            for (name, ..) in ends(config.pointer("/config/input_layers")) {
                let layer = layers.iter().find(|layer| named(layer) == name);
                let layer =
                    layer.ok_or_else(|| Error::new(format!("the input layer `{name}` is missing")))?;
                given.push(graph.input(layer, None));
            }
        }
        let top = Place { path: "", group: "", frozen: is_frozen(config), depth: 0 };
        graph.outputs = graph.model(config, top, &given)?;
        graph.unique();
        Ok(graph)
    }

    fn input(&mut self, layer: &Value, built: Option<&Value>) -> usize {
        let config = layer.get("config");
        let field = |key| config.and_then(|config| config.get(key));
        let sizes = field("batch_shape").or_else(|| field("batch_input_shape"));
        let sizes = sizes.or(built).and_then(shape).unwrap_or_default();
        let dtype = field("dtype").and_then(Value::as_str).unwrap_or("float32").to_owned();
        let word = ident(named(layer));
        self.inputs.push(Input { ident: word, shape: sizes, dtype });
        self.inputs.len() - 1
    }

    /// The values that a model makes of some.
    fn model(&mut self, config: &Value, place: Place<'_>, given: &[usize]) -> Result<Vec<usize>> {
        if place.depth > DEEPEST {
            return Err(Error::new(format!("models are more than {DEEPEST} deep in one another")));
        }
        let groups = groups(layers(config)?);
        if is_chain(config) {
            let mut values = given.to_vec();
            for (layer, group) in layers(config)?.iter().zip(&groups) {
                if class(layer) != "InputLayer" {
                    values = self.call(layer, group, place, values)?;
                }
            }
            return Ok(values);
        }
        let mut made: HashMap<Key, usize> = HashMap::new();
        for (key, value) in ends(config.pointer("/config/input_layers")).into_iter().zip(given) {
            made.insert(key, *value);
        }
        let mut open = Vec::new();
        for (layer, group) in layers(config)?.iter().zip(&groups) {
            let nodes = layer.get("inbound_nodes").and_then(Value::as_array);
            for (number, node) in nodes.into_iter().flatten().enumerate() {
                match arguments(node) {
                    Ok(keys) if class(layer) != "InputLayer" => open.push((layer, group, number, keys)),
                    Ok(_) => {}
                    Err(problem) => {
                        self.problems.push(said(&join(place.path, named(layer)), class(layer), &problem));
                        let keys = arguments(
                            &node.get("args").map_or(Value::Null, |a| serde_json::json!({"args": a})),
                        );
                        open.push((layer, group, number, keys.unwrap_or_default()));
                    }
                }
            }
        }
        while !open.is_empty() {
            let before = open.len();
            let mut rest = Vec::new();
            for (layer, group, number, keys) in open {
                let values: Option<Vec<usize>> = keys.iter().map(|key| find(&made, key)).collect();
                let Some(values) = values else {
                    rest.push((layer, group, number, keys));
                    continue;
                };
                for (at, value) in self.call(layer, group, place, values)?.into_iter().enumerate() {
                    made.insert((named(layer).to_owned(), number, at), value);
                }
            }
            if rest.len() == before {
                let name = named(rest[0].0);
                return Err(Error::new(format!("the layer `{name}` takes values that no layer makes")));
            }
            open = rest;
        }
        let outputs = ends(config.pointer("/config/output_layers"));
        let output = |key: &Key| {
            let value = find(&made, key);
            value.ok_or_else(|| Error::new(format!("the output `{}` is made by no layer", key.0)))
        };
        outputs.iter().map(output).collect()
    }

    fn call(
        &mut self,
        layer: &Value,
        group: &str,
        place: Place<'_>,
        values: Vec<usize>,
    ) -> Result<Vec<usize>> {
        let (path, group) = (join(place.path, named(layer)), join(place.group, group));
        let frozen = place.frozen || is_frozen(layer);
        if is_model(layer) {
            let inner = Place { path: &path, group: &group, frozen, depth: place.depth + 1 };
            return self.model(layer, inner, &values);
        }
        let at = match self.layers.iter().position(|known| known.path == path) {
            Some(at) => at,
            None => {
                let config = object(layer, "config", &format!("the layer `{path}`"))?.clone();
                let built = layer.pointer("/build_config/input_shape").and_then(shape);
                let (class, ident) = (class(layer).to_owned(), ident(&path));
                self.layers.push(Layer { path, group, ident, class, config, built, frozen, calls: 0 });
                self.layers.len() - 1
            }
        };
        self.layers[at].calls += 1;
        self.calls.push(Call { layer: at, values });
        if self.calls.len() > MOST_CALLS {
            return Err(Error::new(format!("the model has more than {MOST_CALLS} layers")));
        }
        Ok(vec![self.inputs.len() + self.calls.len() - 1])
    }

    /// Makes the names of values and layers different.
    fn unique(&mut self) {
        let mut taken = HashSet::new();
        let words = self.layers.iter_mut().map(|layer| &mut layer.ident);
        for word in words.chain(self.inputs.iter_mut().map(|input| &mut input.ident)) {
            let base = word.clone();
            let mut number = 2;
            while !taken.insert(word.clone()) {
                *word = format!("{base}_n{number}");
                number += 1;
            }
        }
    }
}

/// A value. A layer that gives several has one here: it does not exist yet, which is said of the layer.
fn find(made: &HashMap<Key, usize>, key: &Key) -> Option<usize> {
    made.get(key).or_else(|| made.get(&(key.0.clone(), key.1, 0))).copied()
}

/// A sentence about a layer.
pub fn said(path: &str, class: &str, problem: &str) -> String {
    format!("the layer `{path}` (`{class}`) {problem}")
}

fn class(layer: &Value) -> &str {
    layer.get("class_name").and_then(Value::as_str).unwrap_or_default()
}

fn named(layer: &Value) -> &str {
    let name = layer.get("name").or_else(|| layer.pointer("/config/name"));
    name.and_then(Value::as_str).unwrap_or_default()
}

fn is_model(layer: &Value) -> bool {
    matches!(class(layer), "Sequential" | "Functional" | "Model")
}

fn is_chain(layer: &Value) -> bool {
    class(layer) == "Sequential"
}

fn is_frozen(layer: &Value) -> bool {
    layer.pointer("/config/trainable") == Some(&Value::Bool(false))
}

/// A model's layers. Those of an old `Sequential` are its whole configuration.
fn layers(config: &Value) -> Result<&[Value]> {
    let inner = config.get("config");
    let layers = inner.and_then(|inner| inner.get("layers").or(Some(inner))).and_then(Value::as_array);
    let missing = || Error::new(format!("the model `{}` has no `layers`", named(config)));
    layers.map(Vec::as_slice).ok_or_else(missing)
}

/// Where a Keras 3 file has the weights of each layer.
fn groups(layers: &[Value]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let group = |layer| {
        let word = snake(class(layer));
        let count = seen.entry(word.clone()).or_default();
        *count += 1;
        if *count == 1 { word } else { format!("{word}_{}", *count - 1) }
    };
    layers.iter().map(group).collect()
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

impl Layer {
    /// A field of its configuration, `None` where it is null.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Value> {
        self.config.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn says(&self, problem: &str) -> String {
        said(&self.path, &self.class, problem)
    }
}
