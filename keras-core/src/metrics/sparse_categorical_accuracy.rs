use super::merge::mergeable;
use super::{Batch, Mean, Metric, hits};
use crate::config::configured;
use crate::element::Element;
use crate::losses::Classes;
use crate::shape::Ints;

/// How often the largest prediction of a row is that of its class. Keras:
/// `SparseCategoricalAccuracy`.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = SparseCategoricalAccuracy::default();
/// let y_pred = [[0.1, 0.6, 0.3], [0.05, 0.95, 0.0]];
/// assert_eq!(Metric::<Rank1<3>, Ints<Rank0>>::value(&metric, &[2, 1], &y_pred)?, 0.5);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SparseCategoricalAccuracy {
    mean: Mean,
}

impl<S: Classes> Metric<S, Ints<S::Numbers>> for SparseCategoricalAccuracy {
    fn name(&self) -> &str {
        "sparse_categorical_accuracy"
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, i32, E>) {
        self.mean.add_rows::<S, _, _>(batch, hits::sparse);
    }
    fn result(&self) -> f64 {
        self.mean.value()
    }
}

mergeable! {
    [S: Classes] SparseCategoricalAccuracy, S => Ints<S::Numbers>: mean;
}

configured! {
    [] SparseCategoricalAccuracy, "SparseCategoricalAccuracy", "keras.metrics", Default::default(), |_this, fields| {
        fields.unused("name", "sparse_categorical_accuracy");
        fields.unused("dtype", "float32");
    }
}
