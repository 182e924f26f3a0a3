use core::marker::PhantomData;

#[cfg(feature = "serde")]
use super::overlap::{Labels, is_sparse, last_axis};
use super::overlap::{OneHot, Overlap, Sparse, cut, largest, overlap_metric};
use crate::config::configured;
use crate::losses::Classes;
use crate::shape::Shape;

/// Intersection over union with one-hot targets, the mean over some classes. Keras: `OneHotIoU`.
///
/// Of a class, the intersection is what is and was said to be of it, the union what is or was:
/// `true positives / (true positives + false positives + false negatives)`. Classes that never occur
/// are left out; so is what is not a class, below 0 or not below the number of classes.
///
/// Targets are one-hot, and predictions have a number for each class, the largest of which counts,
/// unless they are class numbers: [`sparse_y_pred`](Self::sparse_y_pred).
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = OneHotIoU::new(2, [0]);
/// let (y_true, y_pred) = ([[1, 0], [1, 0], [0, 1], [0, 1]], [[0.9, 0.1], [0.2, 0.8], [0.7, 0.3], [0.1, 0.9]]);
/// let value = Metric::<Rank1<2>, Rank1<2>>::value(&metric, &y_true, &y_pred)?;
/// assert!((value - 1.0 / 3.0).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OneHotIoU<P = OneHot> {
    overlap: Overlap,
    labels: PhantomData<P>,
}

impl OneHotIoU {
    /// Of an output with so many classes, looking at these, counted from 0.
    #[must_use]
    pub fn new(num_classes: usize, target_class_ids: impl Into<Vec<usize>>) -> Self {
        Self { overlap: Overlap::new(num_classes, Some(target_class_ids.into())), labels: PhantomData }
    }
}

impl<P> OneHotIoU<P> {
    /// Leaves out what the targets say is of this class.
    #[must_use]
    pub fn ignore_class(mut self, class: i32) -> Self {
        self.overlap.ignore_class = Some(class);
        self
    }
    /// With predictions that are class numbers: Keras' `sparse_y_pred=True`.
    #[must_use]
    pub fn sparse_y_pred(self) -> OneHotIoU<Sparse> {
        OneHotIoU { overlap: self.overlap, labels: PhantomData }
    }
}

overlap_metric! { "OneHotIoU", "one_hot_io_u";
    [S: Shape] OneHotIoU, S => S, E: (S::DIMS.last(), S::DIMS.last()), largest, largest;
    [S: Classes] OneHotIoU<Sparse>, S::Numbers => S, E: (S::DIMS.last(), 1), largest, cut;
}

configured! {
    [P: Labels] OneHotIoU<P>, "OneHotIoU", "keras.metrics", Self { overlap: Overlap::new(0, Some(Vec::new())), labels: PhantomData }, |this, fields| {
        fields.unused("name", "one_hot_io_u");
        fields.unused("dtype", "int32");
        this.overlap.num_classes(fields)?;
        this.overlap.target_class_ids(fields)?;
        fields.field("ignore_class", &mut this.overlap.ignore_class)?;
        is_sparse::<P>(fields, Self::CLASS, "sparse_y_pred")?;
        last_axis(fields, Self::CLASS)?;
    }
}
