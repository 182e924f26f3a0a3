//! Activations in ONNX's operators.

use onnx_files::Attribute;

use super::builder::{Builder, real};
use super::sparse::sparsemax;
use crate::activations::Function;

/// Whether a function takes one element at a time. If not, it takes the channels of a place together.
pub const fn is_elementwise(function: Function) -> bool {
    use Function::{KerasSparsemax, LogSoftmax, Softmax, Sparsemax};
    !matches!(function, Softmax | LogSoftmax | Sparsemax | KerasSparsemax)
}

/// Applies a function to the value `x`; `axis` is that of its channels, of which there are `width`.
pub fn apply(g: &mut Builder, at: &str, function: Function, x: &str, axis: i64, width: usize) -> String {
    use Function as F;
    let along = [("axis", Attribute::Int(axis))];
    match function {
        F::Linear => x.to_owned(),
        F::Relu => g.op("Relu", at, &[x], &[]),
        F::Sigmoid => g.op("Sigmoid", at, &[x], &[]),
        F::Tanh => g.op("Tanh", at, &[x], &[]),
        F::Exponential => g.op("Exp", at, &[x], &[]),
        F::Softplus => g.op("Softplus", at, &[x], &[]),
        F::Softsign => g.op("Softsign", at, &[x], &[]),
        F::Mish => g.op("Mish", at, &[x], &[]),
        F::HardSilu => g.op("HardSwish", at, &[x], &[]),
        F::Softmax => g.op("Softmax", at, &[x], &along),
        F::LogSoftmax => g.op("LogSoftmax", at, &[x], &along),
        F::Elu(alpha) => g.op("Elu", at, &[x], &[("alpha", real(alpha))]),
        F::Celu(alpha) if alpha > 0.0 => g.op("Celu", at, &[x], &[("alpha", real(alpha))]),
        F::Celu(alpha) => celu(g, at, x, alpha),
        F::Selu(alpha, gamma) => g.op("Selu", at, &[x], &[("alpha", real(alpha)), ("gamma", real(gamma))]),
        F::LeakyRelu(slope) => g.op("LeakyRelu", at, &[x], &[("alpha", real(slope))]),
        F::HardSigmoid => g.op("HardSigmoid", at, &[x], &[("alpha", real(1.0 / 6.0)), ("beta", real(0.5))]),
        F::SparseSigmoid => g.op("HardSigmoid", at, &[x], &[("alpha", real(0.5)), ("beta", real(0.5))]),
        F::Gelu(approximate) => {
            let how = if approximate { "tanh" } else { "none" };
            g.op("Gelu", at, &[x], &[("approximate", Attribute::Text(how.into()))])
        }
        F::HardShrink(threshold) => {
            g.op("Shrink", at, &[x], &[("lambd", real(threshold)), ("bias", real(0.0))])
        }
        F::SoftShrink(threshold) if threshold >= 0.0 => {
            g.op("Shrink", at, &[x], &[("lambd", real(threshold)), ("bias", real(threshold))])
        }
        F::SoftShrink(threshold) => soft_shrink(g, at, x, threshold),
        F::HardTanh => clip(g, at, x, -1.0, 1.0),
        F::Relu6 => clip(g, at, x, 0.0, 6.0),
        F::Silu => {
            let gate = g.op("Sigmoid", at, &[x], &[]);
            g.op("Mul", at, &[x, &gate], &[])
        }
        F::LogSigmoid => {
            let turned = g.op("Neg", at, &[x], &[]);
            let soft = g.op("Softplus", at, &[&turned], &[]);
            g.op("Neg", at, &[&soft], &[])
        }
        F::TanhShrink => {
            let tanh = g.op("Tanh", at, &[x], &[]);
            g.op("Sub", at, &[x, &tanh], &[])
        }
        F::Threshold(threshold, otherwise) => {
            let otherwise = g.number(at, otherwise);
            above(g, at, (x, threshold), x, &otherwise)
        }
        F::RectifiedLinear { negative_slope, max_value, threshold } => {
            rectified(g, at, x, negative_slope, max_value, threshold)
        }
        F::SparsePlus => sparse_plus(g, at, x),
        F::Squareplus(b) => squareplus(g, at, x, b),
        F::Sparsemax => sparsemax(g, at, x, width, false),
        F::KerasSparsemax => sparsemax(g, at, x, width, true),
    }
}

