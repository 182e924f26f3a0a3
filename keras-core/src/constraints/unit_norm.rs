use super::norms::{EPSILON, rescale};
use super::{Axes, Constraint};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// Makes the weights that flow into each unit of length 1. Keras: `UnitNorm`, [`axis`](Self::axis) 0 by
/// default.
///
/// As there, they are divided by their length plus 1e-7.
///
/// ```
/// use keras_core::constraints::{Constraint, UnitNorm};
/// use keras_core::shape::Dims;
///
/// let mut kernel = [3.0_f64, 4.0];
/// UnitNorm::default().axis(-1).project(Dims::new([1, 2]), &mut kernel)?;
/// assert!((kernel[0] - 0.6).abs() < 1e-6 && (kernel[1] - 0.8).abs() < 1e-6);
/// assert!(UnitNorm::default().axis(2).project(Dims::new([1, 2]), &mut kernel).is_err());
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitNorm {
    axes: Axes,
}

impl UnitNorm {
    /// Along other axes: `1`, `[0, 1, 2]`.
    #[must_use]
    pub fn axis(mut self, axis: impl Into<Axes>) -> Self {
        self.axes = axis.into();
        self
    }
}

impl Default for UnitNorm {
    fn default() -> Self {
        Self { axes: Axes::from(0) }
    }
}

impl Constraint for UnitNorm {
    fn project<E: Element>(&self, dims: Dims, values: &mut [E]) -> Result<()> {
        rescale("UnitNorm", self.axes, dims, values, |length| 1.0 / (length + EPSILON))
    }
}

configured! {
    [] UnitNorm, "UnitNorm", "keras.constraints", Default::default(), |this, fields| {
        fields.field("axis", &mut this.axes)?;
    }
}
