use super::signs::{check, sign};
use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::Result;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// The mean of `max(1 - y_true · y_pred, 0)²` over the last axis; a loss and a metric. Keras:
/// `SquaredHinge`.
///
/// Targets are -1 and 1; where they are 0 and 1, 0 stands for -1. Source: Rosasco et al., "Are loss
/// functions all the same?", 2004.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = SquaredHinge::default();
/// let value = Loss::<Rank1<2>>::value(&loss, &[[1.0, -1.0]], &[[0.5, 2.0]])?;
/// assert!((value - (0.25 + 9.0) / 2.0).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SquaredHinge {
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl SquaredHinge {
    reducible!();
}

impl<S: Shape> RowLoss<S> for SquaredHinge {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let share = E::of(1.0 / y_pred.len() as f64);
        let sum = maths::sum_over!(y_pred, y_true, |p, t| {
            let short = (E::ONE - sign(t) * p).maximum(E::ZERO);
            short * short
        });
        if let Some(gradient) = gradient {
            let slope = -(share + share);
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                let t = sign(t);
                *g = slope * t * (E::ONE - t * p).maximum(E::ZERO);
            }
        }
        sum * share
    }
}

impl<S: Shape> Loss<S> for SquaredHinge {
    type Target = S;
    const NAME: &'static str = "squared_hinge";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn check_target<E: Element>(&self, y_true: &Rows<'_, E>) -> Result<()> {
        check("SquaredHinge", y_true)
    }
}

configured! {
    [] SquaredHinge, "SquaredHinge", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "squared_hinge");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
    }
}
