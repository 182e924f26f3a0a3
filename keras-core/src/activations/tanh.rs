use super::{Activate, Function};
use crate::element::Element;

/// The hyperbolic tangent. Keras: `tanh`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tanh;

impl Activate for Tanh {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = v.tanh();
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        for (d, &y) in d.iter_mut().zip(y) {
            *d *= E::ONE - y * y;
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Tanh)
    }
}
