use keras_shapes::Dims;

use super::Layer;
use crate::activations::Activate;
use crate::shape::Shape;
use crate::weights::Numbers;

/// An activation as a layer.
#[derive(Debug, Default)]
pub struct Activation<A>(A);

impl<A: Activate> Activation<A> {
    /// With this value of its activation.
    #[must_use]
    pub fn activation(mut self, activation: A) -> Self {
        self.0 = activation;
        self
    }
}

impl<In: Shape, A: Activate> Layer<In> for Activation<A> {
    const OUT: Dims = In::DIMS;
    const IN_PLACE: bool = true;

    fn run(&self, _: &[Numbers], _: &[f32], y: &mut [f32]) {
        self.0.rows(In::DIMS.last(), y);
    }
}
