//! One layer in ONNX's operators.

use super::builder::{Builder, Made, int, real};
use super::functions::{apply, is_elementwise};
use super::{images, joined};
use crate::activations::Function;
use crate::backend::Conv2d;
use crate::layers::Operation;

/// A layer at its place in the graph.
pub struct Place<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What it makes of a sample.
    pub sizes: &'a [usize],
    /// Its variables: names, sizes and numbers.
    pub variables: &'a [(&'static str, Vec<usize>, &'a [f32])],
}

impl Place<'_> {
    fn variable(&self, name: &str) -> Option<(&[usize], &[f32])> {
        let found = self.variables.iter().find(|(other, ..)| *other == name);
        found.map(|(_, sizes, values)| (sizes.as_slice(), *values))
    }

    fn weights(&self, g: &mut Builder, name: &str) -> Option<String> {
        let (sizes, values) = self.variable(name)?;
        Some(g.weights(&format!("{}/{name}", self.name), sizes, || values.to_vec()))
    }

    /// A convolution's kernel as ONNX has it.
    fn kernel(&self, g: &mut Builder, conv: &Conv2d, name: &str) -> Option<String> {
        let (_, kernel) = self.variable(name)?;
        let ([h, w], channels, filters) = (conv.kernel, conv.input[2] / conv.groups, conv.output[2]);
        let turned = || images::turned(kernel, [h, w, channels, filters]);
        Some(g.weights(&format!("{}/{name}", self.name), &[filters, channels, h, w], turned))
    }

    fn last(&self, name: String) -> Made {
        Made { sizes: self.sizes.to_vec(), last: Some(name), first: None }
    }

    fn first(&self, name: String) -> Made {
        Made { sizes: self.sizes.to_vec(), last: None, first: Some(name) }
    }

    /// Writes the layer. `None` where an activation or something else is a person's own.
    pub fn write(&self, g: &mut Builder, operation: &Operation, values: &mut [Made]) -> Option<Made> {
        let at = self.name;
        match (operation, values) {
            (Operation::Merge(how), values) => Some(joined::merge(g, at, *how, values, self.sizes)),
            (Operation::Concatenate { axis }, values) => {
                Some(joined::concatenate(g, at, *axis, values, self.sizes))
            }
            (Operation::Dot { axes, normalize }, [a, b]) => {
                Some(joined::dot(g, at, *axes, *normalize, [a, b], self.sizes))
            }
            (operation, [x]) => self.one(g, operation, x),
            _ => None,
        }
    }

    fn one(&self, g: &mut Builder, operation: &Operation, x: &mut Made) -> Option<Made> {
        let at = self.name;
        match operation {
            Operation::Identity => Some(x.clone()),
            Operation::Reshape => {
                let value = g.last(at, x);
                let same = x.sizes == self.sizes;
                Some(self.last(if same { value } else { g.reshape(at, &value, self.sizes) }))
            }
            Operation::Activation(function) => self.activation(g, (*function)?, x),
            Operation::Along { axis, activation } => {
                let function = (*activation)?;
                let sorts = matches!(function, Function::Sparsemax | Function::KerasSparsemax);
                let value = (!sorts).then(|| g.last(at, x))?;
                Some(self.last(apply(g, at, function, &value, int(axis + 1), x.sizes[*axis])))
            }
            Operation::Dense { activation, .. } => {
                let made = self.dense(g, x)?;
                self.activation(g, (*activation)?, &mut self.last(made))
            }
            Operation::Conv2d { conv, activation, .. } => {
                let mut weights = vec![self.kernel(g, conv, "kernel")?];
                weights.extend(self.weights(g, "bias"));
                let made = images::conv(g, at, conv, x, &weights);
                self.activation(g, (*activation)?, &mut self.first(made))
            }
            Operation::Separable2d { depthwise, pointwise, activation, .. } => {
                let kernel = self.kernel(g, depthwise, "depthwise_kernel")?;
                let between = images::conv(g, at, depthwise, x, &[kernel]);
                let between =
                    &mut Made { sizes: depthwise.output.to_vec(), last: None, first: Some(between) };
                let mut weights = vec![self.kernel(g, pointwise, "pointwise_kernel")?];
                weights.extend(self.weights(g, "bias"));
                let made = images::conv(g, at, pointwise, between, &weights);
                self.activation(g, (*activation)?, &mut self.first(made))
            }
            Operation::Gate { axis } => Some(self.last(joined::gate(g, at, *axis, x))),
            Operation::Pool2d(pool) => {
                let made = images::pool(g, at, pool, x);
                // A whole image's may be flat features.
                let flat = self.sizes.len() == 1;
                Some(if flat { self.last(g.reshape(at, &made, self.sizes)) } else { self.first(made) })
            }
            Operation::Pad2d(pad) => Some(self.first(images::pad(g, at, pad, x, 1))),
            // A border of less than nothing.
            Operation::Crop2d(pad) => Some(self.first(images::pad(g, at, pad, x, -1))),
            Operation::Upsample2d(up) => Some(self.first(images::upsample(g, at, up, x))),
            Operation::Normalization { epsilon, .. } => self.normalization(g, *epsilon, x),
            _ => None,
        }
    }

    /// An activation in the form in which the value is, which most do not mind.
    fn activation(&self, g: &mut Builder, function: Function, x: &mut Made) -> Option<Made> {
        let (at, width) = (self.name, x.sizes.last().copied().unwrap_or(1));
        let sorts = matches!(function, Function::Sparsemax | Function::KerasSparsemax);
        if x.last.is_some() || sorts {
            let value = g.last(at, x);
            return Some(self.last(apply(g, at, function, &value, -1, width)));
        }
        let value = g.first(at, x);
        debug_assert!(is_elementwise(function) || width > 0);
        Some(self.first(apply(g, at, function, &value, 1, width)))
    }

    fn dense(&self, g: &mut Builder, x: &mut Made) -> Option<String> {
        let (at, value) = (self.name, g.last(self.name, x));
        let (kernel, bias) = (self.weights(g, "kernel")?, self.weights(g, "bias"));
        match bias {
            Some(bias) if x.sizes.len() == 1 => Some(g.op("Gemm", at, &[&value, &kernel, &bias], &[])),
            bias => {
                let made = g.op("MatMul", at, &[&value, &kernel], &[]);
                Some(bias.map_or_else(|| made.clone(), |bias| g.op("Add", at, &[&made, &bias], &[])))
            }
        }
    }

    fn normalization(&self, g: &mut Builder, epsilon: f64, x: &mut Made) -> Option<Made> {
        let (at, value) = (self.name, g.first(self.name, x));
        let width = self.variable("moving_mean")?.1.len();
        let or = |g: &mut Builder, name: &str, number: f32| {
            self.weights(g, name)
                .unwrap_or_else(|| g.weights(&format!("{at}/{name}"), &[width], || vec![number; width]))
        };
        let (gamma, beta) = (or(g, "gamma", 1.0), or(g, "beta", 0.0));
        let (mean, variance) = (self.weights(g, "moving_mean")?, self.weights(g, "moving_variance")?);
        let inputs = [value.as_str(), &gamma, &beta, &mean, &variance];
        let made = g.op("BatchNormalization", at, &inputs, &[("epsilon", real(epsilon))]);
        Some(if x.sizes.len() == 1 { self.last(made) } else { self.first(made) })
    }
}
