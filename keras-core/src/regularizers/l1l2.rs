use super::{Regularizer, factor};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// `l1 · Σ |w| + l2 · Σ w²`. Keras: `L1L2`, both 0 by default.
///
/// The derivative of `|w|` at 0 is 0, as there.
///
/// ```
/// use keras_core::regularizers::{L1L2, Regularizer};
/// use keras_core::shape::Dims;
///
/// let penalty = L1L2::new(0.5, 1.0).penalty(Dims::new([2]), &[1.0_f32, -2.0], None)?;
/// assert_eq!(penalty, 1.5 + 5.0);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct L1L2 {
    l1: f64,
    l2: f64,
}

impl L1L2 {
    /// With these factors.
    #[must_use]
    pub const fn new(l1: f64, l2: f64) -> Self {
        Self { l1, l2 }
    }
}

/// Sums side by side, so that the loop runs in vectors.
const LANES: usize = 16;

/// `Σ |w|` and `Σ w²`, in double precision.
#[inline(always)]
fn sums<E: Element>(values: &[E]) -> (f64, f64) {
    let (mut sizes, mut squares) = ([0.0; LANES], [0.0; LANES]);
    let wholes = values.chunks_exact(LANES);
    for ((size, square), v) in sizes.iter_mut().zip(&mut squares).zip(wholes.remainder()) {
        *size += v.f64().abs();
        *square += v.f64() * v.f64();
    }
    for whole in wholes {
        for ((size, square), v) in sizes.iter_mut().zip(&mut squares).zip(whole) {
            *size += v.f64().abs();
            *square += v.f64() * v.f64();
        }
    }
    (sizes.iter().sum(), squares.iter().sum())
}

impl Regularizer for L1L2 {
    #[inline(always)]
    fn penalty<E: Element>(&self, _: Dims, values: &[E], gradient: Option<&mut [E]>) -> Result<f64> {
        let (l1, l2) = (factor("l1 of L1L2", self.l1)?, factor("l2 of L1L2", self.l2)?);
        if let Some(gradient) = gradient {
            let (slope, twice) = (E::of(l1), E::of(2.0 * l2));
            for (g, &v) in gradient.iter_mut().zip(values) {
                let below = if v < E::ZERO { -slope } else { E::ZERO };
                *g += if v > E::ZERO { slope } else { below } + twice * v;
            }
        }
        let (sizes, squares) = sums(values);
        // A factor of 0 leaves its sum out, whatever that is.
        let part = |factor: f64, sum: f64| if factor == 0.0 { 0.0 } else { factor * sum };
        Ok(part(l1, sizes) + part(l2, squares))
    }
}

configured! {
    [] L1L2, "L1L2", "keras.regularizers", Default::default(), |this, fields| {
        fields.field("l1", &mut this.l1)?;
        fields.field("l2", &mut this.l2)?;
    }
}
