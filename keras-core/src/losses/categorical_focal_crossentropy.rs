use core::marker::PhantomData;

use super::focal::{Focus, focal};
use super::power::{power, slope};
use super::probability::{clip, log_sum_exp};
use super::room::Room;
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

/// `-Σ alpha · (1 - y_pred)^gamma · y_true · ln y_pred` over the last axis, for targets that are one-hot or
/// probabilities: what is right already counts little. Keras: `CategoricalFocalCrossentropy`.
///
/// `alpha` is 0.25 and `gamma` 2 by default. The predictions are probabilities
/// ([`default`](Self::default)) or logits ([`from_logits`](Self::from_logits)), and treated as by
/// [`CategoricalCrossentropy`](super::CategoricalCrossentropy), whose label smoothing it has too. Source:
/// Lin et al., "Focal loss for dense object detection", 2018.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = CategoricalFocalCrossentropy::default();
/// let value = Loss::<Rank1<3>>::value(&loss, &[[0.0, 1.0, 0.0]], &[[0.3, 0.5, 0.2]])?;
/// assert!((value - 0.25 * 0.25 * 2.0_f64.ln()).abs() < 1e-12);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CategoricalFocalCrossentropy<P: Scores = Probabilities> {
    focus: Focus,
    smoothing: Smoothing,
    axes: Axes,
    reduction: Reduction,
    pub(crate) mean: Mean,
    predictions: PhantomData<P>,
}

impl CategoricalFocalCrossentropy<Logits> {
    /// For predictions that are logits: the model's last activation is `Linear`.
    #[must_use]
    pub const fn from_logits() -> Self {
        Self::new()
    }
}

impl<P: Scores> CategoricalFocalCrossentropy<P> {
    const fn new() -> Self {
        Self {
            focus: Focus::DEFAULT,
            smoothing: Smoothing(0.0),
            axes: Axes::LAST,
            reduction: Reduction::SumOverBatchSize,
            mean: Mean::new(),
            predictions: PhantomData,
        }
    }
    focal!();
    /// Draws the targets towards one over the number of classes, by this share of the way.
    #[must_use]
    pub const fn label_smoothing(mut self, label_smoothing: f64) -> Self {
        self.smoothing = Smoothing(label_smoothing);
        self
    }
    along!();
    reducible!();

    /// Of probabilities that are divided by `sum`; the gradient by those that are not.
    #[inline(always)]
    fn of_probabilities<E: Element>(&self, y_true: &[E], p: &[E], sum: E, gradient: Option<&mut [E]>) -> E {
        let (alpha, gamma) = (E::of(self.focus.alpha), self.focus.gamma);
        let (keep, add) = self.smoothing.parts::<E>(p.len());
        let loss = maths::sum_over!(p, y_true, |p, t| {
            let q = clip(p / sum).0;
            -(t * keep + add) * power(E::ONE - q, gamma) * q.ln()
        });
        if let Some(gradient) = gradient {
            // First by the probabilities q = p / sum, then by p: each of them is in the sum.
            let mut inner = E::ZERO;
            for ((g, &p), &t) in gradient.iter_mut().zip(p).zip(y_true) {
                let (q, inside) = clip(p / sum);
                let t = if inside { alpha * (t * keep + add) } else { E::ZERO };
                *g = t * (slope(E::ONE - q, gamma) * q.ln() - power(E::ONE - q, gamma) / q);
                inner += *g * q;
            }
            for g in gradient {
                *g = (*g - inner) / sum;
            }
        }
        alpha * loss
    }
}

impl Default for CategoricalFocalCrossentropy<Probabilities> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Shape, P: Scores> RowLoss<S> for CategoricalFocalCrossentropy<P> {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], mut gradient: Option<&mut [E]>) -> E {
        if !P::LOGITS {
            return self.of_probabilities(y_true, y_pred, maths::sum(y_pred), gradient);
        }
        let mut softmax = Room::new(y_pred.len());
        log_sum_exp(y_pred, Some(&mut softmax));
        let loss = self.of_probabilities(y_true, &softmax, E::ONE, gradient.as_deref_mut());
        if let Some(gradient) = gradient {
            // The softmax is divided by its sum already, so all that is left is what it is multiplied by.
            for (g, &p) in gradient.iter_mut().zip(&*softmax) {
                *g *= p;
            }
        }
        loss
    }
}

impl<S: Shape, P: Scores> Loss<S> for CategoricalFocalCrossentropy<P> {
    type Target = S;
    const NAME: &'static str = "categorical_focal_crossentropy";
    const FROM_LOGITS: bool = P::LOGITS;
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn axes(&self) -> Axes {
        self.axes
    }
    fn check_target<E: Element>(&self, _: &Rows<'_, E>) -> Result<()> {
        const NAME: &str = "CategoricalFocalCrossentropy";
        self.axes.check(NAME, S::DIMS)?;
        self.focus.check(NAME)?;
        self.smoothing.check(NAME)
    }
}

configured! {
    [P: Scores] CategoricalFocalCrossentropy<P>, "CategoricalFocalCrossentropy", "keras.losses", Self::new(), |this, fields| {
        fields.unused("name", "categorical_focal_crossentropy");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        from_logits::<P>(fields, Self::CLASS)?;
        fields.field("label_smoothing", &mut this.smoothing.0)?;
        fields.field("axis", &mut this.axes)?;
        fields.field("alpha", &mut this.focus.alpha)?;
        fields.field("gamma", &mut this.focus.gamma)?;
    }
}
