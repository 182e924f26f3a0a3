use super::sigmoid::sigmoid;
use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = ln(1 + exp(x))`. Keras: `softplus`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Softplus;

/// `ln(1 + exp(x))`, without overflow.
#[inline(always)]
pub(crate) fn softplus<E: Element>(x: E) -> E {
    x.maximum(E::ZERO) + (-x.abs()).exp().ln_1p()
}

impl Activate for Softplus {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = softplus(*v);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        for (d, &x) in d.iter_mut().zip(x) {
            *d *= sigmoid(x);
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Softplus)
    }
}
