//! What may stand as a layer in a model beside the built-in ones: a layer of one's own, or a model.

mod label;
mod misfit;
mod node;

pub use label::{Label, labels};
pub use misfit::misfit;
pub use node::{
    BlockNode, block_backward, block_forward, block_info, block_init, block_operation, block_output,
    block_rules, check_block,
};

use super::node::LayerInfo;
use super::plan::{Row, Step, row_of};
use super::run::{Backward, Forward, layer_backward, layer_forward};
use crate::backend::{Backend, Random};
use crate::layers::{Layer, Operation, Rules, Run};
use crate::shape::Shape;
use keras_shapes::Text;

/// A layer, or a model that is used as one.
#[diagnostic::on_unimplemented(
    message = "layer `{Self}` cannot take an input of shape `{In}`",
    label = "this layer is given `{In}`",
    note = "shapes are per sample: `Rank1<64>` is 64 features, `Rank3<28, 28, 1>` is height 28, width 28, 1 channel",
    note = "fix the layer's own sizes, let them be inferred with `_`, or put a `Flatten` or `Reshape` before it"
)]
pub trait Block<In>: 'static {
    /// The shape that it makes.
    type Out: Shape;
    /// The layers' values.
    type Values: Clone + Send + Sync + 'static;
    /// Its layers.
    const ROWS: &'static [Row];
    /// The value that it gives, numbered from its inputs on; none is the only one that there is.
    const OUTPUT: Option<usize>;
    /// Those that have weights of their own.
    const LAYERS: &'static [LayerInfo];
    /// Why its sizes make no sense together.
    const FAULT: Option<Text> = None;

    /// As declared.
    fn values() -> Self::Values;
    /// Fills a variable.
    fn init(values: &Self::Values, layer: usize, variable: usize, random: &mut Random, to: &mut [f32]);
    /// The rules of a variable.
    fn rules(values: &Self::Values, layer: usize, variable: usize) -> Option<&Rules>;
    /// What a layer computes.
    fn operation(values: &Self::Values, layer: usize) -> Option<Operation> {
        let _ = (values, layer);
        None
    }
}

/// The code of a [`Block`] on a backend. A layer of one's own has it where it implements [`Run`].
#[diagnostic::on_unimplemented(
    message = "layer `{Self}` has no code for an input of shape `{In}` on the backend `{B}`",
    label = "`Run<{In}, {B}>` is not implemented for this layer"
)]
pub trait RunBlock<In, B: Backend>: Block<In> {
    /// Runs the layers of these steps forward.
    fn forward(
        values: &Self::Values,
        pass: &mut Forward<'_, '_, B>,
        full: &'static [Step],
        light: &'static [Step],
    );
    /// Runs them backward.
    fn backward(values: &Self::Values, pass: &mut Backward<'_, '_, '_, B>, steps: &'static [Step]);
}

impl<In: 'static, L: Layer<In>> Block<In> for L {
    type Out = L::Out;
    type Values = L;
    const ROWS: &'static [Row] = &[row_of::<In, L>(&[], None)];
    const OUTPUT: Option<usize> = None;
    const LAYERS: &'static [LayerInfo] = &[LayerInfo {
        output: <L::Out as Shape>::DIMS,
        variables: L::VARIABLES,
        state: L::STATE,
        flops: L::FLOPS,
        ..LayerInfo::NONE
    }];
    const FAULT: Option<Text> = L::FAULT;

    fn values() -> L {
        L::default()
    }
    fn init(layer: &L, _: usize, variable: usize, random: &mut Random, to: &mut [f32]) {
        layer.init(variable, random, to);
    }
    fn rules(layer: &L, _: usize, variable: usize) -> Option<&Rules> {
        layer.rules(variable)
    }
    fn operation(layer: &L, _: usize) -> Option<Operation> {
        layer.operation()
    }
}

impl<In: 'static, B: Backend, L: Run<In, B>> RunBlock<In, B> for L {
    #[inline(always)]
    fn forward(layer: &L, pass: &mut Forward<'_, '_, B>, full: &'static [Step], light: &'static [Step]) {
        layer_forward::<In, L, B>(layer, pass, &full[0], &light[0]);
    }
    #[inline(always)]
    fn backward(layer: &L, pass: &mut Backward<'_, '_, '_, B>, steps: &'static [Step]) {
        layer_backward::<In, L, B>(layer, pass, &steps[0]);
    }
}
