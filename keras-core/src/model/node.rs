use keras_shapes::{Dims, Text};

use crate::layers::{Layer, Variable};
use crate::shape::Shape;

/// One layer at its place in a model. The bound on `L` is *the* shape check; it stands once for
/// each layer, so that one mistake is one error.
pub trait Node: 'static {
    /// What the layer is given.
    type In: 'static;
    /// The layer.
    type L: Layer<Self::In>;
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
    /// Where its variables begin among the model's parameters.
    pub offset: usize,
    /// Floating-point operations of one sample's forward pass.
    pub flops: usize,
}

impl LayerInfo {
    /// How many parameters the layer has.
    #[must_use]
    pub const fn params(&self) -> usize {
        Variable::total(self.variables)
    }
}

/// The entry of a node.
#[must_use]
pub const fn info<N: Node>(name: &'static str, title: &'static str, offset: usize) -> LayerInfo {
    LayerInfo {
        name,
        title,
        output: dims::<N>(),
        variables: <N::L as Layer<N::In>>::VARIABLES,
        offset,
        flops: <N::L as Layer<N::In>>::FLOPS,
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
