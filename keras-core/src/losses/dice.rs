use super::probability::EPSILON;
use super::{Axes, Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::Result;
use crate::maths;
use crate::shape::Shape;

/// `1 - 2 Σ y_true · y_pred / (Σ y_true + Σ y_pred + 1e-7)`: how little two areas have in common, for
/// segmentation. Keras: `Dice`.
///
/// By default that is over all axes, the batch's too: then there is one value for the whole batch, which a
/// training step has to see at once, and sample weights count by their mean. With
/// [`axis`](Self::axis)`([1, 2, 3])` there is one for each sample of images.
///
/// Source: Milletari et al., "V-Net: fully convolutional neural networks for volumetric medical image
/// segmentation", 2016.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let (y_true, y_pred) = ([[1.0, 0.0], [1.0, 1.0]], [[1.0, 0.0], [0.5, 0.0]]);
/// let value = |loss| Loss::<Rank1<2>>::value(&loss, &y_true, &y_pred);
/// assert!((value(Dice::default())? - (1.0 - 3.0 / 4.5)).abs() < 1e-6);
/// assert!((value(Dice::default().axis([1]))? - (0.0 + 1.0 - 1.0 / 2.5) / 2.0).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dice {
    axes: Axes,
    reduction: Reduction,
}

impl Dice {
    /// Over these axes instead of all: 0 is the batch, 1 the first axis of a sample.
    #[must_use]
    pub const fn axis<const N: usize>(mut self, axis: [i32; N]) -> Self {
        self.axes = Axes::new(axis);
        self
    }
    reducible!();
}

impl Default for Dice {
    fn default() -> Self {
        Self { axes: Axes::ALL, reduction: Reduction::SumOverBatchSize }
    }
}

impl<S: Shape> RowLoss<S> for Dice {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let both = maths::sum_over!(y_pred, y_true, |p, t| t * p);
        let either = maths::sum(y_true) + maths::sum(y_pred) + E::of(EPSILON);
        let (two, share) = (E::of(2.0), E::ONE / either);
        let ratio = two * both * share;
        if let Some(gradient) = gradient {
            for (g, &t) in gradient.iter_mut().zip(y_true) {
                *g = (ratio - two * t) * share;
            }
        }
        E::ONE - ratio
    }
}

impl<S: Shape> Loss<S> for Dice {
    type Target = S;
    const NAME: &'static str = "dice";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn axes(&self) -> Axes {
        self.axes
    }
    fn check_target<E: Element>(&self, _: &Rows<'_, E>) -> Result<()> {
        self.axes.check("Dice", S::DIMS)
    }
}

configured! {
    [] Dice, "Dice", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "dice");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        fields.field("axis", &mut this.axes)?;
    }
}
