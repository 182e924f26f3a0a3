use super::probability::EPSILON;
use super::{Axes, Loss, Reduction, RowLoss, along, reducible};
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::Result;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::Shape;

/// `-Σ y_true · y_pred` over the last axis, both divided by their lengths: -1 for vectors of the same
/// direction, 0 for a right angle; a loss and a metric. Keras: `CosineSimilarity`.
///
/// As a metric its sign is the other one, as in Keras: the larger, the more alike. Lengths below 1e-7 count
/// as 1e-7, so of a vector of zeros it is 0. The axis is -1 by default ([`axis`](Self::axis)).
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::{losses::Loss, metrics::Metric};
///
/// let cosine = CosineSimilarity::default();
/// let (y_true, y_pred) = ([[0.0, 2.0], [1.0, 1.0]], [[1.0, 0.0], [3.0, 3.0]]);
/// assert!((Loss::<Rank1<2>>::value(&cosine, &y_true, &y_pred)? + 0.5).abs() < 1e-12);
/// assert!((Metric::<Rank1<2>, Rank1<2>>::value(&cosine, &y_true, &y_pred)? - 0.5).abs() < 1e-12);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CosineSimilarity {
    axes: Axes,
    reduction: Reduction,
    pub(crate) mean: Mean,
}

impl CosineSimilarity {
    along!();
    reducible!();
}

/// One over the length of a vector, and whether it is long enough to have one.
#[inline(always)]
fn inverse<E: Element>(x: &[E]) -> (E, bool) {
    let (inverse, most) = (E::ONE / maths::sum_over!(x, x, |x, y| x * y).sqrt(), E::of(1.0 / EPSILON));
    (inverse.minimum(most), inverse <= most)
}

impl<S: Shape> RowLoss<S> for CosineSimilarity {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        let ((by_true, _), (by_pred, long)) = (inverse(y_true), inverse(y_pred));
        let cosine = maths::sum_over!(y_pred, y_true, |p, t| (t * by_true) * (p * by_pred));
        if let Some(gradient) = gradient {
            let along = if long { cosine } else { E::ZERO };
            for ((g, &p), &t) in gradient.iter_mut().zip(y_pred).zip(y_true) {
                *g = by_pred * (along * (p * by_pred) - t * by_true);
            }
        }
        -cosine
    }
}

impl<S: Shape> Loss<S> for CosineSimilarity {
    type Target = S;
    const NAME: &'static str = "cosine_similarity";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn axes(&self) -> Axes {
        self.axes
    }
    fn check_target<E: Element>(&self, _: &Rows<'_, E>) -> Result<()> {
        self.axes.check("CosineSimilarity", S::DIMS)
    }
}

configured! {
    [] CosineSimilarity, "CosineSimilarity", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "cosine_similarity");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        fields.own("axis", &mut this.axes, Self::default().axes)?;
    }
}
