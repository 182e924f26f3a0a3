//! Sums and maxima over rows, in vectors: sixteen side by side, in an order that does not depend on
//! the processor.

use crate::element::Element;

const LANES: usize = 16;

/// The sum of the elements.
#[inline(always)]
pub fn sum<E: Element>(x: &[E]) -> E {
    let mut total = E::ZERO;
    let wholes = x.chunks_exact(LANES);
    let rest = wholes.remainder();
    if x.len() >= LANES {
        let mut sums = [E::ZERO; LANES];
        for x in wholes {
            for (sum, &x) in sums.iter_mut().zip(x) {
                *sum += x;
            }
        }
        for &sum in &sums {
            total += sum;
        }
    }
    for &x in rest {
        total += x;
    }
    total
}

/// `sum_over!(a, b, |x, y| value)`: the sum of the values of pairs of elements. A macro, because a
/// large closure is not always compiled into the loop, and then the loop does not run in vectors.
macro_rules! sum_over {
    ($a:expr, $b:expr, |$x:ident, $y:ident| $value:expr) => {{
        const LANES: usize = 16;
        let (a, b) = ($a, $b);
        let (wholes_a, wholes_b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
        let (rest_a, rest_b) = (wholes_a.remainder(), wholes_b.remainder());
        let mut lanes = [E::ZERO; LANES];
        let mut total = E::ZERO;
        if a.len() >= LANES {
            for (a, b) in wholes_a.zip(wholes_b) {
                for ((lane, &$x), &$y) in lanes.iter_mut().zip(a).zip(b) {
                    *lane += $value;
                }
            }
            for &lane in &lanes {
                total += lane;
            }
        }
        // First all values of the rest, in vectors, then their sum.
        for ((lane, &$x), &$y) in lanes.iter_mut().zip(rest_a).zip(rest_b) {
            *lane = $value;
        }
        for &lane in lanes.iter().take(rest_a.len()) {
            total += lane;
        }
        total
    }};
}
pub(crate) use sum_over;

/// The largest element; `first` if there is none. NaN counts only where it is `first`.
#[inline(always)]
pub fn largest<E: Element>(x: &[E], first: E) -> E {
    let mut largest = first;
    let wholes = x.chunks_exact(LANES);
    let rest = wholes.remainder();
    if x.len() >= LANES {
        let mut lanes = [first; LANES];
        for x in wholes {
            for (lane, &x) in lanes.iter_mut().zip(x) {
                *lane = lane.maximum(x);
            }
        }
        for &lane in &lanes {
            largest = largest.maximum(lane);
        }
    }
    for &x in rest {
        largest = largest.maximum(x);
    }
    largest
}
