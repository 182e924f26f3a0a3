use super::probability::EPSILON;
use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::element::Element;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// The mean of `100 · |y_true - y_pred| / |y_true|` over the last axis; a loss and a metric. Keras:
/// `MeanAbsolutePercentageError`, `mape`.
///
/// What is divided by is at least 1e-7, so a target of 0 makes it very large. The derivative where the two
/// are equal is 0, as there.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = MeanAbsolutePercentageError::default();
/// let value = Loss::<Rank1<2>>::value(&loss, &[[2.0, -4.0]], &[[1.0, -5.0]])?;
/// assert!((value - 37.5).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanAbsolutePercentageError {
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl MeanAbsolutePercentageError {
    reducible!();
}

impl<S: Shape> RowLoss<S> for MeanAbsolutePercentageError {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let (share, least) = (E::of(100.0 / y_pred.len() as f64), E::of(EPSILON));
        let sum = maths::sum_over!(y_pred, y_true, |p, t| ((t - p) / t.abs().maximum(least)).abs());
        if let Some(gradient) = gradient {
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                let slope = share / t.abs().maximum(least);
                let above = if p > t { slope } else { E::ZERO };
                let below = if p < t { slope } else { E::ZERO };
                *g = above - below;
            }
        }
        sum * share
    }
}

impl<S: Shape> Loss<S> for MeanAbsolutePercentageError {
    type Target = S;
    const NAME: &'static str = "mean_absolute_percentage_error";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
}

configured! {
    [] MeanAbsolutePercentageError, "MeanAbsolutePercentageError", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "mean_absolute_percentage_error");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
    }
}
