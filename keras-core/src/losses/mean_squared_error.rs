use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::element::Element;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// The mean of `(y_true - y_pred)²` over the last axis; a loss and a metric. Keras:
/// `MeanSquaredError`, `mse`.
///
/// Some texts write it with a factor of ½: that is [`halved`](Self::halved).
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let value = |loss| Loss::<Rank1<2>>::value(&loss, &[[1.0, 2.0]], &[[1.0, 4.0]]);
/// assert_eq!(value(MeanSquaredError::default())?, 2.0);
/// assert_eq!(value(MeanSquaredError::halved())?, 1.0);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanSquaredError {
    factor: f64,
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl MeanSquaredError {
    /// The form `1/(2n) Σ (y_true - y_pred)²`, whose gradient has no factor of 2.
    #[must_use]
    pub const fn halved() -> Self {
        Self { factor: 0.5, reduction: Reduction::SumOverBatchSize, mean: Mean::new() }
    }
    reducible!();
}

impl Default for MeanSquaredError {
    fn default() -> Self {
        Self { factor: 1.0, ..Self::halved() }
    }
}

impl<S: Shape> RowLoss<S> for MeanSquaredError {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let share = E::of(self.factor / y_pred.len() as f64);
        let sum = maths::sum_over!(y_pred, y_true, |p, t| (p - t) * (p - t));
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

configured! {
    [] MeanSquaredError, "MeanSquaredError", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "mean_squared_error");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        fields.own("factor", &mut this.factor, Self::default().factor)?;
    }
}
