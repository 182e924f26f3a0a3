use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::element::Element;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// The mean of `|y_true - y_pred|` over the last axis; a loss and a metric. Keras:
/// `MeanAbsoluteError`, `mae`.
///
/// Its derivative where the two are equal is 0, as there.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = MeanAbsoluteError::default();
/// assert_eq!(Loss::<Rank1<2>>::value(&loss, &[[1.0, 2.0]], &[[1.0, 4.0]])?, 1.0);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanAbsoluteError {
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl MeanAbsoluteError {
    reducible!();
}

impl<S: Shape> RowLoss<S> for MeanAbsoluteError {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let share = E::of(1.0 / y_pred.len() as f64);
        let sum = maths::sum_over!(y_pred, y_true, |p, t| (p - t).abs());
        if let Some(gradient) = gradient {
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                let error = p - t;
                let above = if error > E::ZERO { share } else { E::ZERO };
                let below = if error < E::ZERO { share } else { E::ZERO };
                *g = above - below;
            }
        }
        sum * share
    }
}

impl<S: Shape> Loss<S> for MeanAbsoluteError {
    type Target = S;
    const NAME: &'static str = "mean_absolute_error";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
}

configured! {
    [] MeanAbsoluteError, "MeanAbsoluteError", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "mean_absolute_error");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
    }
}
