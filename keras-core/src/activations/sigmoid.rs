use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = 1 / (1 + exp(-x))`. Keras: `sigmoid`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sigmoid;

/// The logistic function, without overflow on either side.
#[inline(always)]
pub(crate) fn sigmoid<E: Element>(x: E) -> E {
    let e = (-x.abs()).exp();
    (if x < E::ZERO { e } else { E::ONE }) / (E::ONE + e)
}

impl Activate for Sigmoid {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = sigmoid(*v);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        for (d, &y) in d.iter_mut().zip(y) {
            *d *= y * (E::ONE - y);
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Sigmoid)
    }
}
