//! What the macros name. Not for people: it may change in any release.

pub use keras_shapes::{
    Join, Window, conv2d, crop2d, depthwise2d, flatten, global_pool, halved, pad2d, pool2d, upsample2d,
};

pub use crate::backend::{Backend, Cpu, Random};
pub use crate::error::Result;
pub use crate::layers::{Layer, Operation, Rules, Run, Weights, WeightsMut};
pub use crate::model::{
    Architecture, At, Backward, Forward, LayerInfo, Layout, Model, Node, Outcome, Plan, Store, agree,
    backward, check, dims, forward, info, new_store, plan, row,
};
pub use crate::model::{
    Block, BlockNode, Group, Label, Row, RunBlock, Step, block_backward, block_forward, block_info,
    block_init, block_operation, block_output, block_rules, check_block, count, ends, group, labels, misfit,
    rows, starts, value,
};
pub use crate::model::{
    Guard, Guarded, Pick, Sel, along, channels, cropped, dilation, epsilon, expect, factor, fill, groups,
    half, hole, image, infer, joined, merged, momentum, nonzero, output, rate, reshape, side, strict, window,
};
pub use crate::model::{Known, Number};
#[cfg(feature = "keras-files")]
pub use crate::saving::keras::pretrained;
#[cfg(feature = "onnx")]
pub use crate::saving::onnx::pretrained as onnx_pretrained;
pub use crate::shape::{Dims, Rank0, Rank1, Rank2, Rank3, Rank4, Shape};
pub use crate::training::Until;
pub use crate::values::Values;
pub use crate::{
    activations, constraints, initializers, layers, losses, metrics, optimizers, proof, regularizers,
};

/// Fills one variable of a node's layer.
pub fn init<N: Node>(layer: &N::L, variable: usize, random: &mut Random, values: &mut [f32]) {
    layer.init(variable, random, values);
}

/// The rules of one variable of a node's layer.
pub fn rules<N: Node>(layer: &N::L, variable: usize) -> Option<&Rules> {
    layer.rules(variable)
}

/// What a node's layer computes.
pub fn operation<N: Node>(layer: &N::L) -> Option<Operation> {
    layer.operation()
}
