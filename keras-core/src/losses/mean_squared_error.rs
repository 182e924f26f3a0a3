use super::{Loss, Reduction, RowLoss};
use crate::element::Element;
use crate::shape::Shape;

/// The mean of `(y_true - y_pred)²`. Keras: `MeanSquaredError`, `mse`.
///
/// Some texts write it with a factor of ½: that is [`halved`](Self::halved).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanSquaredError {
    factor: f64,
    reduction: Reduction,
}

impl MeanSquaredError {
    /// The form `1/(2n) Σ (y_true - y_pred)²`, whose gradient has no factor of 2.
    #[must_use]
    pub const fn halved() -> Self {
        Self { factor: 0.5, reduction: Reduction::SumOverBatchSize }
    }

    /// With another reduction.
    #[must_use]
    pub const fn with_reduction(mut self, reduction: Reduction) -> Self {
        self.reduction = reduction;
        self
    }
}

impl Default for MeanSquaredError {
    fn default() -> Self {
        Self { factor: 1.0, reduction: Reduction::SumOverBatchSize }
    }
}

impl<S: Shape> RowLoss<S> for MeanSquaredError {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let share = E::of(self.factor / y_pred.len() as f64);
        let mut sum = E::ZERO;
        for (&p, &t) in y_pred.iter().zip(y_true) {
            sum += (p - t) * (p - t);
        }
        if let Some(gradient) = gradient {
            let slope = share + share;
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                *g = slope * (p - t);
            }
        }
        sum * share
    }
}

impl<S: Shape> Loss<S> for MeanSquaredError {
    type Target = S;
    const NAME: &'static str = "mean_squared_error";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
}
