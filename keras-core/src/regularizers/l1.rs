use super::{L1L2, Regularizer, factor};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// `l1 · Σ |w|`. Keras: `L1`, `l1` 0.01 by default.
///
/// ```
/// use keras_core::regularizers::{L1, Regularizer};
/// use keras_core::shape::Dims;
///
/// let mut gradient = [0.0_f32; 3];
/// let penalty = L1::new(0.5).penalty(Dims::new([3]), &[1.0, -2.0, 0.0], Some(&mut gradient))?;
/// assert_eq!((penalty, gradient), (1.5, [0.5, -0.5, 0.0]));
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct L1 {
    l1: f64,
}

impl L1 {
    /// With another factor.
    #[must_use]
    pub const fn new(l1: f64) -> Self {
        Self { l1 }
    }
}

impl Default for L1 {
    fn default() -> Self {
        Self::new(0.01)
    }
}

impl Regularizer for L1 {
    #[inline(always)]
    fn penalty<E: Element>(&self, dims: Dims, values: &[E], gradient: Option<&mut [E]>) -> Result<f64> {
        L1L2::new(factor("l1 of L1", self.l1)?, 0.0).penalty(dims, values, gradient)
    }
}

configured! {
    [] L1, "L1", "keras.regularizers", Default::default(), |this, fields| {
        fields.field("l1", &mut this.l1)?;
    }
}
