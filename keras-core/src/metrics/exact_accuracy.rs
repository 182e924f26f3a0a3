use super::merge::mergeable;
use super::{Batch, Mean, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::shape::Shape;

/// How often a prediction is the same number as its target. Keras: the class `Accuracy`.
///
/// What Keras does when it is told `metrics=["accuracy"]` is [`Accuracy`](super::Accuracy).
///
/// ```
/// use keras_core::metrics::{ExactAccuracy, Metric};
/// use keras_core::prelude::*;
///
/// let metric = ExactAccuracy::default();
/// let (y_true, y_pred) = ([[1], [2], [3], [4]], [[0], [2], [3], [4]]);
/// assert_eq!(Metric::<Rank1<1>, Rank1<1>>::value(&metric, &y_true, &y_pred)?, 0.75);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ExactAccuracy {
    mean: Mean,
}

impl<S: Shape> Metric<S, S> for ExactAccuracy {
    fn name(&self) -> &str {
        "accuracy"
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.mean.add_rows::<S, _, _>(batch, |y_true, y_pred| {
            let equal = y_true.iter().zip(y_pred).filter(|(t, p)| t == p).count();
            equal as f64 / y_pred.len() as f64
        });
    }
    fn result(&self) -> f64 {
        self.mean.value()
    }
}

mergeable! {
    [S: Shape] ExactAccuracy, S => S: mean;
}

configured! {
    [] ExactAccuracy, "Accuracy", "keras.metrics", Default::default(), |_this, fields| {
        fields.unused("name", "accuracy");
        fields.unused("dtype", "float32");
    }
}
