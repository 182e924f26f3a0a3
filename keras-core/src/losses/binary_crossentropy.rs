use core::marker::PhantomData;

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

/// The mean of `-(y_true · ln y_pred + (1 - y_true) · ln(1 - y_pred))` over the last axis: for
/// outputs each of which says yes or no; a loss and a metric. Keras: `BinaryCrossentropy`.
///
/// The predictions are probabilities ([`default`](Self::default)), kept within 1e-7 and 1 - 1e-7,
/// or logits ([`from_logits`](Self::from_logits)). Label smoothing is 0 by default; with `s`, a
/// target `t` becomes `t · (1 - s) + ½ s`.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = BinaryCrossentropy::default();
/// let value = Loss::<Rank1<1>>::value(&loss, &[[1.0], [0.0]], &[[0.5], [0.5]])?;
/// assert!((value - 2.0_f64.ln()).abs() < 1e-12);
///
/// let loss = BinaryCrossentropy::from_logits().label_smoothing(0.1);
/// let value = Loss::<Rank1<1>>::value(&loss, &[[1.0], [0.0]], &[[0.0], [0.0]])?;
/// assert!((value - 2.0_f64.ln()).abs() < 1e-12);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinaryCrossentropy<P: Scores = Probabilities> {
    smoothing: Smoothing,
    axes: Axes,
    reduction: Reduction,
    pub(crate) mean: Mean,
    predictions: PhantomData<P>,
}

impl BinaryCrossentropy<Logits> {
    /// For predictions that are logits: the model's last activation is `Linear`.
    #[must_use]
    pub const fn from_logits() -> Self {
        Self::new()
    }
}

impl<P: Scores> BinaryCrossentropy<P> {
    const fn new() -> Self {
        let (smoothing, reduction) = (Smoothing(0.0), Reduction::SumOverBatchSize);
        Self { smoothing, axes: Axes::LAST, reduction, mean: Mean::new(), predictions: PhantomData }
    }
    /// Draws the targets towards ½, by this share of the way.
    #[must_use]
    pub const fn label_smoothing(mut self, label_smoothing: f64) -> Self {
        self.smoothing = Smoothing(label_smoothing);
        self
    }
    along!();
    reducible!();
}

impl Default for BinaryCrossentropy<Probabilities> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Shape, P: Scores> RowLoss<S> for BinaryCrossentropy<P> {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let share = E::of(1.0 / y_pred.len() as f64);
        let (keep, add) = self.smoothing.parts::<E>(2);
        let sum = maths::sum_over!(y_pred, y_true, |p, t| {
            let t = t * keep + add;
            if P::LOGITS {
                // -t · ln σ(p) - (1 - t) · ln(1 - σ(p)), without overflow.
                (p.maximum(E::ZERO) - t * p) + (-p.abs()).exp().ln_1p()
            } else {
                let (p, _) = clip(p);
                -(t * p.ln() + (E::ONE - t) * (E::ONE - p).ln())
            }
        });
        if let Some(gradient) = gradient {
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                let t = t * keep + add;
                *g = if P::LOGITS {
                    share * (sigmoid(p) - t)
                } else {
                    let (p, inside) = clip(p);
                    let slope = (p - t) / (p * (E::ONE - p));
                    if inside { share * slope } else { E::ZERO }
                };
            }
        }
        sum * share
    }
}

impl<S: Shape, P: Scores> Loss<S> for BinaryCrossentropy<P> {
    type Target = S;
    const NAME: &'static str = "binary_crossentropy";
    const FROM_LOGITS: bool = P::LOGITS;
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn axes(&self) -> Axes {
        self.axes
    }
    fn check_target<E: Element>(&self, _: &Rows<'_, E>) -> Result<()> {
        self.axes.check("BinaryCrossentropy", S::DIMS)?;
        self.smoothing.check("BinaryCrossentropy")
    }
}

configured! {
    [P: Scores] BinaryCrossentropy<P>, "BinaryCrossentropy", "keras.losses", Self::new(), |this, fields| {
        fields.unused("name", "binary_crossentropy");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        from_logits::<P>(fields, Self::CLASS)?;
        fields.field("label_smoothing", &mut this.smoothing.0)?;
        fields.field("axis", &mut this.axes)?;
    }
}
