use super::probability::EPSILON;
use super::{Axes, Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::maths;
use crate::shape::Shape;

/// `1 - I / (I + alpha · A + beta · B + 1e-7)` with `I = Σ y_true · y_pred`, `A = Σ y_true · (1 - y_pred)` and
/// `B = Σ (1 - y_true) · y_pred`: a [`Dice`](super::Dice) whose two kinds of mistakes count differently.
/// Keras: `Tversky`.
///
/// `alpha` and `beta` are ½ by default, which is `Dice`.
///
/// By default that is over all axes, the batch's too: then there is one value for the whole batch, which a
/// training step has to see at once, and sample weights count by their mean. With
/// [`axis`](Self::axis)`([1, 2, 3])` there is one for each sample of images.
///
/// Source: Salehi et al., "Tversky loss function for image segmentation using 3D fully convolutional deep
/// networks", 2017.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = Tversky::default().alpha(0.25).beta(0.75);
/// let value = Loss::<Rank1<2>>::value(&loss, &[[1.0, 0.0]], &[[0.5, 1.0]])?;
/// assert!((value - (1.0 - 0.5 / (0.5 + 0.25 * 0.5 + 0.75))).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tversky {
    alpha: f64,
    beta: f64,
    axes: Axes,
    reduction: Reduction,
}

impl Tversky {
    /// How much counts what is there and was not predicted (`Σ y_true · (1 - y_pred)`).
    #[must_use]
    pub const fn alpha(mut self, alpha: f64) -> Self {
        self.alpha = alpha;
        self
    }
    /// How much counts what was predicted and is not there (`Σ (1 - y_true) · y_pred`).
    #[must_use]
    pub const fn beta(mut self, beta: f64) -> Self {
        self.beta = beta;
        self
    }
    /// Over these axes instead of all: 0 is the batch, 1 the first axis of a sample.
    #[must_use]
    pub const fn axis<const N: usize>(mut self, axis: [i32; N]) -> Self {
        self.axes = Axes::new(axis);
        self
    }
    reducible!();
}

impl Default for Tversky {
    fn default() -> Self {
        Self { alpha: 0.5, beta: 0.5, axes: Axes::ALL, reduction: Reduction::SumOverBatchSize }
    }
}

impl<S: Shape> RowLoss<S> for Tversky {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let (alpha, beta) = (E::of(self.alpha), E::of(self.beta));
        let both = maths::sum_over!(y_pred, y_true, |p, t| t * p);
        let missed = maths::sum_over!(y_pred, y_true, |p, t| (E::ONE - p) * t);
        let wrong = maths::sum_over!(y_pred, y_true, |p, t| p * (E::ONE - t));
        let share = E::ONE / (both + missed * alpha + wrong * beta + E::of(EPSILON));
        let ratio = both * share;
        if let Some(gradient) = gradient {
            for (g, &t) in gradient.iter_mut().zip(y_true) {
                *g = (ratio * (t - alpha * t + beta * (E::ONE - t)) - t) * share;
            }
        }
        E::ONE - ratio
    }
}

impl<S: Shape> Loss<S> for Tversky {
    type Target = S;
    const NAME: &'static str = "tversky";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn axes(&self) -> Axes {
        self.axes
    }
    fn check_target<E: Element>(&self, _: &Rows<'_, E>) -> Result<()> {
        for (name, value) in [("alpha", self.alpha), ("beta", self.beta)] {
            if !value.is_finite() {
                return Err(Error::argument(format!("{name} of Tversky"), "a finite number", value));
            }
        }
        self.axes.check("Tversky", S::DIMS)
    }
}

configured! {
    [] Tversky, "Tversky", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "tversky");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        fields.field("alpha", &mut this.alpha)?;
        fields.field("beta", &mut this.beta)?;
        fields.field("axis", &mut this.axes)?;
    }
}