fn clip(g: &mut Builder, at: &str, x: &str, least: f64, most: f64) -> String {
    let (least, most) = (g.number(at, least), g.number(at, most));
    g.op("Clip", at, &[x, &least, &most], &[])
}

/// `then` where a value is above a limit, else `otherwise`.
fn above(g: &mut Builder, at: &str, (x, limit): (&str, f64), then: &str, otherwise: &str) -> String {
    let limit = g.number(at, limit);
    let is_above = g.op("Greater", at, &[x, &limit], &[]);
    g.op("Where", at, &[&is_above, then, otherwise], &[])
}

/// `x` and a number.
fn with(g: &mut Builder, at: &str, op: &str, x: &str, number: f64) -> String {
    let number = g.number(at, number);
    g.op(op, at, &[x, &number], &[])
}

fn celu(g: &mut Builder, at: &str, x: &str, alpha: f64) -> String {
    let scaled = with(g, at, "Div", x, alpha);
    let power = g.op("Exp", at, &[&scaled], &[]);
    let less = with(g, at, "Sub", &power, 1.0);
    let below = with(g, at, "Mul", &less, alpha);
    above(g, at, (x, 0.0), x, &below)
}

fn soft_shrink(g: &mut Builder, at: &str, x: &str, threshold: f64) -> String {
    let (more, less) = (with(g, at, "Add", x, threshold), with(g, at, "Sub", x, threshold));
    let (zero, limit) = (g.number(at, 0.0), g.number(at, -threshold));
    let is_below = g.op("Less", at, &[x, &limit], &[]);
    let below = g.op("Where", at, &[&is_below, &more, &zero], &[]);
    above(g, at, (x, threshold), &less, &below)
}

fn rectified(g: &mut Builder, at: &str, x: &str, slope: f64, most: f64, threshold: f64) -> String {
    let zero = g.number(at, 0.0);
    let mut y = above(g, at, (x, threshold), x, &zero);
    if most < f64::INFINITY {
        y = clip(g, at, &y, 0.0, most);
    }
    if slope == 0.0 {
        return y;
    }
    let under = with(g, at, "Sub", x, threshold);
    let under = g.op("Min", at, &[&under, &zero], &[]);
    let below = with(g, at, "Mul", &under, slope);
    g.op("Add", at, &[&y, &below], &[])
}

fn sparse_plus(g: &mut Builder, at: &str, x: &str) -> String {
    let more = with(g, at, "Add", x, 1.0);
    let root = g.op("Relu", at, &[&more], &[]);
    let square = g.op("Mul", at, &[&root, &root], &[]);
    let quarter = with(g, at, "Mul", &square, 0.25);
    above(g, at, (x, 1.0), x, &quarter)
}

/// Below 0 the sum is small and would be lost in rounding: `b / (root - x)` is the same.
fn squareplus(g: &mut Builder, at: &str, x: &str, b: f64) -> String {
    let square = g.op("Mul", at, &[x, x], &[]);
    let more = with(g, at, "Add", &square, b);
    let root = g.op("Sqrt", at, &[&more], &[]);
    let sum = g.op("Add", at, &[x, &root], &[]);
    let up = with(g, at, "Mul", &sum, 0.5);
    let half = g.number(at, 0.5 * b);
    let difference = g.op("Sub", at, &[&root, x], &[]);
    let down = g.op("Div", at, &[&half, &difference], &[]);
    above(g, at, (x, 0.0), &up, &down)
}
