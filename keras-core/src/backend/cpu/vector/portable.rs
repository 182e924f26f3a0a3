use super::{Job, Vector};
use crate::element::Element;

/// A vector in plain Rust, for any processor.
#[derive(Clone, Copy)]
pub struct Portable<E, const N: usize>([E; N]);

// SAFETY: every access is to the elements that the caller names.
unsafe impl<E: Element, const N: usize> Vector for Portable<E, N> {
    type Elem = E;
    const LEN: usize = N;
    const ROWS: usize = 4;

    #[inline(always)]
    unsafe fn splat(v: E) -> Self {
        Self([v; N])
    }
    #[inline(always)]
    unsafe fn load(from: *const E) -> Self {
        // SAFETY: the caller's.
        Self(core::array::from_fn(|i| unsafe { *from.add(i) }))
    }
    #[inline(always)]
    unsafe fn load_first(from: *const E, n: usize) -> Self {
        // SAFETY: the caller's.
        Self(core::array::from_fn(|i| if i < n { unsafe { *from.add(i) } } else { E::ZERO }))
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut E) {
        for i in 0..N {
            // SAFETY: the caller's.
            unsafe { *to.add(i) = self.0[i] };
        }
    }
    #[inline(always)]
    unsafe fn store_first(self, to: *mut E, n: usize) {
        for i in 0..N {
            if i < n {
                // SAFETY: the caller's.
                unsafe { *to.add(i) = self.0[i] };
            }
        }
    }
    #[inline(always)]
    unsafe fn plus_product(self, a: Self, b: Self) -> Self {
        Self(core::array::from_fn(|i| self.0[i] + a.0[i] * b.0[i]))
    }
    #[inline(always)]
    unsafe fn rectified(self) -> Self {
        Self(self.0.map(|v| v.maximum(E::ZERO)))
    }
    #[inline(always)]
    unsafe fn plus(self, other: Self) -> Self {
        Self(core::array::from_fn(|i| self.0[i] + other.0[i]))
    }
    #[inline(always)]
    unsafe fn sum(self) -> E {
        self.0.into_iter().fold(E::ZERO, |sum, v| sum + v)
    }
    #[inline(never)]
    unsafe fn call<J: Job<E>>(job: J) -> J::Out {
        // SAFETY: plain code needs no special instructions.
        unsafe { job.run::<Self>() }
    }
}
