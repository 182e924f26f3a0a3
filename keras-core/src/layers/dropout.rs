use super::{Backward, Forward, Layer, Operation, Run};
use crate::backend::Backend;
use crate::shape::Shape;

/// In training, sets a `rate` of the numbers to 0 and divides the others by `1 - rate`, so that the
/// sum is the same on average; else does nothing. Keras: `Dropout`.
///
/// In a model: `Dropout<0.2>`. Input and output: any one shape. Which numbers fall follows from the
/// model's seed, the step and the layer, so it is the same on every backend.
///
/// Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dropout {
    rate: f64,
}

impl Dropout {
    /// With this rate, from 0 to 1.
    ///
    /// # Panics
    /// If it lies outside of 0 to 1; the macro checks it while compiling.
    #[must_use]
    pub const fn rate(mut self, rate: f64) -> Self {
        assert!(rate >= 0.0 && rate <= 1.0, "the rate of a dropout lies between 0 and 1");
        self.rate = rate;
        self
    }
}

impl<S: Shape> Layer<S> for Dropout {
    type Out = S;
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Identity)
    }
}

impl<S: Shape, B: Backend> Run<S, B> for Dropout {
    #[inline]
    fn forward(&self, io: Forward<'_, B>) {
        if io.training && self.rate > 0.0 {
            io.device.dropout(io.stream, io.first * S::NUMEL, self.rate, io.x, io.y);
        } else {
            io.device.copy(io.x, io.y);
        }
    }

    #[inline]
    fn backward(&self, io: Backward<'_, B>) {
        let Some(dx) = io.dx else { return };
        if io.training && self.rate > 0.0 {
            io.device.dropout(io.stream, io.first * S::NUMEL, self.rate, B::freeze(io.dy), dx);
        } else {
            io.device.copy(B::freeze(io.dy), dx);
        }
    }
}
