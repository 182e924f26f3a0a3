use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = exp(x)`. Keras: `exponential`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Exponential;

impl Activate for Exponential {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = v.exp();
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        for (d, &y) in d.iter_mut().zip(y) {
            *d *= y;
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Exponential)
    }
}
