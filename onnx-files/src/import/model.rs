//! The model that is made of a file: our layers, their weights, and what the file's values are in it.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use keras_files::{Call, Graph, Layer, LayerWeights, Variable, ident};
use serde_json::{Map, Value, json};

use super::value::Known;
use super::view::View;
use crate::proto::Node;

/// Why a step has no counterpart: a sentence that goes on from its name.
pub type Problem = String;

/// The most axes of a value.
const MOST_AXES: usize = 16;
/// The most channels for which numbers are made that do not stand in the file.
const MOST_CHANNELS: usize = 1 << 20;

/// What was made so far.
pub struct Model {
    pub graph: Graph,
    pub weights: Vec<LayerWeights>,
    /// The sizes of a sample of each value of ours.
    pub shapes: Vec<Vec<usize>>,
    /// The file's values.
    pub known: HashMap<String, Known>,
    /// How often each of them is used.
    pub uses: HashMap<String, usize>,
    /// Those of our values that several steps see.
    pub seen: HashSet<usize>,
    /// Those of which it makes no difference whether axes of size 1 are there.
    pub flattened: HashSet<String>,
    pub opset: i64,
    /// How many numbers may still be made of those in the file.
    pub budget: usize,
    /// The number of samples that the file was made for, where it is fixed.
    pub batch: Option<usize>,
}

impl Model {
    /// A value that a step takes.
    pub fn input(&self, node: &Node, at: usize) -> Option<&Known> {
        node.inputs.get(at).filter(|name| !name.is_empty()).and_then(|name| self.known.get(name))
    }

    /// A value of the model that a step takes.
    pub fn made(&self, node: &Node, at: usize) -> Result<(usize, View), Problem> {
        match self.input(node, at) {
            Some(Known::Made(value, view)) => Ok((*value, view.clone())),
            _ => Err(format!("takes as input {at} what no layer makes, which does not exist yet")),
        }
    }

    /// Numbers of the file that a step takes.
    pub fn floats(&self, node: &Node, at: usize) -> Result<(Vec<usize>, Rc<Vec<f32>>), Problem> {
        match self.input(node, at) {
            Some(Known::Floats(sizes, values)) => Ok((sizes.clone(), values.clone())),
            _ => Err(format!(
                "takes as input {at} what does not stand in the file as numbers, which does not exist yet"
            )),
        }
    }

    /// Integers of the file that a step takes.
    pub fn ints(&self, node: &Node, at: usize) -> Result<Option<Rc<Vec<i64>>>, Problem> {
        match self.input(node, at) {
            None => Ok(None),
            Some(Known::Ints(_, values)) => Ok(Some(values.clone())),
            _ => Err(format!(
                "takes as input {at} what does not stand in the file as integers, which does not exist yet"
            )),
        }
    }

    /// Takes room for numbers that are made of those in the file. One that would make more of them than any
    /// model has is not read.
    pub fn spend(&mut self, numbers: usize) -> Result<(), Problem> {
        let left = self.budget.checked_sub(numbers);
        self.budget = left.unwrap_or(0);
        left.map(|_| ()).ok_or_else(|| "makes more numbers of those in the file than a model has".into())
    }

    /// How many numbers there are to be that do not stand in the file.
    pub fn few(channels: usize) -> Result<usize, Problem> {
        if channels <= MOST_CHANNELS {
            return Ok(channels);
        }
        Err(format!("has {channels} channels, more than {MOST_CHANNELS}"))
    }

    /// Says what a step makes.
    pub fn set(&mut self, node: &Node, known: Known) {
        let many = matches!(&known, Known::Made(_, view) if view.axes.len() > MOST_AXES);
        let known = if many { Known::Lost } else { known };
        if many {
            let name = node.outputs.first().cloned().unwrap_or_default();
            self.graph.problems.push(format!("the value `{name}` has more than {MOST_AXES} axes"));
        }
        if let Some(name) = node.outputs.first() {
            self.known.insert(name.clone(), known);
        }
    }

