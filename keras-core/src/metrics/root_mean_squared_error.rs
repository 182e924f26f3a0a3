use super::merge::mergeable;
use super::{Batch, Mean, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::shape::Shape;

/// The root of the mean of `(y_true - y_pred)²`. Keras: `RootMeanSquaredError`.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = RootMeanSquaredError::default();
/// assert_eq!(Metric::<Rank1<2>, Rank1<2>>::value(&metric, &[[0.0, 0.0]], &[[1.0, 7.0]])?, 5.0);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RootMeanSquaredError {
    mean: Mean,
}

impl<S: Shape> Metric<S, S> for RootMeanSquaredError {
    fn name(&self) -> &str {
        "root_mean_squared_error"
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.mean.add_rows::<S, _, _>(batch, |y_true, y_pred| {
            let sum: f64 = y_true.iter().zip(y_pred).map(|(&t, &p)| ((p - t) * (p - t)).f64()).sum();
            sum / y_pred.len() as f64
        });
    }
    fn result(&self) -> f64 {
        self.mean.value().sqrt()
    }
}

mergeable! {
    [S: Shape] RootMeanSquaredError, S => S: mean;
}

configured! {
    [] RootMeanSquaredError, "RootMeanSquaredError", "keras.metrics", Default::default(), |_this, fields| {
        fields.unused("name", "root_mean_squared_error");
        fields.unused("dtype", "float32");
    }
}
