use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = max(x, 0)`. Keras: `relu`; its derivative at 0 is 0, as there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Relu;

impl Activate for Relu {
    const RECTIFIES: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = v.maximum(E::ZERO);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        for (d, &y) in d.iter_mut().zip(y) {
            *d = if y > E::ZERO { *d } else { E::ZERO };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Relu)
    }
}
