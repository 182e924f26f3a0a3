use super::Batch;
use crate::element::Element;
use crate::shape::Shape;

/// A weighted mean that grows: what most metrics are. Keras: `Mean`.
///
/// ```
/// use keras_core::metrics::Mean;
///
/// let mut mean = Mean::default();
/// mean.add(1.0, 1.0);
/// mean.add(4.0, 2.0);
/// assert_eq!(mean.value(), 3.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    total: f64,
    count: f64,
}

impl Mean {
    pub(crate) const fn new() -> Self {
        Self { total: 0.0, count: 0.0 }
    }

    /// Adds a value with its weight.
    #[inline]
    pub fn add(&mut self, value: f64, weight: f64) {
        self.total += value * weight;
        self.count += weight;
    }

    /// Adds what `value` says of each row of a batch, its targets and its predictions, with the
    /// weight of its sample.
    #[inline]
    pub fn add_rows<Out: Shape, T, E: Element>(
        &mut self,
        batch: &Batch<'_, T, E>,
        value: impl Fn(&[T], &[E]) -> f64,
    ) {
        for (y_true, y_pred, weight) in batch.rows::<Out>() {
            self.add(value(y_true, y_pred), weight);
        }
    }

    /// Hands its numbers to `each`, which reads or replaces them.
    pub(crate) fn hand_out(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        each(&mut self.total);
        each(&mut self.count);
        true
    }

    /// Adds what another mean was given.
    pub fn merge(&mut self, other: &Self) {
        self.total += other.total;
        self.count += other.count;
    }

    /// The mean so far; 0 when nothing was added, as in Keras.
    #[must_use]
    pub fn value(&self) -> f64 {
        if self.count == 0.0 { 0.0 } else { self.total / self.count }
    }
}
