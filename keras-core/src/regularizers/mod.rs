//! Regularizers: penalties on a layer's variables that are added to the loss.

mod any;
mod l1;
mod l1l2;
mod l2;
mod orthogonal;

use core::fmt::Debug;

pub use any::AnyRegularizer;
pub use l1::L1;
pub use l1l2::L1L2;
pub use l2::L2;
pub use orthogonal::{OrthogonalMode, OrthogonalRegularizer};

use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Dims;

/// A penalty on a variable.
///
/// ```
/// use keras_core::element::Element;
/// use keras_core::regularizers::{L2, Regularizer};
/// use keras_core::shape::Dims;
/// use keras_core::Result;
///
/// /// The square of the sum, so that weights balance.
/// #[derive(Clone, Debug)]
/// struct Balance;
///
/// impl Regularizer for Balance {
///     fn penalty<E: Element>(&self, _: Dims, values: &[E], gradient: Option<&mut [E]>) -> Result<f64> {
///         let sum: f64 = values.iter().map(|v| v.f64()).sum();
///         for g in gradient.into_iter().flatten() {
///             *g += E::of(2.0 * sum);
///         }
///         Ok(sum * sum)
///     }
/// }
///
/// let (dims, weights) = (Dims::new([2]), [1.0_f32, -3.0]);
/// let mut gradient = [0.0; 2];
/// assert_eq!(Balance.penalty(dims, &weights, Some(&mut gradient))?, 4.0);
/// L2::new(0.5).penalty(dims, &weights, Some(&mut gradient))?;
/// assert_eq!(gradient, [-4.0 + 1.0, -4.0 - 3.0]);
/// # Ok::<(), keras_core::Error>(())
/// ```
pub trait Regularizer: Clone + Debug + Send + Sync + 'static {
    /// The penalty on a variable of shape `dims`; *adds* its gradient to `gradient`, if asked.
    ///
    /// # Errors
    /// If the regularizer's own numbers make no sense, or if it takes no variable of that shape.
    fn penalty<E: Element>(&self, dims: Dims, values: &[E], gradient: Option<&mut [E]>) -> Result<f64>;
}

/// A factor: finite and not negative.
fn factor(name: &str, value: f64) -> Result<f64> {
    if value.is_finite() && value >= 0.0 {
        return Ok(value);
    }
    Err(Error::argument(name, "a number of at least 0", value))
}
