//! NEON registers: every 64-bit ARM processor has them.

use core::arch::aarch64::*;

use super::{Job, Vector};

/// Four `f32`.
pub type Floats = float32x4_t;
/// Two `f64`.
pub type Doubles = float64x2_t;

macro_rules! vector {
    ($vector:ty, $elem:ty, $len:literal, $splat:ident, $load:ident, $store:ident, $fma:ident, $add:ident, $max:ident, $sum:ident) => {
        // SAFETY: every access is to the elements that the caller names.
        unsafe impl Vector for $vector {
            type Elem = $elem;
            const LEN: usize = $len;
            const ROWS: usize = 12;

            #[inline(always)]
            unsafe fn splat(v: $elem) -> Self {
                // SAFETY: the caller's, here and below.
                unsafe { $splat(v) }
            }
            #[inline(always)]
            unsafe fn load(from: *const $elem) -> Self {
                // SAFETY: as above.
                unsafe { $load(from) }
            }
            #[inline(always)]
            unsafe fn load_first(from: *const $elem, n: usize) -> Self {
                let mut part = [0.0; $len];
                for (i, v) in part.iter_mut().enumerate() {
                    if i < n {
                        // SAFETY: as above.
                        *v = unsafe { *from.add(i) };
                    }
                }
                // SAFETY: as above.
                unsafe { $load(part.as_ptr()) }
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut $elem) {
                // SAFETY: as above.
                unsafe { $store(to, self) }
            }
            #[inline(always)]
            unsafe fn store_first(self, to: *mut $elem, n: usize) {
                let mut all = [0.0; $len];
                // SAFETY: as above.
                unsafe { $store(all.as_mut_ptr(), self) };
                for (i, v) in all.into_iter().enumerate() {
                    if i < n {
                        // SAFETY: as above.
                        unsafe { *to.add(i) = v };
                    }
                }
            }
            #[inline(always)]
            unsafe fn plus_product(self, a: Self, b: Self) -> Self {
                // SAFETY: as above.
                unsafe { $fma(self, a, b) }
            }
            #[inline(always)]
            unsafe fn rectified(self) -> Self {
                // SAFETY: as above.
                unsafe { $max(self, $splat(0.0)) }
            }
            #[inline(always)]
            unsafe fn plus(self, other: Self) -> Self {
                // SAFETY: as above.
                unsafe { $add(self, other) }
            }
            #[inline(always)]
            unsafe fn sum(self) -> $elem {
                // SAFETY: as above.
                unsafe { $sum(self) }
            }
            #[inline(never)]
            unsafe fn call<J: Job<$elem>>(job: J) -> J::Out {
                // SAFETY: as above.
                unsafe { job.run::<Self>() }
            }
        }
    };
}

vector!(float32x4_t, f32, 4, vdupq_n_f32, vld1q_f32, vst1q_f32, vfmaq_f32, vaddq_f32, vmaxq_f32, vaddvq_f32);
vector!(float64x2_t, f64, 2, vdupq_n_f64, vld1q_f64, vst1q_f64, vfmaq_f64, vaddq_f64, vmaxq_f64, vaddvq_f64);
