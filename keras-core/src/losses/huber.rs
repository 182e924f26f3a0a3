use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// With the error `e = |y_true - y_pred|`, the mean of `½ e²` where `e ≤ delta` and of
/// `delta · (e - ½ delta)` elsewhere, over the last axis; a loss and a metric. Keras: `Huber`.
///
/// `delta` is 1 by default. Source: Huber, "Robust estimation of a location parameter", 1964.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = Huber::default();
/// assert_eq!(Loss::<Rank1<2>>::value(&loss, &[[1.0, 2.0]], &[[2.0, 5.0]])?, (0.5 + 2.5) / 2.0);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Huber {
    delta: f64,
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl Huber {
    /// With another `delta`.
    #[must_use]
    pub const fn new(delta: f64) -> Self {
        Self { delta, reduction: Reduction::SumOverBatchSize, mean: Mean::new() }
    }
    reducible!();
}

impl Default for Huber {
    fn default() -> Self {
        Self::new(1.0)
    }
}

impl<S: Shape> RowLoss<S> for Huber {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let (share, delta, half) = (E::of(1.0 / y_pred.len() as f64), E::of(self.delta), E::of(0.5));
        let sum = maths::sum_over!(y_pred, y_true, |p, t| {
            // With q = min(e, delta) both cases are q · (e - ½ q).
            let error = (p - t).abs();
            let square = error.minimum(delta);
            square * (error - half * square)
        });
        if let Some(gradient) = gradient {
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                *g = share * (p - t).maximum(-delta).minimum(delta);
            }
        }
        sum * share
    }
}

impl<S: Shape> Loss<S> for Huber {
    type Target = S;
    const NAME: &'static str = "huber_loss";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn check_target<E: Element>(&self, _: &Rows<'_, E>) -> Result<()> {
        if self.delta.is_finite() && self.delta >= 0.0 {
            return Ok(());
        }
        Err(Error::argument("delta of Huber", "a number of at least 0", self.delta))
    }
}

configured! {
    [] Huber, "Huber", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "huber_loss");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        fields.own("delta", &mut this.delta, 1.0)?;
    }
}
