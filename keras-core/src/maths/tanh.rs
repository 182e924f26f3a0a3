//! `tanh`: a polynomial near 0, and `1 - 2 / (exp(2 x) + 1)` elsewhere.

use super::exp::exp;
use super::float::Float;
use super::polynomial;

/// The hyperbolic tangent.
#[inline(always)]
pub fn tanh<F: Float>(x: F) -> F {
    let a = x.abs();
    let square = a * a;
    let near = a + a * (square * polynomial(square, F::TANH));
    let far = F::ONE - F::TWO / (exp(a + a) + F::ONE);
    let y = if a < F::TANH_SMALL { near } else { far };
    y.copysign(x)
}
