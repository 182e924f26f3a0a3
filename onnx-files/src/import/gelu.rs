//! `½ · x · (1 + erf(x / √2))`, as files have it that were written before there was an operator for it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::proto::{Attribute, Data, Graph, Node, Tensor};

/// The steps of a graph, those of a `Gelu` made one.
pub fn joined(graph: &Graph) -> Cow<'_, [Node]> {
    let erfs: Vec<usize> = (0..graph.nodes.len()).filter(|at| graph.nodes[*at].op == "Erf").collect();
    if erfs.is_empty() {
        return Cow::Borrowed(&graph.nodes);
    }
    let steps = Steps::new(graph);
    let (mut nodes, mut gone) = (graph.nodes.clone(), HashSet::new());
    for erf in erfs {
        if let Some((x, parts, last)) = steps.gelu(erf) {
            let (name, outputs) = (nodes[last].name.clone(), nodes[last].outputs.clone());
            nodes[last] = Node { op: "Gelu".into(), name, inputs: vec![x], outputs, ..Node::default() };
            gone.extend(parts);
        }
    }
    let mut at = 0..;
    nodes.retain(|_| at.next().is_none_or(|at| !gone.contains(&at)));
    Cow::Owned(nodes)
}

/// Who makes and who takes a value, and which values are one number.
struct Steps<'a> {
    graph: &'a Graph,
    makers: HashMap<&'a str, usize>,
    users: HashMap<&'a str, Vec<usize>>,
    numbers: HashMap<&'a str, f32>,
}

fn number(tensor: &Tensor) -> Option<f32> {
    match &tensor.data {
        Data::Floats(values) if values.len() == 1 => values.first().copied(),
        _ => None,
    }
}

impl<'a> Steps<'a> {
    fn new(graph: &'a Graph) -> Self {
        let (mut makers, mut users): (HashMap<_, _>, HashMap<&str, Vec<usize>>) = Default::default();
        let known =
            graph.initializers.iter().filter_map(|tensor| Some((tensor.name.as_str(), number(tensor)?)));
        let mut numbers: HashMap<&str, f32> = known.collect();
        for (at, node) in graph.nodes.iter().enumerate() {
            makers.extend(node.outputs.iter().map(|output| (output.as_str(), at)));
            node.inputs.iter().for_each(|input| users.entry(input).or_default().push(at));
            let one = match node.attributes.first() {
                Some((_, Attribute::Tensor(tensor))) if node.op == "Constant" => number(tensor),
                Some((_, Attribute::Float(value))) if node.op == "Constant" => Some(*value),
                _ => None,
            };
            numbers.extend(node.outputs.first().and_then(|output| Some((output.as_str(), one?))));
        }
        // What comes out is seen by somebody, too.
        graph.outputs.iter().for_each(|output| users.entry(&output.name).or_default().push(usize::MAX));
        Self { graph, makers, users, numbers }
    }

    /// The only step that takes what a step makes.
    fn next(&self, at: usize) -> Option<usize> {
        let output = self.graph.nodes[at].outputs.first()?;
        let [user] = *self.users.get(output.as_str())?.as_slice() else { return None };
        (user < self.graph.nodes.len()).then_some(user)
    }

    /// The other input of a step of two.
    fn other(&self, at: usize, op: &str, input: &str) -> Option<&'a str> {
        let node = &self.graph.nodes[at];
        match node.inputs.as_slice() {
            [a, b] if node.op == op && a == input => Some(b),
            [a, b] if node.op == op && b == input => Some(a),
            _ => None,
        }
    }

    /// What a step multiplies by (about) this number.
    fn times(&self, at: usize, factor: f32) -> Option<&'a str> {
        let node = &self.graph.nodes[at];
        let near = |name: &str, number: f32| {
            self.numbers.get(name).is_some_and(|found| (found - number).abs() < 1e-5)
        };
        match node.inputs.as_slice() {
            [a, b] if node.op == "Mul" && near(b, factor) => Some(a),
            [a, b] if node.op == "Mul" && near(a, factor) => Some(b),
            [a, b] if node.op == "Div" && near(b, 1.0 / factor) => Some(a),
            _ => None,
        }
    }

    /// What a `Gelu` around this step takes, the steps before its last one, and that one.
    fn gelu(&self, erf: usize) -> Option<(String, Vec<usize>, usize)> {
        let output = |at: usize| self.graph.nodes[at].outputs.first().map(String::as_str);
        let scaled = *self.makers.get(self.graph.nodes[erf].inputs.first()?.as_str())?;
        let x = self.times(scaled, core::f32::consts::FRAC_1_SQRT_2)?;
        let add = self.next(erf)?;
        let one = self.other(add, "Add", output(erf)?)?;
        if self.next(scaled)? != erf || self.numbers.get(one) != Some(&1.0) {
            return None;
        }
        let product = self.next(add)?;
        let other = self.other(product, "Mul", output(add)?)?;
        let mut parts = vec![scaled, erf, add];
        // The half is at x, at the sum, or at the product.
        if let Some(half) = self.makers.get(other).filter(|half| self.times(**half, 0.5) == Some(x)) {
            (self.next(*half)? == product).then(|| parts.push(*half))?;
            return Some((x.to_owned(), parts, product));
        }
        let last = self.next(product)?;
        let is_half = |at: usize, of: usize| self.times(at, 0.5) == output(of);
        let at_sum = is_half(product, add) && self.other(last, "Mul", output(product)?) == Some(x);
        let at_product = other == x && is_half(last, product);
        parts.push(product);
        (at_sum || at_product).then(|| (x.to_owned(), parts, last))
    }
}
