use super::histogram::Point;
use super::merge::mergeable;
use super::tradeoff::Tradeoff;
use super::{Batch, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Shape;

/// The best precision at thresholds where the recall is at least a given one: how much of what is said to be positive is.
/// Keras: `PrecisionAtRecall`.
///
/// Precision is the share of what is said to be positive that is; recall the share of what is positive
/// that is said to be.
/// 200 even thresholds from 0 to 1 are tried by default; 0 if none gives that recall. For all
/// classes together unless [`class_id`](Self::class_id) names one.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = PrecisionAtRecall::new(0.5);
/// let (y_true, y_pred) = ([[0], [0], [0], [1], [1]], [[0.0], [0.3], [0.8], [0.3], [0.8]]);
/// assert_eq!(Metric::<Rank1<1>, Rank1<1>>::value(&metric, &y_true, &y_pred)?, 0.5);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PrecisionAtRecall {
    tradeoff: Tradeoff,
}

impl PrecisionAtRecall {
    /// Where the recall is at least this, from 0 to 1.
    #[must_use]
    pub fn new(recall: f64) -> Self {
        Self { tradeoff: Tradeoff::new(recall) }
    }
    /// Over so many thresholds; 1 is the threshold ½.
    #[must_use]
    pub fn num_thresholds(mut self, count: usize) -> Self {
        self.tradeoff.set_num_thresholds(count);
        self
    }
    /// Looks at this class only, counted from 0.
    #[must_use]
    pub fn class_id(mut self, class: usize) -> Self {
        self.tradeoff.set_class_id(class);
        self
    }
}

impl<S: Shape> Metric<S, S> for PrecisionAtRecall {
    fn name(&self) -> &str {
        "precision_at_recall"
    }
    fn check(&self) -> Result<()> {
        self.tradeoff.check("PrecisionAtRecall", "recall", S::DIMS.last())
    }
    fn reset(&mut self) {
        self.tradeoff.reset();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.tradeoff.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.tradeoff.update::<S, E>(batch);
    }
    fn result(&self) -> f64 {
        self.tradeoff.best(Point::recall, Point::precision)
    }
}

mergeable! {
    [S: Shape] PrecisionAtRecall, S => S: tradeoff;
}

configured! {
    [] PrecisionAtRecall, "PrecisionAtRecall", "keras.metrics", Self::new(0.5), |this, fields| {
        fields.unused("name", "precision_at_recall");
        fields.unused("dtype", "float32");
        this.tradeoff.fields("recall", fields)?;
    }
}
