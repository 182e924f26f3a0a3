use keras_shapes::Text;

use super::{Block, Label, RunBlock};
use crate::backend::{Backend, Random};
use crate::layers::Operation;
use crate::layers::Rules;
use crate::model::node::LayerInfo;
use crate::model::plan::{Plan, Step};
use crate::model::run::{Backward, Forward};
use crate::shape::{Dims, Shape};

/// A block at its place in a model.
pub trait BlockNode: 'static {
    /// What it is given.
    type In: 'static;
    /// The layer or the model.
    type P: Block<Self::In>;
}

/// What a layer of one's own or a model makes of `In`: *the* shape check.
#[must_use]
pub const fn block_output<In, P: Block<In>>() -> Dims {
    <P::Out as Shape>::DIMS
}

/// Stops the compilation when the layer's sizes make no sense together.
#[track_caller]
pub const fn check_block<N: BlockNode>(who: &str) {
    if let Some(fault) = <N::P as Block<N::In>>::FAULT {
        let text = Text::new(who).str(": ").str(fault.as_str());
        panic!("{}", text.as_str())
    }
}

/// Runs a block forward.
#[inline(always)]
pub fn block_forward<N: BlockNode, B: Backend>(
    values: &<N::P as Block<N::In>>::Values,
    pass: &mut Forward<'_, '_, B>,
    full: &'static [Step],
    light: &'static [Step],
) where
    N::P: RunBlock<N::In, B>,
{
    <N::P as RunBlock<N::In, B>>::forward(values, pass, full, light);
}

/// Runs a block backward.
#[inline(always)]
pub fn block_backward<N: BlockNode, B: Backend>(
    values: &<N::P as Block<N::In>>::Values,
    pass: &mut Backward<'_, '_, '_, B>,
    steps: &'static [Step],
) where
    N::P: RunBlock<N::In, B>,
{
    <N::P as RunBlock<N::In, B>>::backward(values, pass, steps);
}

/// Fills one variable of a block.
pub fn block_init<N: BlockNode>(
    values: &<N::P as Block<N::In>>::Values,
    layer: usize,
    variable: usize,
    random: &mut Random,
    to: &mut [f32],
) {
    <N::P as Block<N::In>>::init(values, layer, variable, random, to);
}

/// The rules of one variable of a block.
pub fn block_rules<N: BlockNode>(
    values: &<N::P as Block<N::In>>::Values,
    layer: usize,
    variable: usize,
) -> Option<&Rules> {
    <N::P as Block<N::In>>::rules(values, layer, variable)
}

/// What one layer of a block computes.
pub fn block_operation<N: BlockNode>(
    values: &<N::P as Block<N::In>>::Values,
    layer: usize,
) -> Option<Operation> {
    <N::P as Block<N::In>>::operation(values, layer)
}

/// The entries of a block, whose first step is `start`, from `to` on.
#[must_use]
pub const fn block_info<N: BlockNode, const K: usize, const ALL: usize>(
    mut all: [LayerInfo; ALL],
    to: usize,
    labels: &'static [Label],
    title: &'static str,
    plan: &Plan<K>,
    (start, frozen): (usize, bool),
) -> [LayerInfo; ALL] {
    let layers = <N::P as Block<N::In>>::LAYERS;
    let mut i = 0;
    while i < layers.len() {
        let inner = layers[i];
        // What does not fit has no steps here.
        let fits = <N::P as Block<N::In>>::FAULT.is_none();
        let step = &plan.steps[if fits { start + inner.step } else { start }];
        all[to + i] = LayerInfo {
            name: labels[i].as_str(),
            title: if inner.title.is_empty() { title } else { inner.title },
            offset: step.params,
            state_offset: plan.layout.trained + step.state,
            frozen: frozen || inner.frozen,
            step: step.layer,
            ..inner
        };
        i += 1;
    }
    all
}
