use super::norms::{EPSILON, rescale};
use super::{Axes, Constraint};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// Brings the length of the weights that flow into each unit between two values. Keras: `MinMaxNorm`,
/// `min_value` 0, `max_value` 1, [`rate`](Self::rate) 1 and [`axis`](Self::axis) 0 by default.
///
/// With a `rate` below 1 it goes that share of the way at each step.
///
/// ```
/// use keras_core::constraints::{Constraint, MinMaxNorm};
/// use keras_core::shape::Dims;
///
/// let mut kernel = [3.0_f64, 4.0]; // one row of length 5
/// MinMaxNorm::new(0.0, 1.0).rate(0.5).axis(1).project(Dims::new([1, 2]), &mut kernel)?;
/// assert!((kernel[0] - 1.8).abs() < 1e-6 && (kernel[1] - 2.4).abs() < 1e-6); // of length 3
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MinMaxNorm {
    min_value: f64,
    max_value: f64,
    rate: f64,
    axes: Axes,
}

impl MinMaxNorm {
    /// Between these.
    #[must_use]
    pub fn new(min_value: f64, max_value: f64) -> Self {
        Self { min_value, max_value, rate: 1.0, axes: Axes::from(0) }
    }

    /// The share of the way that each step goes.
    #[must_use]
    pub const fn rate(mut self, rate: f64) -> Self {
        self.rate = rate;
        self
    }

    /// Along other axes: `1`, `[0, 1, 2]`.
    #[must_use]
    pub fn axis(mut self, axis: impl Into<Axes>) -> Self {
        self.axes = axis.into();
        self
    }
}

impl Default for MinMaxNorm {
    fn default() -> Self {
        Self::new(0.0, 1.0)
    }
}

impl Constraint for MinMaxNorm {
    fn project<E: Element>(&self, dims: Dims, values: &mut [E]) -> Result<()> {
        let Self { min_value, max_value, rate, axes } = *self;
        rescale("MinMaxNorm", axes, dims, values, |length| {
            let desired = rate * length.max(min_value).min(max_value) + (1.0 - rate) * length;
            desired / (length + EPSILON)
        })
    }
}

configured! {
    [] MinMaxNorm, "MinMaxNorm", "keras.constraints", Default::default(), |this, fields| {
        fields.field("min_value", &mut this.min_value)?;
        fields.field("max_value", &mut this.max_value)?;
        fields.field("rate", &mut this.rate)?;
        fields.field("axis", &mut this.axes)?;
    }
}
