/// A weighted sum that grows. Keras: `Sum`.
///
/// ```
/// use keras_core::metrics::Sum;
///
/// let mut sum = Sum::default();
/// sum.add(1.0, 1.0);
/// sum.add(4.0, 0.5);
/// assert_eq!(sum.value(), 3.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    total: f64,
}

impl Sum {
    /// Adds a value with its weight.
    #[inline]
    pub fn add(&mut self, value: f64, weight: f64) {
        self.total += value * weight;
    }

    /// Adds what another sum was given.
    pub fn merge(&mut self, other: &Self) {
        self.total += other.total;
    }

    /// The sum so far; 0 when nothing was added.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.total
    }
}
