use super::{L1L2, Regularizer, factor};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// `l2 · Σ w²`. Keras: `L2`, `l2` 0.01 by default.
///
/// ```
/// use keras_core::regularizers::{L2, Regularizer};
/// use keras_core::shape::Dims;
///
/// let mut gradient = [0.0_f32; 2];
/// let penalty = L2::new(0.5).penalty(Dims::new([2]), &[1.0, -2.0], Some(&mut gradient))?;
/// assert_eq!((penalty, gradient), (2.5, [1.0, -2.0]));
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct L2 {
    l2: f64,
}

impl L2 {
    /// With another factor.
    #[must_use]
    pub const fn new(l2: f64) -> Self {
        Self { l2 }
    }
}

impl Default for L2 {
    fn default() -> Self {
        Self::new(0.01)
    }
}

impl Regularizer for L2 {
    #[inline(always)]
    fn penalty<E: Element>(&self, dims: Dims, values: &[E], gradient: Option<&mut [E]>) -> Result<f64> {
        L1L2::new(0.0, factor("l2 of L2", self.l2)?).penalty(dims, values, gradient)
    }
}

configured! {
    [] L2, "L2", "keras.regularizers", Default::default(), |this, fields| {
        fields.field("l2", &mut this.l2)?;
    }
}
