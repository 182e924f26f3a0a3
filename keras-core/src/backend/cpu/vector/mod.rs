//! Vectors of floats: the few operations that products need, for each kind of vector register.
//!
//! Products are written once, over [`Vector`], and compiled for each kind: [`Vectors::at`] picks the
//! kind by the [`Level`] and enters through [`Vector::call`], a function that enables its
//! instructions. All that a [`Job`] calls on the way to a vector operation is `#[inline(always)]`.

#[cfg(target_arch = "aarch64")]
mod neon;
mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

use super::conv::{Gradient, Slide};
use super::simd::Level;
use crate::element::{Element, Scalar};
pub use portable::Portable;

/// Work for vectors of `E`.
pub trait Job<E> {
    type Out;
    /// Does it. Implementations are `#[inline(always)]`.
    ///
    /// # Safety
    /// The processor must have the instructions of `V`.
    unsafe fn run<V: Vector<Elem = E>>(self) -> Self::Out;
}

/// A vector register of floats.
///
/// # Safety
/// Loads and stores must touch only the elements that they name. Of a caller, all methods require
/// that the processor has the instructions of this kind of vector, and that pointers are valid for
/// the elements that are named.
#[doc(hidden)]
#[allow(clippy::missing_safety_doc, reason = "said once, for all methods")]
pub unsafe trait Vector: Copy {
    type Elem: Element;
    /// How many elements it has.
    const LEN: usize;
    /// How many rows of two vectors each the register file holds, with room for operands.
    const ROWS: usize;

    /// The same element everywhere.
    unsafe fn splat(v: Self::Elem) -> Self;
    /// `LEN` elements.
    unsafe fn load(from: *const Self::Elem) -> Self;
    /// The first `n` elements, at most `LEN`; zeros after them.
    unsafe fn load_first(from: *const Self::Elem, n: usize) -> Self;
    /// Stores all elements.
    unsafe fn store(self, to: *mut Self::Elem);
    /// Stores the first `n` elements, at most `LEN`.
    unsafe fn store_first(self, to: *mut Self::Elem, n: usize);
    /// `self + a b`, rounded once where the processor can.
    unsafe fn plus_product(self, a: Self, b: Self) -> Self;
    /// `self + other`
    unsafe fn plus(self, other: Self) -> Self;
    /// The sum of all elements, always in the same order.
    unsafe fn sum(self) -> Self::Elem;
    /// Writes the transpose of a block of `LEN` by `LEN` elements; rows are `from_row` and `to_row`
    /// elements apart.
    #[inline(always)]
    unsafe fn transpose(from: *const Self::Elem, from_row: usize, to: *mut Self::Elem, to_row: usize) {
        for i in 0..Self::LEN {
            for j in 0..Self::LEN {
                // SAFETY: inside of the two blocks.
                unsafe { *to.add(j * to_row + i) = *from.add(i * from_row + j) };
            }
        }
    }
    /// Runs a job in a function of its own that has this kind's instructions.
    unsafe fn call<J: Job<Self::Elem>>(job: J) -> J::Out;
}

/// A float that there are vectors of.
#[doc(hidden)]
pub trait Vectors: Scalar {
    /// Runs a job with the vectors of a level, which the processor must have.
    fn at<J: Job<Self>>(level: Level, job: J) -> J::Out;
    /// Runs a convolution. It is no generic function, so that it is compiled here, once, and not again
    /// with every program that has one: there are many tiles.
    fn slide(level: Level, job: Slide<Self>);
    /// The same for the gradient by the weights.
    fn gradient(level: Level, job: Gradient<Self>);
}

macro_rules! vectors {
    ($elem:ty, $portable:literal, $neon:path, $avx2:path, $avx512:path) => {
        impl Vectors for $elem {
            #[inline]
            fn at<J: Job<Self>>(level: Level, job: J) -> J::Out {
                // SAFETY: a level is only made where the processor has it; `Portable` needs nothing.
                unsafe {
                    match level {
                        Level::Portable => Portable::<$elem, $portable>::call(job),
                        #[cfg(target_arch = "aarch64")]
                        Level::Neon => <$neon>::call(job),
                        #[cfg(target_arch = "x86_64")]
                        Level::Avx2 => <$avx2>::call(job),
                        #[cfg(target_arch = "x86_64")]
                        Level::Avx512 => <$avx512>::call(job),
                    }
                }
            }
            fn slide(level: Level, job: Slide<Self>) {
                Self::at(level, job);
            }
            fn gradient(level: Level, job: Gradient<Self>) {
                Self::at(level, job);
            }
        }
    };
}

vectors!(f32, 4, neon::Floats, core::arch::x86_64::__m256, core::arch::x86_64::__m512);
vectors!(f64, 2, neon::Doubles, core::arch::x86_64::__m256d, core::arch::x86_64::__m512d);
