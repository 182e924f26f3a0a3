use super::merge::mergeable;
use super::rank::argmax;
use super::{Batch, Mean, Metric, hits};
use crate::config::configured;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Shape;

/// How often the place of a row's largest target is among the `k` largest predictions; of equal
/// predictions all are. Keras: `TopKCategoricalAccuracy`, `k` 5 by default.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = TopKCategoricalAccuracy::new(2);
/// let (y_true, y_pred) = ([[0, 0, 1], [0, 1, 0]], [[0.1, 0.9, 0.8], [0.6, 0.1, 0.3]]);
/// assert_eq!(Metric::<Rank1<3>, Rank1<3>>::value(&metric, &y_true, &y_pred)?, 0.5);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopKCategoricalAccuracy {
    k: usize,
    mean: Mean,
}

impl TopKCategoricalAccuracy {
    /// With this `k`, at least 1.
    #[must_use]
    pub const fn new(k: usize) -> Self {
        Self { k, mean: Mean::new() }
    }
}

impl Default for TopKCategoricalAccuracy {
    fn default() -> Self {
        Self::new(5)
    }
}

impl<S: Shape> Metric<S, S> for TopKCategoricalAccuracy {
    fn name(&self) -> &str {
        "top_k_categorical_accuracy"
    }
    fn check(&self) -> Result<()> {
        check_k("k of TopKCategoricalAccuracy", self.k, S::DIMS.last())
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        let k = self.k;
        self.mean.add_rows::<S, _, _>(batch, |y_true, y_pred| hits::top_k(Some(argmax(y_true)), y_pred, k));
    }
    fn result(&self) -> f64 {
        self.mean.value()
    }
}

mergeable! {
    [S: Shape] TopKCategoricalAccuracy, S => S: mean;
}

/// An error if there are not `k` classes to be the first.
pub(super) fn check_k(argument: &str, k: usize, classes: usize) -> Result<()> {
    if (1..=classes).contains(&k) {
        return Ok(());
    }
    Err(Error::argument(argument, format!("1 to {classes}, the number of classes"), k))
}

configured! {
    [] TopKCategoricalAccuracy, "TopKCategoricalAccuracy", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "top_k_categorical_accuracy");
        fields.unused("dtype", "float32");
        fields.field("k", &mut this.k)?;
    }
}
