use core::fmt;

use super::{Batch, Mean, Merge, Metric};
use crate::element::Element;
use crate::losses::Classes;
use crate::shape::{Ints, Shape};

/// The mean of a closure's figure of each row: a metric of one's own in a line. Keras:
/// `MeanMetricWrapper`.
///
/// The closure is handed a row's targets and its predictions, the last axis of the output; with class
/// numbers as targets there is one. It is asked in `f64`, whatever the model computes in.
///
/// ```
/// use keras_core::prelude::*;
///
/// let worst = MeanMetricWrapper::new("worst", |y_true: &[f64], y_pred: &[f64]| {
///     y_true.iter().zip(y_pred).map(|(t, p)| (t - p).abs()).fold(0.0, f64::max)
/// });
/// sequential! { struct Net< Dense<1, 2> > }
/// let mut net = Net::<Cpu>::new(1).compile(SGD::default(), MeanSquaredError::default(), (worst,));
/// assert!(net.evaluate(&[[0.0]], &[[3.0, -4.0]])?["worst"] == 4.0);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone)]
pub struct MeanMetricWrapper<F> {
    name: String,
    value: F,
    mean: Mean,
    /// A row in double precision.
    y_true: Vec<f64>,
    y_pred: Vec<f64>,
}

impl<F: Fn(&[f64], &[f64]) -> f64> MeanMetricWrapper<F> {
    /// The mean of `value`, under this name.
    #[must_use]
    pub fn new(name: impl Into<String>, value: F) -> Self {
        Self { name: name.into(), value, mean: Mean::new(), y_true: Vec::new(), y_pred: Vec::new() }
    }

    fn add<Out: Shape, T: Copy, E: Element>(&mut self, batch: &Batch<'_, T, E>, wide: impl Fn(T) -> f64) {
        for (y_true, y_pred, weight) in batch.rows::<Out>() {
            self.y_true.clear();
            self.y_true.extend(y_true.iter().map(|&t| wide(t)));
            self.y_pred.clear();
            self.y_pred.extend(y_pred.iter().map(|p| p.f64()));
            self.mean.add((self.value)(&self.y_true, &self.y_pred), weight);
        }
    }
}

impl<F> fmt::Debug for MeanMetricWrapper<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MeanMetricWrapper").field("name", &self.name).field("mean", &self.mean).finish()
    }
}

macro_rules! wrappers {
    ($([$bound:ident] $target:ty, $scalar:ty, $wide:expr;)*) => {$(
        impl<S: $bound, F> Metric<S, $target> for MeanMetricWrapper<F>
        where
            F: Fn(&[f64], &[f64]) -> f64 + Clone + Send + 'static,
        {
            fn name(&self) -> &str {
                &self.name
            }
            fn reset(&mut self) {
                self.mean = Mean::default();
            }
            fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
                self.mean.hand_out(each)
            }
            fn update<E: Element>(&mut self, batch: &Batch<'_, $scalar, E>) {
                self.add::<S, _, _>(batch, $wide);
            }
            fn result(&self) -> f64 {
                self.mean.value()
            }
        }

        impl<S: $bound, F> Merge<S, $target> for MeanMetricWrapper<F>
        where
            F: Fn(&[f64], &[f64]) -> f64 + Clone + Send + 'static,
        {
            fn merge(&mut self, other: &Self) {
                self.mean.merge(&other.mean);
            }
        }
    )*};
}

wrappers! {
    [Shape] S, E, E::f64;
    [Classes] Ints<S::Numbers>, i32, f64::from;
}
