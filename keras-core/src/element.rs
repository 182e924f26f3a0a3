//! The numbers that a backend computes with.

use core::fmt::{Debug, Display};
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::maths;

/// One element of a buffer: a float or a class number.
pub trait Scalar: Copy + Default + PartialEq + PartialOrd + Debug + Send + Sync + 'static {
    /// Whether this is a number that can be computed with: neither NaN nor infinite.
    fn is_finite(self) -> bool;
    /// The nearest whole number.
    fn rounded(self) -> i64;
}

impl Scalar for i32 {
    fn is_finite(self) -> bool {
        true
    }
    fn rounded(self) -> i64 {
        self.into()
    }
}

/// A float: `f32` for work, `f64` for gradient checks and tight comparisons.
///
/// Only what the library's own formulas need, so that each is written once for both. The functions are
/// our own: loops over them run in vectors, they give the same bits on every processor, and lie within
/// two units in the last place of the exact value.
pub trait Element:
    Scalar
    + crate::backend::cpu::Vectors
    + Display
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
{
    /// 0
    const ZERO: Self;
    /// 1
    const ONE: Self;
    /// The nearest float to `v`.
    fn of(v: f64) -> Self;
    /// The same number as `f64`.
    fn f64(self) -> f64;
    /// `e^self`
    fn exp(self) -> Self;
    /// `e^self - 1`, exact near 0
    fn exp_m1(self) -> Self;
    /// natural logarithm
    fn ln(self) -> Self;
    /// `ln(1 + self)`, exact near 0
    fn ln_1p(self) -> Self;
    /// square root
    fn sqrt(self) -> Self;
    /// hyperbolic tangent
    fn tanh(self) -> Self;
    /// Gauss' error function
    fn erf(self) -> Self;
    /// without its sign
    fn abs(self) -> Self;
    /// The larger one; NaN if `self` is NaN.
    #[inline(always)]
    fn maximum(self, other: Self) -> Self {
        if self < other { other } else { self }
    }
    /// The smaller one; NaN if `self` is NaN.
    #[inline(always)]
    fn minimum(self, other: Self) -> Self {
        if self > other { other } else { self }
    }
    /// These numbers, if they are `f32`.
    #[doc(hidden)]
    fn f32s(_: &[Self]) -> Option<&[f32]> {
        None
    }
    #[doc(hidden)]
    fn f32s_mut(_: &mut [Self]) -> Option<&mut [f32]> {
        None
    }
    /// These numbers, if they are `f64`.
    #[doc(hidden)]
    fn f64s(_: &[Self]) -> Option<&[f64]> {
        None
    }
    #[doc(hidden)]
    fn f64s_mut(_: &mut [Self]) -> Option<&mut [f64]> {
        None
    }
    #[doc(hidden)]
    fn from_f32s(s: &[f32]) -> Option<&[Self]>;
    #[doc(hidden)]
    fn from_f64s(s: &[f64]) -> Option<&[Self]>;
}

macro_rules! element {
    ($t:ident, $f32s:expr, $f64s:expr, $same:ident, $same_mut:ident) => {
        impl Scalar for $t {
            #[inline(always)]
            fn is_finite(self) -> bool {
                $t::is_finite(self)
            }
            fn rounded(self) -> i64 {
                self.round() as i64
            }
        }
        impl Element for $t {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            #[inline(always)]
            fn of(v: f64) -> Self {
                v as $t
            }
            #[inline(always)]
            fn f64(self) -> f64 {
                f64::from(self)
            }
            #[inline(always)]
            fn exp(self) -> Self {
                maths::exp(self)
            }
            #[inline(always)]
            fn exp_m1(self) -> Self {
                maths::exp_m1(self)
            }
            #[inline(always)]
            fn ln(self) -> Self {
                maths::ln(self)
            }
            #[inline(always)]
            fn ln_1p(self) -> Self {
                maths::ln_1p(self)
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                $t::sqrt(self)
            }
            #[inline(always)]
            fn tanh(self) -> Self {
                maths::tanh(self)
            }
            #[inline(always)]
            fn erf(self) -> Self {
                maths::erf(self)
            }
            #[inline(always)]
            fn abs(self) -> Self {
                $t::abs(self)
            }
            fn $same(values: &[Self]) -> Option<&[Self]> {
                Some(values)
            }
            fn $same_mut(values: &mut [Self]) -> Option<&mut [Self]> {
                Some(values)
            }
            fn from_f32s(s: &[f32]) -> Option<&[Self]> {
                ($f32s)(s)
            }
            fn from_f64s(s: &[f64]) -> Option<&[Self]> {
                ($f64s)(s)
            }
        }
    };
}

element!(f32, Some, |_| None, f32s, f32s_mut);
element!(f64, |_| None, Some, f64s, f64s_mut);
