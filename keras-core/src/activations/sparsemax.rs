use super::Activate;
use crate::element::Element;
use crate::maths;

/// `f(x)ᵢ = max(xᵢ - τ, 0)` over the last axis, with the τ that makes the sum 1: the point of the
/// probability simplex that is nearest to `x`, which has zeros where a [`Softmax`](super::Softmax) has
/// small numbers. Keras: `sparsemax`.
///
/// Source: Martins and Astudillo, "From softmax to sparsemax", 2016; τ is found without sorting, as in
/// Michelot, "A finite algorithm for finding the projection of a point onto the canonical simplex", 1986.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sparsemax;

impl Activate for Sparsemax {
    const ELEMENTWISE: bool = false;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let Some(&first) = row.first() else { return };
        let largest = maths::largest(row, first);
        for v in row.iter_mut() {
            *v -= largest;
        }
        // The largest is 0 now, so τ is from -1 to 0. Each round leaves out elements that are at most the
        // last τ, which were counted in it; when none are left out, it is right.
        let (mut tau, mut count) = (-E::ONE, E::of(f64::INFINITY));
        loop {
            let sum = maths::sum_over!(&*row, &*row, |v, _same| if v > tau { v } else { E::ZERO });
            let left = maths::sum_over!(&*row, &*row, |v, _same| if v > tau { E::ONE } else { E::ZERO });
            tau = (sum - E::ONE) / left;
            // NaN counts nowhere: then this is 0 in the first round and in the second.
            if left < count {
                count = left;
            } else {
                break;
            }
        }
        for v in row {
            *v = (*v - tau).maximum(E::ZERO);
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
}
