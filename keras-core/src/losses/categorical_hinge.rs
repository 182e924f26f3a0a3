use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::element::Element;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// `max(1 + neg - pos, 0)` over the last axis, with `pos = Σ y_true · y_pred`, the score of the true class,
/// and `neg = max (1 - y_true) · y_pred`, the largest of the others; a loss and a metric. Keras:
/// `CategoricalHinge`.
///
/// Targets are one-hot. Where several scores are the largest, they share its gradient. Source: Weston and
/// Watkins, "Multi-class support vector machines", 1998.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = CategoricalHinge::default();
/// let value = Loss::<Rank1<3>>::value(&loss, &[[0.0, 1.0, 0.0]], &[[0.5, 1.0, 0.25]])?;
/// assert!((value - 0.5).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CategoricalHinge {
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl CategoricalHinge {
    reducible!();
}

impl<S: Shape> RowLoss<S> for CategoricalHinge {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let others = |(&p, &t): (&E, &E)| (E::ONE - t) * p;
        let mut largest = -E::of(f64::INFINITY);
        for pair in y_pred.iter().zip(y_true) {
            largest = largest.maximum(others(pair));
        }
        let positive = maths::sum_over!(y_pred, y_true, |p, t| t * p);
        let loss = largest - positive + E::ONE;
        if let Some(gradient) = gradient {
            let share = {
                let ties = y_pred.iter().zip(y_true).filter(|&pair| others(pair) == largest).count();
                E::of(1.0 / ties as f64)
            };
            for ((g, p), t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                let other = if others((p, t)) == largest { share * (E::ONE - *t) } else { E::ZERO };
                *g = if loss < E::ZERO { E::ZERO } else { other - *t };
            }
        }
        loss.maximum(E::ZERO)
    }
}

impl<S: Shape> Loss<S> for CategoricalHinge {
    type Target = S;
    const NAME: &'static str = "categorical_hinge";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
}

configured! {
    [] CategoricalHinge, "CategoricalHinge", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "categorical_hinge");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
    }
}
