//! `erf`: a polynomial near 0, and `1 - exp(-x²) · P(x) / Q(x)` elsewhere.

use super::exp::exp;
use super::float::Float;
use super::polynomial;

/// Gauss' error function.
#[inline(always)]
pub fn erf<F: Float>(x: F) -> F {
    let a = x.abs().at_most(F::ERF_MAX);
    let square = a * a;
    let near = a + a * polynomial(square, F::ERF);
    let (p, q) = F::ERFC;
    let far = F::ONE - exp(-square) * polynomial(a, p) / polynomial(a, q);
    let y = if a < F::ONE { near } else { far };
    y.copysign(x)
}
