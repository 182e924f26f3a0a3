//! Numbers that a logarithm is taken of.

use crate::element::Element;
use crate::maths;

/// Keras' `epsilon()`.
pub const EPSILON: f64 = 1e-7;

/// A probability that is far enough from 0 and 1 for a logarithm, and whether it was already: where
/// it was not, its gradient is 0.
#[inline(always)]
pub fn clip<E: Element>(p: E) -> (E, bool) {
    let (low, high) = (E::of(EPSILON), E::of(1.0 - EPSILON));
    (p.maximum(low).minimum(high), p >= low && p <= high)
}

/// `ln Σ exp(x)` as two parts, the largest `x` and what is to be added to it, so that the difference
/// from an `x` is exact; the softmax of `x` is written as well, if asked.
#[inline(always)]
pub fn log_sum_exp<E: Element>(x: &[E], softmax: Option<&mut [E]>) -> (E, E) {
    let Some(&first) = x.first() else { return (E::ZERO, E::ZERO) };
    let largest = maths::largest(x, first);
    let sum = match softmax {
        None => maths::sum_over!(x, x, |x, _y| (x - largest).exp()),
        Some(softmax) => {
            for (s, &x) in softmax.iter_mut().zip(x) {
                *s = (x - largest).exp();
            }
            let sum = maths::sum(softmax);
            let factor = E::ONE / sum;
            for s in softmax {
                *s *= factor;
            }
            sum
        }
    };
    (largest, sum.ln())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipping_says_where_it_did_nothing() {
        assert_eq!(clip(0.25), (0.25, true));
        assert_eq!(clip(0.0), (1e-7, false));
        assert_eq!(clip(1.5), (1.0 - 1e-7, false));
        assert!(clip(1.0_f32).0 < 1.0);
    }

    #[test]
    fn large_numbers_do_not_overflow() {
        let mut softmax = [0.0; 2];
        let parts = log_sum_exp(&[1000.0, 1000.0], Some(&mut softmax));
        assert_eq!(parts, (1000.0, 2.0_f64.ln()));
        assert_eq!(softmax, [0.5, 0.5]);
    }
}
