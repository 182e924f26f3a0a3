use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = x / (1 + |x|)`. Keras: `softsign`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Softsign;

impl Activate for Softsign {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            // The limit of what would be inf / inf.
            let flat = if *v > E::ZERO { E::ONE } else { -E::ONE };
            let far = v.abs() == E::of(f64::INFINITY);
            *v = if far { flat } else { *v / (E::ONE + v.abs()) };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        for (d, &y) in d.iter_mut().zip(y) {
            // 1 / (1 + |x|)
            let rest = E::ONE - y.abs();
            *d *= rest * rest;
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Softsign)
    }
}