    /// Whether nobody but this step sees a value that it takes, under whatever name.
    pub fn is_alone(&self, node: &Node, at: usize, value: usize) -> bool {
        let name = node.inputs.get(at);
        name.is_some_and(|name| self.uses.get(name) == Some(&1)) && !self.seen.contains(&value)
    }

    /// Remembers which values several steps see: what only moves numbers gives them another name.
    pub fn see(&mut self, node: &Node) {
        for name in &node.inputs {
            if let Some(Known::Made(value, _)) = self.known.get(name)
                && self.uses.get(name).is_some_and(|uses| *uses > 1)
            {
                self.seen.insert(*value);
            }
        }
    }

    /// A layer on some values; the number of what it makes comes back.
    pub fn layer(
        &mut self,
        path: &str,
        class: &str,
        config: Value,
        values: Vec<usize>,
        shape: Vec<usize>,
    ) -> usize {
        let config = config.as_object().cloned().unwrap_or_default();
        let built = values.first().map(|value| self.shapes[*value].iter().map(|size| Some(*size)).collect());
        self.graph.layers.push(Layer {
            path: path.to_owned(),
            group: String::new(),
            ident: ident(path),
            class: class.to_owned(),
            config,
            built,
            frozen: false,
            calls: 1,
        });
        self.graph.calls.push(Call { layer: self.graph.layers.len() - 1, values });
        self.weights.push(LayerWeights { path: String::new(), group: String::new(), variables: Vec::new() });
        self.shapes.push(shape);
        self.shapes.len() - 1
    }

    /// The number of the layer that makes a value.
    pub fn maker(&self, value: usize) -> Option<usize> {
        let call = value.checked_sub(self.graph.inputs.len())?;
        self.graph.calls.get(call).map(|call| call.layer)
    }

    /// The values that go into the layer that makes a value.
    pub fn taken(&self, value: usize) -> &[usize] {
        let call = value.checked_sub(self.graph.inputs.len()).and_then(|call| self.graph.calls.get(call));
        call.map_or(&[], |call| &call.values)
    }

    /// Gives the layer that makes a value a variable.
    pub fn variable(&mut self, value: usize, name: &str, shape: &[usize], values: Vec<f32>) {
        if let Some(layer) = self.maker(value) {
            let variable = Variable { name: Some(name.into()), shape: shape.to_vec(), values };
            self.weights[layer].variables.push(variable);
        }
    }

    /// The configuration of the layer that makes a value.
    pub fn config(&mut self, value: usize) -> Option<(&str, &mut Map<String, Value>)> {
        let layer = self.maker(value)?;
        let layer = &mut self.graph.layers[layer];
        Some((layer.class.as_str(), &mut layer.config))
    }

    /// The value in these sizes, which are as many numbers.
    pub fn shaped(&mut self, path: &str, value: usize, sizes: &[usize]) -> usize {
        if self.shapes[value] == sizes {
            return value;
        }
        if let [_] = sizes {
            return self.layer(&format!("{path}_flat"), "Flatten", json!({}), vec![value], sizes.to_vec());
        }
        let config = json!({"target_shape": sizes});
        self.layer(&format!("{path}_shape"), "Reshape", config, vec![value], sizes.to_vec())
    }

    /// The value with the axes of a view in this order.
    pub fn in_order(
        &mut self,
        path: &str,
        (value, view): (usize, &View),
        order: &[usize],
    ) -> Result<usize, Problem> {
        if !view.is(order) {
            return Err("takes numbers in another order than they stand here with the channels last".into());
        }
        let sizes = view.sizes();
        let sizes: Vec<usize> = order.iter().map(|axis| sizes[*axis]).collect();
        Ok(self.shaped(path, value, &sizes))
    }
}

/// What a step is called here.
pub fn path(node: &Node) -> String {
    let named = if node.name.is_empty() { &node.op } else { &node.name };
    let trimmed = named.trim_matches('/').trim_end_matches(":0");
    match trimmed.rsplit_once('/') {
        Some((path, _)) if !path.is_empty() => path.to_owned(),
        _ => trimmed.to_owned(),
    }
}
