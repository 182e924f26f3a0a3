use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = x`, kept within 0 and 6. Keras: `relu6`; its derivative at 0 and 6 is 0, as there.
///
/// Source: Krizhevsky, "Convolutional deep belief networks on CIFAR-10", 2010.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Relu6;

impl Activate for Relu6 {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = v.maximum(E::ZERO).minimum(E::of(6.0));
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        for (d, &y) in d.iter_mut().zip(y) {
            let inside = if y < E::of(6.0) { *d } else { E::ZERO };
            *d = if y > E::ZERO { inside } else { E::ZERO };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Relu6)
    }
}
