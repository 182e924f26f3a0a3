use super::norms::{EPSILON, rescale};
use super::{Axes, Constraint};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// Makes the weights that flow into each unit at most `max_value` long. Keras: `MaxNorm`, `max_value` 2
/// and [`axis`](Self::axis) 0 by default.
///
/// As there, all are multiplied by `min(length, max_value) / (length + 1e-7)`.
///
/// Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.
///
/// ```
/// use keras_core::constraints::{Constraint, MaxNorm};
/// use keras_core::shape::Dims;
///
/// let mut kernel = [3.0_f64, 0.3, 4.0, 0.4]; // columns of lengths 5 and 0.5
/// MaxNorm::new(1.0).project(Dims::new([2, 2]), &mut kernel)?;
/// for (v, expected) in kernel.iter().zip([0.6, 0.3, 0.8, 0.4]) {
///     assert!((v - expected).abs() < 1e-6);
/// }
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MaxNorm {
    max_value: f64,
    axes: Axes,
}

impl MaxNorm {
    /// With another length.
    #[must_use]
    pub fn new(max_value: f64) -> Self {
        Self { max_value, axes: Axes::from(0) }
    }

    /// Along other axes: `1`, `[0, 1, 2]`.
    #[must_use]
    pub fn axis(mut self, axis: impl Into<Axes>) -> Self {
        self.axes = axis.into();
        self
    }
}

impl Default for MaxNorm {
    fn default() -> Self {
        Self::new(2.0)
    }
}

impl Constraint for MaxNorm {
    fn project<E: Element>(&self, dims: Dims, values: &mut [E]) -> Result<()> {
        let desired = |length: f64| length.max(0.0).min(self.max_value);
        rescale("MaxNorm", self.axes, dims, values, |length| desired(length) / (length + EPSILON))
    }
}

configured! {
    [] MaxNorm, "MaxNorm", "keras.constraints", Default::default(), |this, fields| {
        fields.field("max_value", &mut this.max_value)?;
        fields.field("axis", &mut this.axes)?;
    }
}
