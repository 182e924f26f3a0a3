//! Metrics: one small file each. A metric adds up over the batches of an epoch.

mod mean_absolute_error;
mod tuple;

use core::fmt::Debug;

pub use mean_absolute_error::MeanAbsoluteError;
pub use tuple::Metrics;

use crate::element::Element;
use crate::shape::{Shape, Value};

/// A batch as a metric sees it: predictions, targets and weights of the same rows.
#[derive(Debug)]
pub struct Batch<'a, T, E> {
    /// The targets.
    pub y_true: &'a [T],
    /// The predictions.
    pub y_pred: &'a [E],
    /// One weight a sample, if there are weights.
    pub weights: Option<&'a [E]>,
    /// How many samples there are.
    pub samples: usize,
}

impl<T, E: Element> Batch<'_, T, E> {
    /// The weight of a sample: 1 where there are none.
    #[inline]
    #[must_use]
    pub fn weight(&self, sample: usize) -> f64 {
        self.weights.map_or(1.0, |w| w[sample].f64())
    }
}

/// A figure that is watched, and not trained on.
#[diagnostic::on_unimplemented(
    message = "metric `{Self}` does not apply to an output of shape `{Out}` compared with `{Target}`",
    label = "this metric cannot be used here"
)]
pub trait Metric<Out: Shape, Target: Value>: Clone + Debug + Send + 'static {
    /// What it is called in the history: Keras' name, `mean_absolute_error`.
    fn name(&self) -> &str;
    /// Begins anew.
    fn reset(&mut self);
    /// Adds a batch.
    fn update<E: Element>(&mut self, batch: &Batch<'_, Target::Scalar<E>, E>);
    /// The figure over all batches since the last reset.
    fn result(&self) -> f64;
}

/// A weighted mean that grows: what most metrics are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    total: f64,
    count: f64,
}

impl Mean {
    /// Adds a value with its weight.
    #[inline]
    pub fn add(&mut self, value: f64, weight: f64) {
        self.total += value * weight;
        self.count += weight;
    }

    /// The mean so far; 0 when nothing was added, as in Keras.
    #[must_use]
    pub fn value(&self) -> f64 {
        if self.count == 0.0 { 0.0 } else { self.total / self.count }
    }
}
