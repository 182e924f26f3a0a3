use core::f32::consts::LN_2;

use super::{Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::element::Element;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// The mean of `ln cosh(y_pred - y_true)` over the last axis: nearly half the square of small errors, and
/// nearly `|error| - ln 2` of large ones. Keras: `LogCosh`; as a metric there is
/// [`LogCoshError`](crate::metrics::LogCoshError).
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = LogCosh::default();
/// let value = Loss::<Rank1<2>>::value(&loss, &[[0.0, 1.0]], &[[1.0, 1.0]])?;
/// assert!((value - 1.0_f64.cosh().ln() / 2.0).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LogCosh {
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl LogCosh {
    reducible!();
}

impl<S: Shape> RowLoss<S> for LogCosh {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        // Keras keeps this ln 2 in single precision.
        let (share, ln_2) = (E::of(1.0 / y_pred.len() as f64), E::of(f64::from(LN_2)));
        let sum = maths::sum_over!(y_pred, y_true, |p, t| {
            // ln ½(eˣ + e⁻ˣ), without overflow.
            let error = (p - t).abs();
            error + ((-(error + error)).exp().ln_1p() - ln_2)
        });
        if let Some(gradient) = gradient {
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                *g = share * (p - t).tanh();
            }
        }
        sum * share
    }
}

impl<S: Shape> Loss<S> for LogCosh {
    type Target = S;
    const NAME: &'static str = "log_cosh";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
}

configured! {
    [] LogCosh, "LogCosh", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "log_cosh");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
    }
}
