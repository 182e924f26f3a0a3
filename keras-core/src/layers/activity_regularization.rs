use super::{ACTIVITY, Backward, Forward, Layer, Operation, Rules, Run};
use crate::backend::Backend;
use crate::regularizers::L1L2;
use crate::shape::Shape;

/// Gives out what it takes in, with a penalty on it that is added to the loss. Keras:
/// [`ActivityRegularization`](https://keras.io/api/layers/regularization_layers/activity_regularization/).
///
/// In a model: `ActivityRegularization<l1 = 0.01, l2 = 0.1>`, both 0 by default: `(l1 · Σ |x| + l2 · Σ x²) / n`
/// for `n` samples. As in Keras it counts in an evaluation, too.
///
/// - Input: any shape.
/// - Output: the same.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { struct Net< Input<2>, ActivityRegularization<l1 = 0.5, l2 = 1.0> > }
/// let mut net = Net::<Cpu>::new(1).compile(SGD::default(), MeanSquaredError::default(), ());
/// let x = [[1.0, -2.0], [0.0, 1.0]];
/// let scores = net.evaluate(&x, &x)?;
/// assert_eq!(scores["loss"], (0.5 * 4.0 + 1.0 * 6.0) / 2.0);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ActivityRegularization {
    l1: f64,
    l2: f64,
    rules: Rules,
}

impl ActivityRegularization {
    /// With this factor of the sum of sizes.
    #[must_use]
    pub fn l1(mut self, l1: f64) -> Self {
        self.l1 = l1;
        self.ruled()
    }

    /// With this factor of the sum of squares.
    #[must_use]
    pub fn l2(mut self, l2: f64) -> Self {
        self.l2 = l2;
        self.ruled()
    }

    fn ruled(mut self) -> Self {
        self.rules.regularizer = Some(L1L2::new(self.l1, self.l2).into());
        self
    }
}

impl<S: Shape> Layer<S> for ActivityRegularization {
    type Out = S;

    fn rules(&self, variable: usize) -> Option<&Rules> {
        (variable == ACTIVITY).then_some(&self.rules)
    }
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Identity)
    }
}

impl<S: Shape, B: Backend> Run<S, B> for ActivityRegularization {
    #[inline]
    fn forward(&self, io: Forward<'_, B>) {
        io.device.copy(io.x, io.y);
    }

    #[inline]
    fn backward(&self, io: Backward<'_, B>) {
        if let Some(dx) = io.dx {
            io.device.copy(B::freeze(io.dy), dx);
        }
    }
}
