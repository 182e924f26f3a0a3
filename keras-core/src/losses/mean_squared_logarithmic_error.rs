use super::probability::EPSILON;
use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::element::Element;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// The mean of `(ln(1 + y_true) - ln(1 + y_pred))²` over the last axis; a loss and a metric. Keras:
/// `MeanSquaredLogarithmicError`, `msle`.
///
/// Numbers below 1e-7 count as 1e-7, and have no gradient.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = MeanSquaredLogarithmicError::default();
/// let value = Loss::<Rank1<1>>::value(&loss, &[[1.0]], &[[3.0]])?;
/// assert!((value - 2.0_f64.ln().powi(2)).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanSquaredLogarithmicError {
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl MeanSquaredLogarithmicError {
    reducible!();
}

impl<S: Shape> RowLoss<S> for MeanSquaredLogarithmicError {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let (share, least) = (E::of(1.0 / y_pred.len() as f64), E::of(EPSILON));
        let sum = maths::sum_over!(y_pred, y_true, |p, t| {
            let error = p.maximum(least).ln_1p() - t.maximum(least).ln_1p();
            error * error
        });
        if let Some(gradient) = gradient {
            let share = share + share;
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                let error = p.maximum(least).ln_1p() - t.maximum(least).ln_1p();
                let slope = share * error / (E::ONE + p);
                *g = if p < least { E::ZERO } else { slope };
            }
        }
        sum * share
    }
}

impl<S: Shape> Loss<S> for MeanSquaredLogarithmicError {
    type Target = S;
    const NAME: &'static str = "mean_squared_logarithmic_error";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
}

configured! {
    [] MeanSquaredLogarithmicError, "MeanSquaredLogarithmicError", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "mean_squared_logarithmic_error");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
    }
}
