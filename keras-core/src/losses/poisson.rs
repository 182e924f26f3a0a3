use super::probability::EPSILON;
use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::element::Element;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// The mean of `y_pred - y_true · ln(y_pred + 1e-7)` over the last axis: for counts, of which `y_pred` is
/// the mean to be expected; a loss and a metric. Keras: `Poisson`.
///
/// Predictions are to be positive, as after a `Softplus`.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = Poisson::default();
/// let value = Loss::<Rank1<1>>::value(&loss, &[[2.0]], &[[1.0]])?;
/// assert!((value - 1.0).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Poisson {
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl Poisson {
    reducible!();
}

impl<S: Shape> RowLoss<S> for Poisson {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let (share, epsilon) = (E::of(1.0 / y_pred.len() as f64), E::of(EPSILON));
        let sum = maths::sum_over!(y_pred, y_true, |p, t| p - t * (p + epsilon).ln());
        if let Some(gradient) = gradient {
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                *g = share * (E::ONE - t / (p + epsilon));
            }
        }
        sum * share
    }
}

impl<S: Shape> Loss<S> for Poisson {
    type Target = S;
    const NAME: &'static str = "poisson";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
}

configured! {
    [] Poisson, "Poisson", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "poisson");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
    }
}
