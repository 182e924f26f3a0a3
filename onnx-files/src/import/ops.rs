//! Which operators there are counterparts for.

use super::model::{Model, Problem};
use super::value::Known;
use crate::proto::Node;

/// One element each.
const ELEMENTWISE: &[&str] = &[
    "Celu",
    "Elu",
    "Exp",
    "Gelu",
    "HardSigmoid",
    "HardSwish",
    "LeakyRelu",
    "Mish",
    "Relu",
    "Selu",
    "Shrink",
    "Sigmoid",
    "Softplus",
    "Softsign",
    "Tanh",
    "ThresholdedRelu",
];

const ARITHMETIC: &[&str] = &["Add", "Div", "Max", "Mean", "Min", "Mul", "Sub", "Sum"];

const OTHERS: &[&str] = &[
    "AveragePool",
    "BatchNormalization",
    "Cast",
    "Clip",
    "Concat",
    "Constant",
    "Conv",
    "Dropout",
    "Flatten",
    "Gather",
    "Gemm",
    "GlobalAveragePool",
    "GlobalMaxPool",
    "Identity",
    "LogSoftmax",
    "MatMul",
    "MaxPool",
    "Neg",
    "PRelu",
    "Pad",
    "ReduceMax",
    "ReduceMean",
    "Reshape",
    "Resize",
    "Shape",
    "Slice",
    "Softmax",
    "Squeeze",
    "Transpose",
    "Unsqueeze",
    "Upsample",
];

pub fn is_known(op: &str) -> bool {
    [ELEMENTWISE, ARITHMETIC, OTHERS].iter().any(|ops| ops.contains(&op))
}

/// The operators that there are counterparts for, in alphabetical order.
#[must_use]
pub fn operators() -> Vec<&'static str> {
    let mut all = [ELEMENTWISE, ARITHMETIC, OTHERS].concat();
    all.sort_unstable();
    all
}

/// Whether the axis behind the batch is the channels for it.
pub fn has_channels_first(node: &Node) -> bool {
    match node.op.as_str() {
        "Conv"
        | "ConvTranspose"
        | "MaxPool"
        | "AveragePool"
        | "GlobalAveragePool"
        | "GlobalMaxPool"
        | "BatchNormalization"
        | "Resize"
        | "Upsample"
        | "InstanceNormalization"
        | "LRN" => true,
        // The channels stay as they are, height and width grow.
        "Pad" => node.list("pads").is_some_and(|pads| match *pads {
            [_, c, h, _, _, d, ..] if pads.len() == 8 => c == 0 && d == 0 && h != 0,
            _ => false,
        }),
        _ => false,
    }
}

pub fn changes_no_axes(op: &str) -> bool {
    let others = ["Identity", "Dropout", "Cast", "Clip", "Neg", "PRelu", "Pad"];
    [ELEMENTWISE, ARITHMETIC, &others].iter().any(|ops| ops.contains(&op))
}

impl Model {
    /// Does one step.
    pub fn step(&mut self, node: &Node) -> Result<(), Problem> {
        match node.op.as_str() {
            op if ELEMENTWISE.contains(&op) => self.elementwise(node),
            op if ARITHMETIC.contains(&op) => self.arithmetic(node),
            "Conv" => self.conv(node),
            "MaxPool" | "AveragePool" => self.pool(node),
            "GlobalAveragePool" | "GlobalMaxPool" | "ReduceMean" | "ReduceMax" => self.global(node),
            "BatchNormalization" => self.batch_normalization(node),
            "Gemm" => self.gemm(node),
            "MatMul" => self.mat_mul(node),
            "Softmax" | "LogSoftmax" => self.softmax(node),
            "Clip" => self.clip(node),
            "PRelu" => self.slopes(node),
            "Neg" => self.negate(node),
            "Constant" => self.constant(node),
            "Cast" => self.cast(node),
            "Identity" | "Dropout" => self.identity(node),
            "Transpose" => self.transpose(node),
            "Flatten" => self.flatten(node),
            "Reshape" => self.reshape(node),
            "Squeeze" => self.squeeze(node),
            "Unsqueeze" => self.unsqueeze(node),
            "Shape" => self.shape_of(node),
            "Gather" => self.gather(node),
            "Slice" => self.slice(node),
            "Pad" => self.pad(node),
            "Resize" | "Upsample" => self.resize(node),
            "Concat" if self.concat_ints(node) => Ok(()),
            "Concat" => self.concat(node),
            _ => {
                self.set(node, Known::Lost);
                Err("does not exist yet".into())
            }
        }
    }
}
