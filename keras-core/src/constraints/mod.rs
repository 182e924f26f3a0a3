//! Constraints: what a layer's variables are brought back to after each step of training.

mod any;
mod axes;
mod max_norm;
mod min_max_norm;
mod non_neg;
mod norms;
#[cfg(test)]
mod tests;
mod unit_norm;

use core::fmt::Debug;

pub use any::AnyConstraint;
pub use axes::Axes;
pub use max_norm::MaxNorm;
pub use min_max_norm::MinMaxNorm;
pub use non_neg::NonNeg;
pub use unit_norm::UnitNorm;

use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// A projection of a variable.
///
/// ```
/// use keras_core::constraints::Constraint;
/// use keras_core::element::Element;
/// use keras_core::shape::Dims;
/// use keras_core::Result;
///
/// /// No weight is beyond -1 and 1.
/// #[derive(Clone, Debug)]
/// struct Clipped;
///
/// impl Constraint for Clipped {
///     fn project<E: Element>(&self, _: Dims, values: &mut [E]) -> Result<()> {
///         for v in values {
///             *v = v.maximum(-E::ONE).minimum(E::ONE);
///         }
///         Ok(())
///     }
/// }
///
/// let mut weights = [0.5_f32, -3.0];
/// Clipped.project(Dims::new([2]), &mut weights)?;
/// assert_eq!(weights, [0.5, -1.0]);
/// # Ok::<(), keras_core::Error>(())
/// ```
pub trait Constraint: Clone + Debug + Send + Sync + 'static {
    /// Changes a variable of shape `dims` so that it meets the constraint.
    ///
    /// # Errors
    /// If the constraint does not fit a variable of that shape.
    fn project<E: Element>(&self, dims: Dims, values: &mut [E]) -> Result<()>;
}
