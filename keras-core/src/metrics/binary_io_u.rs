use super::merge::mergeable;
use super::overlap::{Overlap, cut};
use super::{Batch, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Shape;

/// Intersection over union of two classes, 1 where the prediction is at least the threshold and 0
/// elsewhere: the mean over both. Keras: `BinaryIoU`, threshold 0.5 by default.
///
/// Of a class, the intersection is what is and was said to be of it, the union what is or was:
/// `true positives / (true positives + false positives + false negatives)`. Classes that never occur
/// are left out; so is what is not a class, below 0 or not below the number of classes.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = BinaryIoU::new(0.3);
/// let (y_true, y_pred) = ([[0], [1], [0], [1]], [[0.1], [0.2], [0.4], [0.7]]);
/// let value = Metric::<Rank1<1>, Rank1<1>>::value(&metric, &y_true, &y_pred)?;
/// assert!((value - 1.0 / 3.0).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct BinaryIoU {
    threshold: f64,
    overlap: Overlap,
}

impl BinaryIoU {
    /// With this threshold.
    #[must_use]
    pub fn new(threshold: f64) -> Self {
        Self { threshold, overlap: Overlap::new(2, None) }
    }
    /// Looks at these classes, 0, 1 or both.
    #[must_use]
    pub fn target_class_ids(mut self, classes: impl Into<Vec<usize>>) -> Self {
        self.overlap = Overlap::new(2, Some(classes.into()));
        self
    }
}

impl Default for BinaryIoU {
    fn default() -> Self {
        Self::new(0.5)
    }
}

impl<S: Shape> Metric<S, S> for BinaryIoU {
    fn name(&self) -> &str {
        "binary_io_u"
    }
    fn check(&self) -> Result<()> {
        self.overlap.check("BinaryIoU")
    }
    fn reset(&mut self) {
        self.overlap.reset();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.overlap.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        let threshold = E::of(self.threshold);
        self.overlap.update(batch, (1, 1), cut, |p| i64::from(p[0] >= threshold));
    }
    fn result(&self) -> f64 {
        self.overlap.value()
    }
}

mergeable! {
    [S: Shape] BinaryIoU, S => S: overlap;
}

configured! {
    [] BinaryIoU, "BinaryIoU", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "binary_io_u");
        fields.unused("dtype", "int32");
        this.overlap.either_class(fields)?;
        fields.field("threshold", &mut this.threshold)?;
    }
}
