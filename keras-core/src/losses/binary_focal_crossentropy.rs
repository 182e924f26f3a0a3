use core::marker::PhantomData;

use super::focal::{Focus, focal};
use super::power::{power, slope};
use super::probability::clip;
use super::smoothing::Smoothing;
use super::{Axes, Logits, Loss, Probabilities, Reduction, RowLoss, Scores, along, reducible};
use crate::activations::sigmoid;
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::Result;
#[cfg(feature = "serde")]
use crate::losses::logits::from_logits;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// The mean of `(1 - q)^gamma · bce` over the last axis, `bce` being the binary crossentropy and `q` the
/// probability of what is true, `y_true · y_pred + (1 - y_true) · (1 - y_pred)`: what is right already
/// counts little. Keras: `BinaryFocalCrossentropy`.
///
/// `gamma` is 2 by default. With [`apply_class_balancing`](Self::apply_class_balancing) (not by default) a
/// target of 1 counts `alpha` (0.25) times, one of 0 `1 - alpha` times. The predictions are probabilities
/// ([`default`](Self::default)) or logits ([`from_logits`](Self::from_logits)); label smoothing is that of
/// [`BinaryCrossentropy`](super::BinaryCrossentropy). Source: Lin et al., "Focal loss for dense object
/// detection", 2018.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = BinaryFocalCrossentropy::default();
/// let value = Loss::<Rank1<1>>::value(&loss, &[[1.0]], &[[0.5]])?;
/// assert!((value - 0.25 * 2.0_f64.ln()).abs() < 1e-12);
/// let loss = loss.gamma(1.0).apply_class_balancing(true).alpha(0.1);
/// let value = Loss::<Rank1<1>>::value(&loss, &[[1.0]], &[[0.5]])?;
/// assert!((value - 0.1 * 0.5 * 2.0_f64.ln()).abs() < 1e-12);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinaryFocalCrossentropy<P: Scores = Probabilities> {
    balanced: bool,
    focus: Focus,
    smoothing: Smoothing,
    axes: Axes,
    reduction: Reduction,
    pub(crate) mean: Mean,
    predictions: PhantomData<P>,
}

impl BinaryFocalCrossentropy<Logits> {
    /// For predictions that are logits: the model's last activation is `Linear`.
    #[must_use]
    pub const fn from_logits() -> Self {
        Self::new()
    }
}

impl<P: Scores> BinaryFocalCrossentropy<P> {
    const fn new() -> Self {
        Self {
            balanced: false,
            focus: Focus::DEFAULT,
            smoothing: Smoothing(0.0),
            axes: Axes::LAST,
            reduction: Reduction::SumOverBatchSize,
            mean: Mean::new(),
            predictions: PhantomData,
        }
    }
    /// Whether the two classes are weighted by `alpha` and `1 - alpha`.
    #[must_use]
    pub const fn apply_class_balancing(mut self, apply: bool) -> Self {
        self.balanced = apply;
        self
    }
    focal!();
    /// Draws the targets towards ½, by this share of the way.
    #[must_use]
    pub const fn label_smoothing(mut self, label_smoothing: f64) -> Self {
        self.smoothing = Smoothing(label_smoothing);
        self
    }
    along!();
    reducible!();

    /// The loss of one number, and its derivative.
    #[inline(always)]
    fn both<E: Element>(&self, p: E, t: E) -> (E, E) {
        let gamma = self.focus.gamma;
        // The probability, its derivative, the crossentropy and its derivative.
        let (p, d, crossentropy, dc) = if P::LOGITS {
            let q = sigmoid(p);
            let crossentropy = (p.maximum(E::ZERO) - t * p) + (-p.abs()).exp().ln_1p();
            (q, q * (E::ONE - q), crossentropy, q - t)
        } else {
            let (q, inside) = clip(p);
            let crossentropy = -(t * q.ln() + (E::ONE - t) * (E::ONE - q).ln());
            let dc = (q - t) / (q * (E::ONE - q));
            (p, E::ONE, crossentropy, if inside { dc } else { E::ZERO })
        };
        let far = E::ONE - (t * p + (E::ONE - t) * (E::ONE - p));
        let factor = power(far, gamma);
        let df = d * slope(far, gamma) * (E::ONE - t - t);
        let weight = if self.balanced {
            let alpha = E::of(self.focus.alpha);
            t * alpha + (E::ONE - t) * (E::ONE - alpha)
        } else {
            E::ONE
        };
        (weight * (factor * crossentropy), weight * (factor * dc + df * crossentropy))
    }
}

impl Default for BinaryFocalCrossentropy<Probabilities> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Shape, P: Scores> RowLoss<S> for BinaryFocalCrossentropy<P> {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let share = E::of(1.0 / y_pred.len() as f64);
        let (keep, add) = self.smoothing.parts::<E>(2);
        let sum = maths::sum_over!(y_pred, y_true, |p, t| self.both(p, t * keep + add).0);
        if let Some(gradient) = gradient {
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                *g = share * self.both(p, t * keep + add).1;
            }
        }
        sum * share
    }
}

impl<S: Shape, P: Scores> Loss<S> for BinaryFocalCrossentropy<P> {
    type Target = S;
    const NAME: &'static str = "binary_focal_crossentropy";
    const FROM_LOGITS: bool = P::LOGITS;
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn axes(&self) -> Axes {
        self.axes
    }
    fn check_target<E: Element>(&self, _: &Rows<'_, E>) -> Result<()> {
        const NAME: &str = "BinaryFocalCrossentropy";
        self.axes.check(NAME, S::DIMS)?;
        self.focus.check(NAME)?;
        self.smoothing.check(NAME)
    }
}

configured! {
    [P: Scores] BinaryFocalCrossentropy<P>, "BinaryFocalCrossentropy", "keras.losses", Self::new(), |this, fields| {
        fields.unused("name", "binary_focal_crossentropy");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        from_logits::<P>(fields, Self::CLASS)?;
        fields.field("label_smoothing", &mut this.smoothing.0)?;
        fields.field("axis", &mut this.axes)?;
        fields.field("apply_class_balancing", &mut this.balanced)?;
        fields.field("alpha", &mut this.focus.alpha)?;
        fields.field("gamma", &mut this.focus.gamma)?;
    }
}
