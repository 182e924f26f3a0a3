use super::confusion::Confusion;
use super::merge::mergeable;
use super::{Batch, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Shape;

/// The share of the targets that are not 0 whose prediction is above the threshold: of what is
/// positive, how much was said to be. Keras: `Recall`.
///
/// The threshold is 0.5 by default. There may be several: [`results`](Self::results) has a number for
/// each, which the history calls `recall_0`, `recall_1`, ..; 0 where there is nothing to divide by.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = Recall::default();
/// let (y_true, y_pred) = ([[0], [1], [0]], [[0.2], [0.8], [0.6]]);
/// assert_eq!(Metric::<Rank1<1>, Rank1<1>>::value(&metric, &y_true, &y_pred)?, 1.0);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recall {
    confusion: Confusion,
}

impl Recall {
    /// With these thresholds, from 0 to 1.
    #[must_use]
    pub fn thresholds(mut self, thresholds: impl Into<Vec<f64>>) -> Self {
        self.confusion.set_thresholds(thresholds.into());
        self
    }
    /// Counts as positive only what is among the `k` largest predictions of a row, whatever its size if
    /// no thresholds are given.
    #[must_use]
    pub fn top_k(mut self, k: usize) -> Self {
        self.confusion.set_top_k(k);
        self
    }
    /// Looks at this class only, counted from 0.
    #[must_use]
    pub fn class_id(mut self, class: usize) -> Self {
        self.confusion.set_class_id(class);
        self
    }
    /// One number for each threshold.
    #[must_use]
    pub fn results(&self) -> Vec<f64> {
        self.confusion.recall().collect()
    }
}

impl<S: Shape> Metric<S, S> for Recall {
    fn name(&self) -> &str {
        "recall"
    }
    fn check(&self) -> Result<()> {
        self.confusion.check("Recall", S::DIMS.last())
    }
    fn reset(&mut self) {
        self.confusion.reset();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.confusion.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.confusion.update::<S, E>(batch);
    }
    fn result(&self) -> f64 {
        self.confusion.recall().next().unwrap_or_default()
    }
    fn count(&self) -> usize {
        self.confusion.count()
    }
    fn each_result(&self, each: impl FnMut(f64)) {
        self.confusion.recall().for_each(each);
    }
}

mergeable! {
    [S: Shape] Recall, S => S: confusion;
}

configured! {
    [] Recall, "Recall", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "recall");
        fields.unused("dtype", "float32");
        this.confusion.fields(fields)?;
    }
}
