use super::merge::mergeable;
use super::{Batch, Mean, Metric, hits};
use crate::config::configured;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Shape;

/// How often a prediction, 1 above the threshold and 0 elsewhere, is its target. Keras:
/// `BinaryAccuracy`, threshold 0.5 by default.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = BinaryAccuracy::default();
/// let (y_true, y_pred) = ([[1, 1], [0, 0]], [[0.98, 1.0], [0.0, 0.6]]);
/// assert_eq!(Metric::<Rank1<2>, Rank1<2>>::value(&metric, &y_true, &y_pred)?, 0.75);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinaryAccuracy {
    threshold: f64,
    mean: Mean,
}

impl BinaryAccuracy {
    /// With this threshold, from 0 to 1.
    #[must_use]
    pub const fn new(threshold: f64) -> Self {
        Self { threshold, mean: Mean::new() }
    }
}

impl Default for BinaryAccuracy {
    fn default() -> Self {
        Self::new(0.5)
    }
}

impl<S: Shape> Metric<S, S> for BinaryAccuracy {
    fn name(&self) -> &str {
        "binary_accuracy"
    }
    fn check(&self) -> Result<()> {
        if (0.0..=1.0).contains(&self.threshold) {
            return Ok(());
        }
        Err(Error::argument("threshold of BinaryAccuracy", "a number from 0 to 1", self.threshold))
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        let threshold = self.threshold;
        self.mean.add_rows::<S, _, _>(batch, |y_true, y_pred| hits::binary(y_true, y_pred, threshold));
    }
    fn result(&self) -> f64 {
        self.mean.value()
    }
}

mergeable! {
    [S: Shape] BinaryAccuracy, S => S: mean;
}

configured! {
    [] BinaryAccuracy, "BinaryAccuracy", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "binary_accuracy");
        fields.unused("dtype", "float32");
        fields.field("threshold", &mut this.threshold)?;
    }
}
