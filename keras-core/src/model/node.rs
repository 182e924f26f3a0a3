use core::marker::PhantomData;
use core::ops::Range;

use keras_shapes::{Dims, Text};

use crate::layers::{Layer, Variable};
use crate::model::known::Known;
use crate::model::plan::Plan;
use crate::shape::Shape;

/// One layer at its place in a model. The bound on `L` is *the* shape check; it stands once for
/// each layer, so that one mistake is one error.
pub trait Node: 'static {
    /// What the layer is given.
    type In: 'static;
    /// The layer.
    type L: Layer<Self::In>;
}

/// The node of a layer of which the macro knows that it fits.
#[derive(Debug)]
pub struct At<In, L>(PhantomData<(In, L)>);

impl<In: 'static, L: Layer<In>> Node for At<In, L> {
    type In = In;
    type L = L;
}

/// What a node makes.
#[must_use]
pub const fn dims<N: Node>() -> Dims {
    <<N::L as Layer<N::In>>::Out as Shape>::DIMS
}

/// What [`Model::LAYERS`](crate::Model::LAYERS) says of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerInfo {
    /// Its name, unique in the model: as given, or Keras' automatic one (`dense`, `dense_1`, ..).
    pub name: &'static str,
    /// The layer as written: `Dense<100, 64, Relu>`.
    pub title: &'static str,
    /// The shape of what it makes.
    pub output: Dims,
    /// What it learns.
    pub variables: &'static [Variable],
    /// What it remembers without learning it.
    pub state: &'static [Variable],
    /// Where its variables begin among the model's parameters.
    pub offset: usize,
    /// Where its state begins among the model's parameters: behind the variables of all layers.
    pub state_offset: usize,
    /// Floating-point operations of one sample's forward pass.
    pub flops: usize,
    /// Whether it was declared `#[frozen]`.
    pub frozen: bool,
    #[doc(hidden)]
    pub step: usize,
    #[doc(hidden)]
    pub known: Known,
}

impl LayerInfo {
    /// None.
    #[doc(hidden)]
    pub const NONE: Self = Self {
        name: "",
        title: "",
        output: Dims::new([]),
        variables: &[],
        state: &[],
        offset: 0,
        state_offset: 0,
        flops: 0,
        frozen: false,
        step: 0,
        known: Known::NONE,
    };

    /// With the numbers behind its words.
    #[doc(hidden)]
    #[must_use]
    pub const fn knowing(mut self, known: Known) -> Self {
        self.known = known;
        self
    }

    /// Whether this is the layer of that name, or one of the model of that name.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// How many parameters the layer has: what it learns and what it remembers.
    #[must_use]
    pub const fn params(&self) -> usize {
        Variable::total(self.variables) + Variable::total(self.state)
    }

    /// All variables, then the state, in order: each with its place among the model's parameters.
    pub fn places(&self) -> impl Iterator<Item = (&'static Variable, Range<usize>)> {
        let from = |start: usize| {
            move |end: &mut usize, variable: &'static Variable| {
                let at = start + *end;
                *end += variable.dims.numel();
                Some((variable, at..start + *end))
            }
        };
        let variables = self.variables.iter().scan(0, from(self.offset));
        variables.chain(self.state.iter().scan(0, from(self.state_offset)))
    }
}

/// The entry of a node.
#[must_use]
pub const fn info<N: Node, const K: usize>(
    name: &'static str,
    title: &'static str,
    plan: &Plan<K>,
    layer: usize,
    frozen: bool,
) -> LayerInfo {
    let step = &plan.steps[layer];
    LayerInfo {
        name,
        title,
        output: dims::<N>(),
        variables: <N::L as Layer<N::In>>::VARIABLES,
        state: <N::L as Layer<N::In>>::STATE,
        offset: step.params,
        state_offset: plan.layout.trained + step.state,
        flops: <N::L as Layer<N::In>>::FLOPS,
        frozen,
        step: step.layer,
        known: Known::NONE,
    }
}

/// Stops the compilation when the layer's sizes make no sense together.
#[track_caller]
pub const fn check<N: Node>(who: &str) {
    if let Some(fault) = <N::L as Layer<N::In>>::FAULT {
        let text = Text::new(who).str(": ").str(fault.as_str());
        panic!("{}", text.as_str())
    }
}

/// The macro's arithmetic, used for its messages and the docs, must agree with the layers'.
#[track_caller]
pub const fn agree(who: &str, macro_says: Dims, layer_says: Dims) {
    if !macro_says.same(layer_says) {
        let text = Text::new(who).str(" gives ").dims(layer_says);
        let text = text.str(", but the macro worked out ").dims(macro_says);
        panic!("{}", text.as_str())
    }
}
