//! What the formulas need to know of a float: its bits, and their coefficients.

use core::ops::{Add, Div, Mul, Neg, Sub};

/// A float, and for each formula the numbers that give it as many digits as the float has.
pub trait Float:
    Copy
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    const ZERO: Self;
    const HALF: Self;
    const ONE: Self;
    const TWO: Self;
    const INFINITY: Self;
    const NAN: Self;
    /// The smallest number that is not denormal.
    const MIN_POSITIVE: Self;
    /// Half a unit in the last place of 1: below it, `x` and odd functions of slope 1 are the same.
    const TINY: Self;
    /// A power of two that lifts denormals out of their range, and its exponent.
    const LIFT: (Self, Self);
    /// From here on `1 + x` is `x`.
    const HUGE: Self;
    /// Added to a number, this rounds it to a whole one, which then stands in the lowest bits.
    const SHIFT: Self;
    const LOG2_E: Self;
    /// ln 2 in two parts; the first has so few digits that its product with an exponent is exact.
    const LN_2: (Self, Self);
    /// Beyond these, `exp` is 0 and infinite.
    const EXP_RANGE: (Self, Self);
    /// Below this, `exp_m1` is -1.
    const EXP_M1_MIN: Self;
    /// `(exp(x) - 1 - x) / x²` for `|x| ≤ ½ ln 2`
    const EXP: &'static [Self];
    /// `(ln((1 + s) / (1 - s)) - 2 s) / s³` in `s²`, for `(1 + s) / (1 - s)` from √½ to √2
    const LN: &'static [Self];
    /// `(tanh(x) - x) / x³` in `x²`, for `|x| ≤ 0.625`
    const TANH: &'static [Self];
    const TANH_SMALL: Self;
    /// `erf(x) / x - 1` in `x²`, for `|x| ≤ 1`
    const ERF: &'static [Self];
    /// From here on, `erf` is 1.
    const ERF_MAX: Self;
    /// `erfc(x) · exp(x²)` from 1 to `ERF_MAX`: numerator and denominator
    const ERFC: (&'static [Self], &'static [Self]);

    /// Without its sign.
    fn abs(self) -> Self;
    /// With the sign of another.
    fn copysign(self, sign: Self) -> Self;
    /// Two powers of two whose product is 2ⁿ, where `self` is `n + SHIFT`: 2ⁿ may be out of range.
    fn powers(self) -> (Self, Self);
    /// 2ⁿ⁻¹, where `self` is `n + SHIFT`.
    fn half_power(self) -> Self;
    /// `m` from √½ to √2, `e` and 2⁻ᵉ, so that `self` is `m · 2ᵉ`; for positive finite numbers that
    /// are not denormal. 2⁻ᵉ has no meaning for the largest `e`.
    fn split(self) -> (Self, Self, Self);

    /// The smaller of two; NaN if `self` is NaN.
    #[inline(always)]
    fn at_most(self, other: Self) -> Self {
        if self > other { other } else { self }
    }
    /// The larger of two; NaN if `self` is NaN.
    #[inline(always)]
    fn at_least(self, other: Self) -> Self {
        if self < other { other } else { self }
    }
}

macro_rules! float {
    ($t:ident, $bits:ident, { $($constants:tt)* }) => {
        /// Bits behind the point, and what is added to an exponent to store it.
        const DIGITS: u32 = $t::MANTISSA_DIGITS - 1;
        const BIAS: $bits = $t::MAX_EXP as $bits - 1;

        impl Float for $t {
            const ZERO: Self = 0.0;
            const HALF: Self = 0.5;
            const ONE: Self = 1.0;
            const TWO: Self = 2.0;
            const INFINITY: Self = $t::INFINITY;
            const NAN: Self = $t::NAN;
            const MIN_POSITIVE: Self = $t::MIN_POSITIVE;
            const TINY: Self = $t::EPSILON / 2.0;
            const HUGE: Self = 4.0 / $t::EPSILON;
            const LIFT: (Self, Self) = (2.0 / $t::EPSILON, $t::MANTISSA_DIGITS as $t);
            const SHIFT: Self = 1.5 / $t::EPSILON;
            const LOG2_E: Self = core::$t::consts::LOG2_E;
            const TANH_SMALL: Self = 0.625;
            $($constants)*

            #[inline(always)]
            fn abs(self) -> Self {
                $t::abs(self)
            }
            #[inline(always)]
            fn copysign(self, sign: Self) -> Self {
                $t::copysign(self, sign)
            }
            #[inline(always)]
            fn powers(self) -> (Self, Self) {
                // Twice the bias keeps the sum positive, and leaves the bias in each half.
                let sum = self.to_bits().wrapping_sub(Self::SHIFT.to_bits() - 2 * BIAS);
                let half = sum >> 1;
                let rest = sum.wrapping_sub(half);
                ($t::from_bits(half << DIGITS), $t::from_bits(rest << DIGITS))
            }
            #[inline(always)]
            fn half_power(self) -> Self {
                let exponent = self.to_bits().wrapping_sub(Self::SHIFT.to_bits() - (BIAS - 1));
                $t::from_bits(exponent << DIGITS)
            }
            #[inline(always)]
            fn split(self) -> (Self, Self, Self) {
                const ROOT: $bits = core::$t::consts::FRAC_1_SQRT_2.to_bits();
                const BITS_OF_ONE: $bits = (1.0 as $t).to_bits();
                // The power of two at which a float's unit is 1: whole numbers stand in its low bits.
                const WHOLE: $t = 1.0 / $t::EPSILON;
                let from_root = self.to_bits().wrapping_add(BITS_OF_ONE - ROOT);
                let m = $t::from_bits((from_root & ((1 << DIGITS) - 1)).wrapping_add(ROOT));
                let e = from_root >> DIGITS;
                let inverse = (2 * BIAS).wrapping_sub(e);
                let whole = $t::from_bits(WHOLE.to_bits() | e);
                (m, whole - (WHOLE + BIAS as $t), $t::from_bits(inverse << DIGITS))
            }
        }
    };
}
pub(super) use float;
