//! A graph that is being written: its steps, its weights, and where each value of the model is.

use std::collections::HashSet;

use onnx_files::{Attribute, Node, Tensor};

/// A value of the model: what the graph calls it, with the channels last or first, where it has it so.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// The sizes of a sample, channels last.
    pub sizes: Vec<usize>,
    pub last: Option<String>,
    pub first: Option<String>,
}

/// The graph so far.
#[derive(Debug, Default)]
pub struct Builder {
    pub nodes: Vec<Node>,
    pub initializers: Vec<Tensor>,
    taken: HashSet<String>,
}

impl Builder {
    /// This name, or another one like it if it is taken.
    pub fn name(&mut self, wish: &str) -> String {
        let mut name = wish.to_owned();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            name = format!("{wish}_{number}");
            number += 1;
        }
        name
    }

    /// A step that makes one value.
    pub fn op(&mut self, op: &str, at: &str, inputs: &[&str], attributes: &[(&str, Attribute)]) -> String {
        let output = self.name(&format!("{at}/{op}"));
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.nodes.push(Node {
            op: op.to_owned(),
            name: output.clone(),
            inputs: inputs.iter().map(|name| (*name).to_owned()).collect(),
            outputs: vec![output.clone()],
            attributes,
            ..Node::default()
        });
        output
    }

    /// Weights: the same for every use of their layer.
    pub fn weights(&mut self, name: &str, sizes: &[usize], values: impl FnOnce() -> Vec<f32>) -> String {
        if !self.initializers.iter().any(|known| known.name == name) {
            self.taken.insert(name.to_owned());
            self.initializers.push(Tensor::floats(name, sizes, values()));
        }
        name.to_owned()
    }

    /// A number that stands for all elements.
    pub fn number(&mut self, at: &str, number: f64) -> String {
        let name = self.name(&format!("{at}/number"));
        self.initializers.push(Tensor::floats(&name, &[], vec![number as f32]));
        name
    }

    /// A list of integers.
    pub fn ints(&mut self, at: &str, values: Vec<i64>) -> String {
        let name = self.name(&format!("{at}/sizes"));
        self.initializers.push(Tensor::ints(&name, values));
        name
    }

    /// The number of an axis.
    pub fn axis(&mut self, at: &str, axis: i64) -> String {
        let name = self.name(&format!("{at}/axis"));
        self.initializers.push(Tensor { sizes: Vec::new(), ..Tensor::ints(&name, vec![axis]) });
        name
    }

    /// Numbers that are no weights.
    pub fn constant(&mut self, at: &str, sizes: &[usize], values: Vec<f32>) -> String {
        let name = self.name(&format!("{at}/numbers"));
        self.initializers.push(Tensor::floats(&name, sizes, values));
        name
    }

    /// The value with its channels last, as it is here.
    pub fn last(&mut self, at: &str, value: &mut Made) -> String {
        if let Some(last) = &value.last {
            return last.clone();
        }
        let rank = value.sizes.len() + 1;
        // From (batch, channels, ..) to (batch, .., channels).
        let order = core::iter::once(0).chain(2..rank).chain([1]);
        let first = value.first.clone().unwrap_or_default();
        let made = self.op("Transpose", at, &[&first], &[("perm", all(order))]);
        value.last.insert(made).clone()
    }

    /// The value with its channels first, as ONNX has images.
    pub fn first(&mut self, at: &str, value: &mut Made) -> String {
        if let Some(first) = &value.first {
            return first.clone();
        }
        let last = value.last.clone().unwrap_or_default();
        let rank = value.sizes.len() + 1;
        if rank <= 2 {
            return value.first.insert(last).clone();
        }
        let order = [0, rank - 1].into_iter().chain(1..rank - 1);
        let made = self.op("Transpose", at, &[&last], &[("perm", all(order))]);
        value.first.insert(made).clone()
    }

    /// The value in another shape; of a sample if it is the sizes of one.
    pub fn reshape(&mut self, at: &str, value: &str, sizes: &[usize]) -> String {
        let sizes = core::iter::once(-1).chain(sizes.iter().map(|size| int(*size))).collect();
        let sizes = self.ints(at, sizes);
        self.op("Reshape", at, &[value, &sizes], &[])
    }

    /// What is called `old` is called `new` from now on.
    pub fn rename(&mut self, old: &str, new: &str) {
        let names = self.nodes.iter_mut().flat_map(|node| node.inputs.iter_mut().chain(&mut node.outputs));
        names.filter(|name| *name == old).for_each(|name| new.clone_into(name));
    }
}

/// Sizes as ONNX has them.
pub fn int(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// A list of sizes as an argument.
pub fn all(sizes: impl IntoIterator<Item = usize>) -> Attribute {
    Attribute::Ints(sizes.into_iter().map(int).collect())
}

/// A number as an argument.
pub fn real(number: f64) -> Attribute {
    Attribute::Float(number as f32)
}
