use super::sparsemax::threshold;
use super::{Activate, Function};
use crate::element::Element;
use crate::maths;

/// What Keras 3.15 computes for `sparsemax`, to the same numbers: for models that were trained there.
///
/// Its τ is `(Σᵢ cᵢ - 1) / k`, the `cᵢ` being the sums of the 1, 2, .. k largest elements; in the paper it is
/// `(cₖ - 1) / k`, as in [`Sparsemax`](super::Sparsemax). Where `k` is above 1 the outputs do not sum to 1,
/// and often are all 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct KerasSparsemax;

/// How often the element at `i` is in the sums, of the elements above `tau`: the smallest once.
#[inline(always)]
fn times<E: Element>(row: &[E], i: usize, tau: E) -> E {
    let mut times = E::ZERO;
    if row[i] > tau {
        for (j, &other) in row.iter().enumerate() {
            // Of equal elements, the first is the larger one.
            let smaller = other < row[i] || other == row[i] && j >= i;
            times += if other > tau && smaller { E::ONE } else { E::ZERO };
        }
    }
    times
}

/// The τ of the paper, the number of elements above it, and Keras' τ.
#[inline(always)]
fn thresholds<E: Element>(row: &[E], first: E) -> (E, E, E) {
    let largest = maths::largest(row, first);
    let tau = largest + threshold(row, largest);
    let count = maths::sum_over!(row, row, |v, _same| if v > tau { E::ONE } else { E::ZERO });
    let mut sum = E::ZERO;
    for (i, &v) in row.iter().enumerate() {
        sum += if v > tau { times(row, i, tau) * v } else { E::ZERO };
    }
    (tau, count, (sum - E::ONE) / count)
}

impl Activate for KerasSparsemax {
    const ELEMENTWISE: bool = false;
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let Some(&first) = row.first() else { return };
        let (_, _, tau) = thresholds(row, first);
        for v in row {
            *v = (*v - tau).maximum(E::ZERO);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], y: &[E], d: &mut [E]) {
        let Some(&first) = x.first() else { return };
        let (tau, count, _) = thresholds(x, first);
        let sum = maths::sum_over!(&*d, y, |d, y| if y > E::ZERO { d } else { E::ZERO });
        for (i, (d, &y)) in d.iter_mut().zip(y).enumerate() {
            *d = if y > E::ZERO { *d } else { E::ZERO };
            *d -= sum * times(x, i, tau) / count;
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::KerasSparsemax)
    }
}
