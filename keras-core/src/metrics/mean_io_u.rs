use core::marker::PhantomData;

#[cfg(feature = "serde")]
use super::overlap::{Labels, is_sparse, last_axis};
use super::overlap::{OneHot, Overlap, Sparse, cut, largest, number, overlap_metric};
use crate::config::configured;
use crate::losses::Classes;
use crate::shape::{Ints, Shape};

/// How much the classes that are and those that are predicted overlap: intersection over union, the mean
/// over all classes. Keras: `MeanIoU`.
///
/// Of a class, the intersection is what is and was said to be of it, the union what is or was:
/// `true positives / (true positives + false positives + false negatives)`. Classes that never occur
/// are left out; so is what is not a class, below 0 or not below the number of classes.
///
/// By default both are class numbers ([`Sparse`]). With [`one_hot_y_true`](Self::one_hot_y_true) and
/// [`one_hot_y_pred`](Self::one_hot_y_pred) they have a number for each class, along the last axis; the
/// types say so: an output of probabilities and class numbers as targets is `MeanIoU<Sparse, OneHot>`.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = MeanIoU::new(2);
/// let (y_true, y_pred) = ([[0, 0], [1, 1]], [[0, 1], [0, 1]]);
/// let value = Metric::<Rank1<2>, Rank1<2>>::value(&metric, &y_true, &y_pred)?;
/// assert!((value - 1.0 / 3.0).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MeanIoU<T = Sparse, P = Sparse> {
    overlap: Overlap,
    labels: PhantomData<(T, P)>,
}

impl MeanIoU {
    /// Of an output with so many classes.
    #[must_use]
    pub fn new(num_classes: usize) -> Self {
        Self { overlap: Overlap::new(num_classes, None), labels: PhantomData }
    }
}

impl<T, P> MeanIoU<T, P> {
    /// Leaves out what the targets say is of this class.
    #[must_use]
    pub fn ignore_class(mut self, class: i32) -> Self {
        self.overlap.ignore_class = Some(class);
        self
    }
    /// With one-hot targets: Keras' `sparse_y_true=False`.
    #[must_use]
    pub fn one_hot_y_true(self) -> MeanIoU<OneHot, P> {
        MeanIoU { overlap: self.overlap, labels: PhantomData }
    }
    /// With a prediction for each class, the largest of which counts: Keras' `sparse_y_pred=False`.
    #[must_use]
    pub fn one_hot_y_pred(self) -> MeanIoU<T, OneHot> {
        MeanIoU { overlap: self.overlap, labels: PhantomData }
    }
}

overlap_metric! { "MeanIoU", "mean_io_u";
    [S: Shape] MeanIoU, S => S, E: (1, 1), cut, cut;
    [S: Shape] MeanIoU, S => Ints<S>, i32: (1, 1), number, cut;
    [S: Classes] MeanIoU<Sparse, OneHot>, S => Ints<S::Numbers>, i32: (1, S::DIMS.last()), number, largest;
    [S: Shape] MeanIoU<OneHot, OneHot>, S => S, E: (S::DIMS.last(), S::DIMS.last()), largest, largest;
    [S: Classes] MeanIoU<OneHot, Sparse>, S::Numbers => S, E: (S::DIMS.last(), 1), largest, cut;
}

configured! {
    [T: Labels, P: Labels] MeanIoU<T, P>, "MeanIoU", "keras.metrics", Self { overlap: Overlap::new(0, None), labels: PhantomData }, |this, fields| {
        fields.unused("name", "mean_io_u");
        fields.unused("dtype", "int32");
        this.overlap.num_classes(fields)?;
        fields.field("ignore_class", &mut this.overlap.ignore_class)?;
        is_sparse::<T>(fields, Self::CLASS, "sparse_y_true")?;
        is_sparse::<P>(fields, Self::CLASS, "sparse_y_pred")?;
        last_axis(fields, Self::CLASS)?;
    }
}
