use core::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI};

use super::{Activate, Function};
use crate::config::configured;
use crate::element::Element;

/// `f(x) = x · Φ(x)`, Φ being the normal distribution's cumulative function. Keras: `gelu`.
///
/// Φ is exact by default; with [`approximate`](Self::approximate) it is, as there,
/// `½ · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`.
///
/// Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gelu {
    approximate: bool,
}

impl Gelu {
    /// With the approximation by tanh.
    #[must_use]
    pub const fn approximate() -> Self {
        Self { approximate: true }
    }
}

/// `√(2/π)` and the share of the cube in the approximation.
const ROOT: f64 = FRAC_2_SQRT_PI * FRAC_1_SQRT_2;
const CUBE: f64 = 0.044_715;

/// Φ and its derivative.
#[inline(always)]
fn exact<E: Element>(x: E) -> (E, E) {
    let density = E::of(0.5 * ROOT) * (-(x * x) * E::of(0.5)).exp();
    (E::of(0.5) * (E::ONE + (x * E::of(FRAC_1_SQRT_2)).erf()), density)
}

/// The same of the approximation.
#[inline(always)]
fn approximate<E: Element>(x: E) -> (E, E) {
    let square = x * x;
    let tanh = (E::of(ROOT) * x * (E::ONE + E::of(CUBE) * square)).tanh();
    let slope = E::of(ROOT) * (E::ONE + E::of(3.0 * CUBE) * square);
    let flat = E::ONE - tanh * tanh;
    // Far out the slope may be infinite where the tanh is flat already.
    let density = if flat == E::ZERO { E::ZERO } else { E::of(0.5) * flat * slope };
    (E::of(0.5) * (E::ONE + tanh), density)
}

/// A product whose limit is 0 where one factor is: -inf · 0 would be NaN.
#[inline(always)]
fn product<E: Element>(x: E, factor: E) -> E {
    if factor == E::ZERO { E::ZERO } else { x * factor }
}

/// The slope of `x · Φ(x)`.
#[inline(always)]
fn slope<E: Element>(x: E, (p, density): (E, E)) -> E {
    p + product(x, density)
}

impl Activate for Gelu {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        if self.approximate {
            for v in row {
                *v = product(*v, approximate(*v).0);
            }
        } else {
            for v in row {
                *v = product(*v, exact(*v).0);
            }
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        if self.approximate {
            for (d, &x) in d.iter_mut().zip(x) {
                *d *= slope(x, approximate(x));
            }
        } else {
            for (d, &x) in d.iter_mut().zip(x) {
                *d *= slope(x, exact(x));
            }
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Gelu(self.approximate))
    }
}

configured! {
    [] Gelu, "Gelu", "keras.activations", Default::default(), |this, fields| {
        fields.field("approximate", &mut this.approximate)?;
    }
}
