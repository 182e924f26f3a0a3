use super::Constraint;
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// Makes weights below 0 zero. Keras: `NonNeg`.
///
/// ```
/// use keras_core::constraints::{Constraint, NonNeg};
/// use keras_core::shape::Dims;
///
/// let mut weights = [0.5_f32, -3.0];
/// NonNeg.project(Dims::new([2]), &mut weights)?;
/// assert_eq!(weights, [0.5, 0.0]);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NonNeg;

impl Constraint for NonNeg {
    fn project<E: Element>(&self, _: Dims, values: &mut [E]) -> Result<()> {
        for v in values {
            *v = v.maximum(E::ZERO);
        }
        Ok(())
    }
}

configured! {
    [] NonNeg, "NonNeg", "keras.constraints", NonNeg, |this, fields| {
        let _ = this; let _ = fields;
    }
}
