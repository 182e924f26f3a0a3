use super::merge::mergeable;
use super::{Batch, Mean, Metric, hits};
use crate::config::configured;
use crate::element::Element;
use crate::shape::Shape;

/// How often the largest prediction of a row stands where its largest target stands: for one-hot
/// targets. Keras: `CategoricalAccuracy`.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = CategoricalAccuracy::default();
/// let (y_true, y_pred) = ([[0, 0, 1], [0, 1, 0]], [[0.1, 0.9, 0.8], [0.05, 0.95, 0.0]]);
/// assert_eq!(Metric::<Rank1<3>, Rank1<3>>::value(&metric, &y_true, &y_pred)?, 0.5);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CategoricalAccuracy {
    mean: Mean,
}

impl<S: Shape> Metric<S, S> for CategoricalAccuracy {
    fn name(&self) -> &str {
        "categorical_accuracy"
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.mean.add_rows::<S, _, _>(batch, hits::categorical);
    }
    fn result(&self) -> f64 {
        self.mean.value()
    }
}

mergeable! {
    [S: Shape] CategoricalAccuracy, S => S: mean;
}

configured! {
    [] CategoricalAccuracy, "CategoricalAccuracy", "keras.metrics", Default::default(), |_this, fields| {
        fields.unused("name", "categorical_accuracy");
        fields.unused("dtype", "float32");
    }
}
