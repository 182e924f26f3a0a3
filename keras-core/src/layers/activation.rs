use super::{Backward, Forward, Layer, Operation, Run};
use crate::activations::Activate;
use crate::backend::Backend;
use crate::shape::Shape;

/// An activation as a layer of its own. Keras: `Activation`.
///
/// In a model: `Activation<Relu>`, `Activation<LeakyRelu<0.1>>`. Input and output: any one shape; what
/// works on rows, such as softmax, works on the last axis.
#[derive(Clone, Debug, Default)]
pub struct Activation<A> {
    activation: A,
}

impl<A: Activate> Activation<A> {
    /// With this value of its activation.
    #[must_use]
    pub fn activation(mut self, activation: A) -> Self {
        self.activation = activation;
        self
    }
}

impl<S: Shape, A: Activate> Layer<S> for Activation<A> {
    type Out = S;
    const FLOPS: usize = if A::IDENTITY { 0 } else { S::NUMEL };
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Activation(self.activation.function()))
    }
}

impl<S: Shape, A: Activate, B: Backend> Run<S, B> for Activation<A> {
    #[inline]
    fn forward(&self, io: Forward<'_, B>) {
        let mut y = io.y;
        io.device.copy(io.x, B::lend(&mut y));
        io.device.activate(&self.activation, S::DIMS.last(), y);
    }

    #[inline]
    fn backward(&self, io: Backward<'_, B>) {
        let mut dy = io.dy;
        io.device.activate_back(&self.activation, S::DIMS.last(), io.x, io.y, B::lend(&mut dy));
        if let Some(dx) = io.dx {
            io.device.copy(B::freeze(dy), dx);
        }
    }
}
