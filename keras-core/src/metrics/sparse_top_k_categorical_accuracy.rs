use super::merge::mergeable;
use super::top_k_categorical_accuracy::check_k;
use super::{Batch, Mean, Metric, hits};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::losses::Classes;
use crate::shape::Ints;

/// How often the prediction of a row's class is among its `k` largest; of equal predictions all are.
/// Keras: `SparseTopKCategoricalAccuracy`, `k` 5 by default.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = SparseTopKCategoricalAccuracy::new(2);
/// let y_pred = [[0.1, 0.9, 0.8], [0.6, 0.1, 0.3]];
/// assert_eq!(Metric::<Rank1<3>, Ints<Rank0>>::value(&metric, &[2, 1], &y_pred)?, 0.5);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SparseTopKCategoricalAccuracy {
    k: usize,
    mean: Mean,
}

impl SparseTopKCategoricalAccuracy {
    /// With this `k`, at least 1.
    #[must_use]
    pub const fn new(k: usize) -> Self {
        Self { k, mean: Mean::new() }
    }
}

impl Default for SparseTopKCategoricalAccuracy {
    fn default() -> Self {
        Self::new(5)
    }
}

impl<S: Classes> Metric<S, Ints<S::Numbers>> for SparseTopKCategoricalAccuracy {
    fn name(&self) -> &str {
        "sparse_top_k_categorical_accuracy"
    }
    fn check(&self) -> Result<()> {
        check_k("k of SparseTopKCategoricalAccuracy", self.k, S::DIMS.last())
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, i32, E>) {
        let k = self.k;
        self.mean.add_rows::<S, _, _>(batch, |y_true, y_pred| hits::top_k(hits::class(y_true), y_pred, k));
    }
    fn result(&self) -> f64 {
        self.mean.value()
    }
}

mergeable! {
    [S: Classes] SparseTopKCategoricalAccuracy, S => Ints<S::Numbers>: mean;
}

configured! {
    [] SparseTopKCategoricalAccuracy, "SparseTopKCategoricalAccuracy", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "sparse_top_k_categorical_accuracy");
        fields.unused("dtype", "float32");
        fields.field("k", &mut this.k)?;
    }
}
