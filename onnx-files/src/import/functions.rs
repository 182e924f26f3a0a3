//! Activations.

use serde_json::{Value, json};

use super::attributes::{axis, decimal};
use super::model::{Model, Problem, path};
use super::value::Known;
use super::view::View;
use crate::proto::Node;

/// An activation as Keras' files have it; one with parameters by our name, as Keras has none for it.
fn function(node: &Node) -> Result<Value, Problem> {
    let ours = |name: &str, numbers: &[f64]| json!({"ours": name, "numbers": numbers});
    Ok(match node.op.as_str() {
        "Relu" => json!("relu"),
        "Sigmoid" => json!("sigmoid"),
        "Tanh" => json!("tanh"),
        "Exp" => json!("exponential"),
        "Softplus" => json!("softplus"),
        "Softsign" => json!("softsign"),
        "Mish" => json!("mish"),
        "HardSwish" => json!("hard_silu"),
        "Gelu" if node.text("approximate", "none") == "none" => json!("gelu"),
        "Gelu" => return Err(node.wrong("approximate")),
        "Elu" => ours("Elu", &[node.real("alpha", 1.0)]),
        "Celu" => ours("Celu", &[node.real("alpha", 1.0)]),
        "LeakyRelu" => ours("LeakyRelu", &[node.real("alpha", 0.01)]),
        "ThresholdedRelu" => ours("Threshold", &[node.real("alpha", 1.0), 0.0]),
        "Selu" => {
            let near = |name, default: f64| (node.real(name, default) - default).abs() < 1e-4;
            match (near("alpha", 1.673_263), near("gamma", 1.050_701)) {
                (true, true) => json!("selu"),
                (false, _) => return Err(node.wrong("alpha")),
                _ => return Err(node.wrong("gamma")),
            }
        }
        "HardSigmoid" => {
            let (alpha, beta) = (node.real("alpha", 0.2), node.real("beta", 0.5));
            match beta == 0.5 {
                true if (alpha - 1.0 / 6.0).abs() < 1e-6 => json!("hard_sigmoid"),
                true if alpha == 0.5 => json!("sparse_sigmoid"),
                true => return Err(node.wrong("alpha")),
                false => return Err(node.wrong("beta")),
            }
        }
        _ => {
            let (lambda, bias) = (node.real("lambd", 0.5), node.real("bias", 0.0));
            if bias == 0.0 {
                ours("HardShrink", &[lambda])
            } else if bias == lambda {
                ours("SoftShrink", &[lambda])
            } else {
                return Err(node.wrong("bias"));
            }
        }
    })
}

impl Model {
    pub(super) fn elementwise(&mut self, node: &Node) -> Result<(), Problem> {
        let function = function(node)?;
        self.activation(node, function)
    }

    /// An activation that does not care in which order the numbers are.
    fn activation(&mut self, node: &Node, function: Value) -> Result<(), Problem> {
        let (value, view) = self.made(node, 0)?;
        let made = self.activate(node, value, function);
        self.set(node, Known::Made(made, view));
        Ok(())
    }

    /// In the layer before it, where nobody else sees that one's numbers.
    fn activate(&mut self, node: &Node, value: usize, function: Value) -> usize {
        let alone = self.is_alone(node, 0, value);
        if let Some(("Dense" | "Conv2D", config)) = self.config(value)
            && alone
            && !config.contains_key("activation")
        {
            config.insert("activation".into(), function);
            return value;
        }
        let shape = self.shapes[value].clone();
        self.layer(&path(node), "Activation", json!({"activation": function}), vec![value], shape)
    }

    /// Functions of all numbers along an axis, which is our last one.
    pub(super) fn softmax(&mut self, node: &Node) -> Result<(), Problem> {
        let (value, view) = self.made(node, 0)?;
        let rank = view.axes.len() + 1;
        let (is_one, default) = if self.opset >= 13 { (true, -1) } else { (false, 1) };
        let at = axis(node.int("axis", default), rank)?;
        // Before version 13 it was that axis and all behind it.
        let end = if is_one { at + 1 } else { rank };
        let of = at.checked_sub(1).map(|at| View { axes: view.axes[at..end - 1].to_vec() });
        let of = of.map(|of| of.flat()).ok_or("goes along the batch")?;
        let width = match of.as_slice() {
            [] => 1,
            [(size, 1)] => *size,
            _ => return Err(node.wrong("axis")),
        };
        let value = self.with_last(&path(node), value, width);
        let name = if node.op == "Softmax" { "softmax" } else { "log_softmax" };
        let made = self.activate(node, value, json!(name));
        self.set(node, Known::Made(made, view));
        Ok(())
    }

    /// The value in a shape whose last size is this one.
    pub(super) fn with_last(&mut self, path: &str, value: usize, width: usize) -> usize {
        let shape = &self.shapes[value];
        if shape.last() == Some(&width) {
            return value;
        }
        let count = shape.iter().fold(1_usize, |count, size| count.saturating_mul(*size));
        let rows = count / width.max(1);
        if rows == 1 { self.shaped(path, value, &[width]) } else { self.shaped(path, value, &[rows, width]) }
    }

    /// One slope for all is that of a `LeakyRelu`.
    pub(super) fn slopes(&mut self, node: &Node) -> Result<(), Problem> {
        let (_, slopes) = self.floats(node, 1)?;
        match slopes.first() {
            Some(slope) if slopes.iter().all(|other| other == slope) => {
                self.activation(node, json!({"ours": "LeakyRelu", "numbers": [decimal(*slope)]}))
            }
            _ => Err("has a slope for each channel, which does not exist yet".into()),
        }
    }

    pub(super) fn clip(&mut self, node: &Node) -> Result<(), Problem> {
        let limit = |model: &Self, at: usize, name: &str, none: f64| match model.input(node, at) {
            None => Ok(node.real(name, none)),
            Some(_) => Ok::<f64, Problem>(model.floats(node, at)?.1.first().map_or(none, |v| decimal(*v))),
        };
        let least = limit(self, 1, "min", f64::NEG_INFINITY)?;
        let most = limit(self, 2, "max", f64::INFINITY)?;
        let most = if most >= f64::from(f32::MAX) { f64::INFINITY } else { most };
        let function = match (least, most) {
            (0.0, 6.0) => json!("relu6"),
            (0.0, f64::INFINITY) => json!("relu"),
            (-1.0, 1.0) => json!("hard_tanh"),
            (0.0, most) if most > 0.0 => json!({"ours": "RectifiedLinear", "numbers": [0.0, most, 0.0]}),
            _ => return Err(format!("keeps numbers within {least} and {most}, which does not exist yet")),
        };
        self.activation(node, function)
    }
}
