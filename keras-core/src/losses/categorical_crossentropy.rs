use core::marker::PhantomData;

use super::probability::{clip, log_sum_exp};
use super::smoothing::Smoothing;
use super::{Axes, Logits, Loss, Probabilities, Reduction, RowLoss, Scores, along, reducible};
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::Result;
#[cfg(feature = "serde")]
use crate::losses::logits::from_logits;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// `-Σ y_true · ln y_pred` over the last axis, for targets that are one-hot or probabilities; a loss
/// and a metric. Keras: `CategoricalCrossentropy`. For class numbers there is
/// [`SparseCategoricalCrossentropy`](super::SparseCategoricalCrossentropy).
///
/// The predictions are probabilities ([`default`](Self::default)), which are divided by their sum
/// and kept within 1e-7 and 1 - 1e-7, or logits ([`from_logits`](Self::from_logits)). Label
/// smoothing is 0 by default; with `s`, a target `t` of `n` classes becomes `t · (1 - s) + s / n`.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = CategoricalCrossentropy::default();
/// let value = Loss::<Rank1<3>>::value(&loss, &[[0.0, 1.0, 0.0]], &[[0.3, 0.5, 0.2]])?;
/// assert!((value - 2.0_f64.ln()).abs() < 1e-12);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CategoricalCrossentropy<P: Scores = Probabilities> {
    smoothing: Smoothing,
    axes: Axes,
    reduction: Reduction,
    pub(crate) mean: Mean,
    predictions: PhantomData<P>,
}

impl CategoricalCrossentropy<Logits> {
    /// For predictions that are logits: the model's last activation is `Linear`.
    #[must_use]
    pub const fn from_logits() -> Self {
        Self::new()
    }
}

impl<P: Scores> CategoricalCrossentropy<P> {
    const fn new() -> Self {
        let (smoothing, reduction) = (Smoothing(0.0), Reduction::SumOverBatchSize);
        Self { smoothing, axes: Axes::LAST, reduction, mean: Mean::new(), predictions: PhantomData }
    }
    /// Draws the targets towards one over the number of classes, by this share of the way.
    #[must_use]
    pub const fn label_smoothing(mut self, label_smoothing: f64) -> Self {
        self.smoothing = Smoothing(label_smoothing);
        self
    }
    along!();
    reducible!();

    #[inline(always)]
    fn of_logits<E: Element>(&self, y_true: &[E], y_pred: &[E], mut gradient: Option<&mut [E]>) -> E {
        let (keep, add) = self.smoothing.parts::<E>(y_pred.len());
        let (largest, log_sum) = log_sum_exp(y_pred, gradient.as_deref_mut());
        let (mut loss, mut total) = (E::ZERO, E::ZERO);
        for (&x, &t) in y_pred.iter().zip(y_true) {
            let t = t * keep + add;
            loss += t * ((largest - x) + log_sum);
            total += t;
        }
        if let Some(gradient) = gradient {
            for (g, &t) in gradient.iter_mut().zip(y_true) {
                *g = *g * total - (t * keep + add);
            }
        }
        loss
    }

    #[inline(always)]
    fn of_probabilities<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let (keep, add) = self.smoothing.parts::<E>(y_pred.len());
        let sum = maths::sum(y_pred);
        let factor = E::ONE / sum;
        let loss = maths::sum_over!(y_pred, y_true, |p, t| -(t * keep + add) * clip(p / sum).0.ln());
        if let Some(gradient) = gradient {
            // First by the probabilities q = p / sum, then by p: each of them is in the sum.
            let mut inner = E::ZERO;
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                let (q, inside) = clip(p / sum);
                let t = if inside { t * keep + add } else { E::ZERO };
                *g = -t / q;
                inner += t;
            }
            for g in gradient {
                *g = (*g + inner) * factor;
            }
        }
        loss
    }
}

impl Default for CategoricalCrossentropy<Probabilities> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Shape, P: Scores> RowLoss<S> for CategoricalCrossentropy<P> {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        if P::LOGITS {
            self.of_logits(y_true, y_pred, gradient)
        } else {
            self.of_probabilities(y_true, y_pred, gradient)
        }
    }
}

impl<S: Shape, P: Scores> Loss<S> for CategoricalCrossentropy<P> {
    type Target = S;
    const NAME: &'static str = "categorical_crossentropy";
    const FROM_LOGITS: bool = P::LOGITS;
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn axes(&self) -> Axes {
        self.axes
    }
    fn check_target<E: Element>(&self, _: &Rows<'_, E>) -> Result<()> {
        self.axes.check("CategoricalCrossentropy", S::DIMS)?;
        self.smoothing.check("CategoricalCrossentropy")
    }
}

configured! {
    [P: Scores] CategoricalCrossentropy<P>, "CategoricalCrossentropy", "keras.losses", Self::new(), |this, fields| {
        fields.unused("name", "categorical_crossentropy");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        from_logits::<P>(fields, Self::CLASS)?;
        fields.field("label_smoothing", &mut this.smoothing.0)?;
        fields.field("axis", &mut this.axes)?;
    }
}
