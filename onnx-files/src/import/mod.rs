//! A file as a model in our words.
//!
//! Each step of the file becomes layers, or is done here: sizes are worked out, and where numbers are only moved
//! we remember how they lie ([`view`]). ONNX has the channels of images first, we last. What a file takes goes
//! in with its channels last here if it is used as an image as it is; if the file turns it around itself, it
//! goes in as it is there. The same holds for what comes out. Where a file flattens an image with its channels
//! first, the rows of the next kernel are put in our order.

mod attributes;
mod dense;
mod functions;
mod gelu;
mod images;
mod joined;
mod model;
mod ops;
mod resize;
mod shapes;
mod sizes;
mod value;
mod view;
mod window;

use std::collections::{BTreeMap, HashMap, HashSet};

use keras_files::{Graph, Input, LayerWeights, ident};

use crate::error::{Error, Result};
use crate::proto::{Model as File, Node, Value};
use model::Model;
use ops::is_known;
pub use ops::operators;
use value::Known;
use view::{View, channels_last};

const MOST_NODES: usize = 20_000;
const MOST_INPUTS: usize = 64;
/// The most numbers of a sample.
const LARGEST: usize = 1 << 32;

/// The steps that take each value.
type Users<'a> = HashMap<&'a str, Vec<&'a Node>>;

/// A file as a model in our words.
#[derive(Debug)]
pub struct Imported {
    /// Its layers. What has no counterpart is among its problems.
    pub graph: Graph,
    /// The weights of each layer.
    pub weights: Vec<LayerWeights>,
}

/// Makes a model of a file.
///
/// # Errors
/// If the file does not hang together.
pub fn import(file: &File) -> Result<Imported> {
    if file.graph.nodes.len() > MOST_NODES {
        return Err(Error::new(format!("the model has more than {MOST_NODES} steps")));
    }
    if file.graph.inputs.len() > MOST_INPUTS + file.graph.initializers.len() {
        return Err(Error::new(format!("the model takes more than {MOST_INPUTS} values")));
    }
    let nodes = gelu::joined(&file.graph);
    let mut model = start(file, &nodes);
    let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for node in nodes.iter() {
        let name = if node.name.is_empty() { node.outputs.first() } else { Some(&node.name) };
        let name = name.cloned().unwrap_or_default();
        let own = node.domain.is_empty() || node.domain == "ai.onnx";
        if !own || !is_known(&node.op) {
            let op = if own { node.op.clone() } else { format!("{}.{}", node.domain, node.op) };
            missing.entry(op).or_default().push(name);
            model.lose(node);
            continue;
        }
        model.see(node);
        let lost = node.inputs.iter().any(|input| matches!(model.known.get(input), Some(Known::Lost)));
        if lost {
            model.lose(node);
        } else if let Err(problem) = model.step(node) {
            model.graph.problems.push(format!("the step `{name}` (`{}`) {problem}", node.op));
            model.lose(node);
        }
        for output in node.outputs.iter().skip(1).filter(|output| !output.is_empty()) {
            model.known.insert(output.clone(), Known::Lost);
        }
    }
    for (op, names) in missing {
        let more = if names.len() > 3 { format!(" and {} more", names.len() - 3) } else { String::new() };
        let names: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
        model
            .graph
            .problems
            .push(format!("the operator `{op}` ({}{more}) does not exist yet", names.join(", ")));
    }
    for output in &file.graph.outputs {
        if let Err(problem) = model.output(output) {
            model.graph.problems.push(format!("the output `{}` {problem}", output.name));
        }
    }
    if file.graph.outputs.is_empty() {
        model.graph.problems.push("the model gives nothing".into());
    }
    Ok(model.finish())
}

/// The model before any step: what goes in, and what is known from the start.
fn start(file: &File, nodes: &[Node]) -> Model {
    let name = if file.graph.name.is_empty() { "model" } else { &file.graph.name };
    let graph = Graph {
        name: name.into(),
        inputs: Vec::new(),
        layers: Vec::new(),
        calls: Vec::new(),
        outputs: Vec::new(),
        problems: Vec::new(),
    };
    let mut uses: HashMap<String, usize> = HashMap::new();
    let used = nodes.iter().flat_map(|node| &node.inputs);
    for name in used.chain(file.graph.outputs.iter().map(|output| &output.name)) {
        *uses.entry(name.clone()).or_default() += 1;
    }
    let known = file.graph.initializers.iter().map(|tensor| (tensor.name.clone(), Known::of(tensor)));
    let known: HashMap<String, Known> = known.collect();
    let inputs: Vec<&Value> =
        file.graph.inputs.iter().filter(|input| !known.contains_key(&input.name)).collect();
    let batch = inputs.first().and_then(|input| input.sizes.as_ref()?.first()?.fixed());
    let mut model = Model {
        graph,
        weights: Vec::new(),
        shapes: Vec::new(),
        known,
        flattened: flattened(nodes, &uses),
        uses,
        seen: HashSet::new(),
        opset: file.opset(),
        budget: file_numbers(file).saturating_mul(8).saturating_add(1 << 20),
        batch,
    };
    let mut users: Users<'_> = HashMap::new();
    for node in nodes {
        for input in &node.inputs {
            users.entry(input).or_default().push(node);
        }
    }
    for input in inputs {
        model.take(input, &users);
    }
    model
}

