use core::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI};

use super::Activate;
use crate::element::Element;

/// `f(x) = x · Φ(x)`, Φ being the normal distribution's cumulative function. Keras: `gelu` with its
/// default `approximate=False`.
///
/// Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gelu;

#[inline(always)]
fn cumulative<E: Element>(x: E) -> E {
    E::of(0.5) * (E::ONE + (x * E::of(FRAC_1_SQRT_2)).erf())
}

impl Activate for Gelu {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            // -inf · 0 would be NaN; the limit is 0.
            let p = cumulative(*v);
            *v = if p == E::ZERO { E::ZERO } else { *v * p };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        let height = E::of(0.5 * FRAC_2_SQRT_PI * FRAC_1_SQRT_2);
        for (d, &x) in d.iter_mut().zip(x) {
            let density = height * (-(x * x) * E::of(0.5)).exp();
            let slope = if density == E::ZERO { E::ZERO } else { x * density };
            *d *= cumulative(x) + slope;
        }
    }
}
