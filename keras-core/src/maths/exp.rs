//! `exp` and `exp_m1`: `x = n ln 2 + r`, so that `exp(x) = 2ⁿ exp(r)` with a small `r`.

use super::float::Float;
use super::polynomial;

/// `n + SHIFT`, `exp(r) - 1`.
#[inline(always)]
fn reduced<F: Float>(x: F) -> (F, F) {
    let shifted = x * F::LOG2_E + F::SHIFT;
    let n = shifted - F::SHIFT;
    let high = x - n * F::LN_2.0;
    let low = n * F::LN_2.1;
    let r = high - low;
    // What the rounding of `r` took away.
    let rest = (high - r) - low;
    (shifted, r + (r * r * polynomial(r, F::EXP) + rest))
}

/// `e^x`
#[inline(always)]
pub fn exp<F: Float>(x: F) -> F {
    let x = x.at_least(F::EXP_RANGE.0).at_most(F::EXP_RANGE.1);
    let (n, p) = reduced(x);
    let (a, b) = n.powers();
    (F::ONE + p) * a * b
}

/// `e^x - 1`, exact near 0
#[inline(always)]
pub fn exp_m1<F: Float>(x: F) -> F {
    let inside = x.at_least(F::EXP_M1_MIN).at_most(F::EXP_RANGE.1);
    let (n, p) = reduced(inside);
    // By half of 2ⁿ, which is always in range.
    let half = n.half_power();
    let y = F::TWO * (half * p + (half - F::HALF));
    if x.abs() < F::TINY { x } else { y }
}
