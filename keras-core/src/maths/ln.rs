//! `ln` and `ln_1p`: `x = 2ᵉ (1 + f)`, so that `ln x = e ln 2 + ln(1 + f)` with a small `f`.

use super::float::Float;
use super::polynomial;

/// `e ln 2 + ln(1 + f)`
#[inline(always)]
fn sum<F: Float>(e: F, f: F) -> F {
    // With s = f / (2 + f), ln(1 + f) is the odd function 2 s + .. of s; 2 s is f - (h - s h) with
    // h = ½ f², of which only f is large.
    let s = f / (F::TWO + f);
    let square = s * s;
    let half = F::HALF * f * f;
    let curved = s * (half + square * polynomial(square, F::LN));
    e * F::LN_2.0 - ((half - (curved + e * F::LN_2.1)) - f)
}

/// The natural logarithm; -∞ of 0, NaN of what is below it.
#[inline(always)]
pub fn ln<F: Float>(x: F) -> F {
    let denormal = x < F::MIN_POSITIVE;
    let lifted = if denormal { x * F::LIFT.0 } else { x };
    let (m, e, _) = lifted.split();
    let e = e - if denormal { F::LIFT.1 } else { F::ZERO };
    let y = sum(e, m - F::ONE);
    let y = if x < F::INFINITY { y } else { x };
    let y = if x == F::ZERO { -F::INFINITY } else { y };
    if x < F::ZERO { F::NAN } else { y }
}

/// `ln(1 + x)`, exact near 0; -∞ of -1, NaN of what is below it.
#[inline(always)]
pub fn ln_1p<F: Float>(x: F) -> F {
    let u = F::ONE + x;
    // What the rounding of `u` took away.
    let rest = if x < F::ONE { x - (u - F::ONE) } else { F::ONE - (u - x) };
    let (m, e, inverse) = u.split();
    let rest = if x < F::HUGE { rest * inverse } else { F::ZERO };
    let y = sum(e, (m - F::ONE) + rest);
    let y = if x.abs() < F::TINY { x } else { y };
    let y = if x < F::INFINITY { y } else { x };
    let y = if x == -F::ONE { -F::INFINITY } else { y };
    if x < -F::ONE { F::NAN } else { y }
}
