use super::signs::{check, sign};
use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::Result;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// The mean of `max(1 - y_true · y_pred, 0)` over the last axis: for two classes and a wide margin between
/// them; a loss and a metric. Keras: `Hinge`.
///
/// Targets are -1 and 1; where they are 0 and 1, 0 stands for -1. Source: Rosasco et al., "Are loss
/// functions all the same?", 2004.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = Hinge::default();
/// let value = Loss::<Rank1<2>>::value(&loss, &[[1.0, -1.0]], &[[0.5, 2.0]])?;
/// assert!((value - (0.5 + 3.0) / 2.0).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hinge {
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl Hinge {
    reducible!();
}

impl<S: Shape> RowLoss<S> for Hinge {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let share = E::of(1.0 / y_pred.len() as f64);
        let sum = maths::sum_over!(y_pred, y_true, |p, t| (E::ONE - sign(t) * p).maximum(E::ZERO));
        if let Some(gradient) = gradient {
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                let t = sign(t);
                let slope = -share * t;
                *g = if E::ONE - t * p < E::ZERO { E::ZERO } else { slope };
            }
        }
        sum * share
    }
}

impl<S: Shape> Loss<S> for Hinge {
    type Target = S;
    const NAME: &'static str = "hinge";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn check_target<E: Element>(&self, y_true: &Rows<'_, E>) -> Result<()> {
        check("Hinge", y_true)
    }
}

configured! {
    [] Hinge, "Hinge", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "hinge");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
    }
}