/// How many numbers stand in a file.
fn file_numbers(file: &File) -> usize {
    file.graph.initializers.iter().map(|tensor| tensor.sizes.iter().product::<usize>()).sum()
}

/// The values that are only used where it makes no difference whether axes of size 1 are there.
fn flattened(nodes: &[Node], uses: &HashMap<String, usize>) -> HashSet<String> {
    let flat = nodes.iter().filter(|node| matches!(node.op.as_str(), "Flatten" | "Squeeze"));
    let flat = flat.filter_map(|node| node.inputs.first());
    flat.filter(|name| uses.get(*name) == Some(&1)).cloned().collect()
}

impl Model {
    /// A value that goes in.
    fn take(&mut self, input: &Value, users: &Users<'_>) {
        let kind = match input.kind {
            1 => "float32".to_owned(),
            6 => "int32".into(),
            7 => "int64".into(),
            11 => "float64".into(),
            kind => format!("the type {kind}"),
        };
        let sizes = input.sizes.as_deref().unwrap_or_default();
        let sizes: Vec<Option<usize>> = sizes.iter().skip(1).map(crate::proto::Size::fixed).collect();
        let (mut shape, ident) = (sizes.clone(), ident(&input.name));
        let fixed: Option<Vec<usize>> = sizes.iter().copied().collect();
        let count = |sizes: &[usize]| sizes.iter().try_fold(1_usize, |n, size| n.checked_mul(*size));
        let fixed = fixed.filter(|sizes| !sizes.is_empty());
        if fixed.as_deref().is_some_and(|sizes| count(sizes).is_none_or(|count| count > LARGEST)) {
            self.graph.problems.push(format!("the input `{}` is too large", input.name));
        }
        let known = fixed.map_or(Known::Lost, |sizes| {
            let natural: Vec<usize> = (0..sizes.len()).collect();
            let is_image = sizes.len() > 1 && is_image(users, &input.name);
            let order = if is_image { channels_last(sizes.len()) } else { natural };
            shape = order.iter().map(|axis| Some(sizes[*axis])).collect();
            Known::Made(self.graph.inputs.len(), View::ordered(&sizes, &order))
        });
        self.shapes.push(shape.iter().map(|size| size.unwrap_or(1)).collect());
        self.known.insert(input.name.clone(), if kind == "float32" { known } else { Known::Lost });
        self.graph.inputs.push(Input { ident, shape, dtype: kind });
    }

    /// What follows from a step that has no counterpart is not looked at.
    fn lose(&mut self, node: &Node) {
        for output in &node.outputs {
            self.known.insert(output.clone(), Known::Lost);
        }
    }

    /// A value that comes out: as it is in the file, or with its channels last.
    fn output(&mut self, output: &Value) -> core::result::Result<(), String> {
        let (value, view) = match self.known.get(&output.name) {
            Some(Known::Made(value, view)) => (*value, view.clone()),
            Some(Known::Lost) => return Ok(()),
            _ => return Err("is made by no layer".into()),
        };
        let order = view.order().ok_or("has numbers in another order than they stand here")?;
        let value = if order.is_empty() {
            value
        } else {
            self.in_order(&ident(&output.name), (value, &view), &order)?
        };
        if value < self.graph.inputs.len() {
            return Err("is what goes in, so that there is nothing to do".into());
        }
        self.graph.outputs.push(value);
        Ok(())
    }

    /// Names that are different, and weights by them.
    fn finish(mut self) -> Imported {
        let mut taken = HashSet::new();
        let layers = self.graph.layers.iter_mut().map(|layer| &mut layer.ident);
        for word in layers.chain(self.graph.inputs.iter_mut().map(|input| &mut input.ident)) {
            let base = word.clone();
            let mut number = 2;
            while !taken.insert(word.clone()) {
                *word = format!("{base}_n{number}");
                number += 1;
            }
        }
        for (weights, layer) in self.weights.iter_mut().zip(&self.graph.layers) {
            weights.path.clone_from(&layer.ident);
        }
        Imported { graph: self.graph, weights: self.weights }
    }
}

/// Whether a value is used as an image, its channels first: through steps that change no axes.
fn is_image(users: &Users<'_>, name: &str) -> bool {
    let (mut seen, mut open) = (HashSet::new(), vec![name]);
    while let Some(name) = open.pop() {
        for node in users.get(name).into_iter().flatten() {
            if ops::has_channels_first(node) {
                return true;
            }
            if ops::changes_no_axes(&node.op) {
                open.extend(node.outputs.iter().map(String::as_str).filter(|name| seen.insert(*name)));
            }
        }
    }
    false
}
