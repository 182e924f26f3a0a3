use super::{Activate, Function};
use crate::element::Element;
use crate::maths;

/// `f(x)ᵢ = max(xᵢ - τ, 0)` over the last axis, with the τ that makes the sum 1: the point of the
/// probability simplex that is nearest to `x`, which has zeros where a [`Softmax`](super::Softmax) has
/// small numbers.
///
/// It is what Keras' `sparsemax` is documented to be. What Keras 3.15 computes differs where more than one
/// element is above τ: that is [`KerasSparsemax`](super::KerasSparsemax).
///
/// Source: Martins and Astudillo, "From softmax to sparsemax", 2016; τ is found without sorting, as in
/// Michelot, "A finite algorithm for finding the projection of a point onto the canonical simplex", 1986.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sparsemax;

/// The τ of a row without its largest element: what has to be taken off `x - largest`. It is from -1 to 0.
#[inline(always)]
pub(super) fn threshold<E: Element>(row: &[E], largest: E) -> E {
    // Each round leaves out elements that are at most the last τ, which were counted in it; when none are
    // left out, it is right.
    let (mut tau, mut count) = (-E::ONE, E::of(f64::INFINITY));
    loop {
        let sum =
            maths::sum_over!(row, row, |v, _same| if v - largest > tau { v - largest } else { E::ZERO });
        let left = maths::sum_over!(row, row, |v, _same| if v - largest > tau { E::ONE } else { E::ZERO });
        tau = (sum - E::ONE) / left;
        if left < count {
            count = left;
        } else {
            return tau;
        }
    }
}

impl Activate for Sparsemax {
    const ELEMENTWISE: bool = false;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let Some(&first) = row.first() else { return };
        let largest = maths::largest(row, first);
        let tau = threshold(row, largest);
        for v in row {
            *v = (*v - largest - tau).maximum(E::ZERO);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        let sum = maths::sum_over!(&*d, y, |d, y| if y > E::ZERO { d } else { E::ZERO });
        let count = maths::sum_over!(&*d, y, |_d, y| if y > E::ZERO { E::ONE } else { E::ZERO });
        let mean = sum / count;
        for (d, &y) in d.iter_mut().zip(y) {
            *d = if y > E::ZERO { *d - mean } else { E::ZERO };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Sparsemax)
    }
}
