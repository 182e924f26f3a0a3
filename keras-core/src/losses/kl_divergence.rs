use super::probability::EPSILON;
use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::element::Element;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// `Σ y_true · ln(y_true / y_pred)` over the last axis: how far the predicted distribution is from the
/// true one; a loss and a metric. Keras: `KLDivergence`.
///
/// Both are kept within 1e-7 and 1. Source: Kullback and Leibler, "On information and sufficiency", 1951.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = KLDivergence::default();
/// let value = Loss::<Rank1<2>>::value(&loss, &[[0.5, 0.5]], &[[0.25, 0.75]])?;
/// assert!((value - 0.5 * (4.0_f64 / 3.0).ln()).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct KLDivergence {
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl KLDivergence {
    reducible!();
}

impl<S: Shape> RowLoss<S> for KLDivergence {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let least = E::of(EPSILON);
        let sum = maths::sum_over!(y_pred, y_true, |p, t| {
            let t = t.maximum(least).minimum(E::ONE);
            t * (t / p.maximum(least).minimum(E::ONE)).ln()
        });
        if let Some(gradient) = gradient {
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                let slope = -t.maximum(least).minimum(E::ONE) / p;
                *g = if p < least || p > E::ONE { E::ZERO } else { slope };
            }
        }
        sum
    }
}

impl<S: Shape> Loss<S> for KLDivergence {
    type Target = S;
    const NAME: &'static str = "kl_divergence";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
}

configured! {
    [] KLDivergence, "KLDivergence", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "kl_divergence");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
    }
}
