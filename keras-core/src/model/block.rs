//! What may stand as a layer in a model beside the built-in ones: a layer of one's own, or a model.

use super::node::LayerInfo;
use super::plan::{Plan, Row, Step, row_of};
use super::run::{Backward, Forward, layer_backward, layer_forward};
use crate::backend::{Backend, Random};
use crate::layers::{Layer, Rules, Run};
use crate::shape::{Dims, Shape};
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

/// Why a model cannot be a layer where it is given these shapes.
#[must_use]
pub const fn misfit(takes: &[Dims], given: &[Dims], outputs: usize) -> Option<Text> {
    let mut i = 0;
    let mut same = takes.len() == given.len();
    while same && i < takes.len() {
        same = takes[i].same(given[i]);
        i += 1;
    }
    if !same {
        let text = list(list(Text::new("takes "), takes).str(", but is given "), given);
        return Some(list(text.str("\nhelp: let the layers before it give "), takes));
    }
    if outputs != 1 {
        let text = Text::new("gives ").num(outputs).str(" values, but a layer gives one");
        return Some(text.str("\nhelp: declare a model that gives one of them"));
    }
    None
}

const fn list(mut text: Text, all: &[Dims]) -> Text {
    let mut i = 0;
    while i < all.len() {
        text = if i == 0 { text } else { text.str(" and ") };
        text = text.dims(all[i]);
        i += 1;
    }
    text
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

const LONGEST: usize = 120;

/// The name of a model's layer in another: `encoder/dense`.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Label {
    const fn with(mut self, s: &str) -> Self {
        let s = s.as_bytes();
        let mut i = 0;
        while i < s.len() {
            if self.len == LONGEST {
                panic!("the names of models in models, one after the other, are too long");
            }
            self.bytes[self.len] = s[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    /// The name.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(s) => s,
            Err(_) => panic!("names are whole"),
        }
    }
}

/// The names of a block's layers in a model that calls it `name`.
#[must_use]
pub const fn labels<const N: usize>(name: &str, layers: &[LayerInfo]) -> [Label; N] {
    let outer = Label { bytes: [0; LONGEST], len: 0 }.with(name);
    let mut labels = [outer; N];
    let mut i = 0;
    while i < N {
        if !layers[i].name.is_empty() {
            labels[i] = outer.with("/").with(layers[i].name);
        }
        i += 1;
    }
    labels
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
