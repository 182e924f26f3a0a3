//! Elementary functions that run in vectors.
//!
//! Each is one straight line of multiplications, additions and selections, with neither branches nor
//! calls, so that the compiler turns a loop over it into vector code for whatever instructions a
//! [kernel](crate::backend) is compiled for. Nothing is fused: the bits are the same on every
//! processor. How far off the results are, the tests say.
//!
//! All coefficients are our own: minimax polynomials by Remez' exchange in 50 digits, for the error
//! relative to the function; each coefficient was rounded to the float and those of higher powers
//! fitted again.

mod erf;
mod exp;
mod f32;
mod f64;
mod float;
mod lanes;
mod ln;
mod tanh;
#[cfg(test)]
mod tests;

pub use erf::erf;
pub use exp::{exp, exp_m1};
pub(crate) use lanes::sum_over;
pub use lanes::{largest, sum};
pub use ln::{ln, ln_1p};
pub use tanh::tanh;

use float::Float;

/// `c₀ + c₁ x + c₂ x² + ..`; the even and the odd powers apart, because the two sums can be computed
/// at the same time.
#[inline(always)]
fn polynomial<F: Float>(x: F, coefficients: &[F]) -> F {
    let square = x * x;
    let (mut even, mut odd) = (F::ZERO, F::ZERO);
    for (i, &c) in coefficients.iter().enumerate().rev() {
        let part = if i % 2 == 0 { &mut even } else { &mut odd };
        // The highest power of each starts its sum: 0 times the square would not be left out.
        *part = if i + 2 < coefficients.len() { *part * square + c } else { c };
    }
    even + x * odd
}
