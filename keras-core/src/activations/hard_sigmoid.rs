use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = x / 6 + ½`, kept within 0 and 1: a [`Sigmoid`](super::Sigmoid) of straight lines. Keras:
/// `hard_sigmoid`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HardSigmoid;

/// From 0 at -3 to 1 at 3.
#[inline(always)]
pub(super) fn hard_sigmoid<E: Element>(x: E) -> E {
    (x + E::of(3.0)).maximum(E::ZERO).minimum(E::of(6.0)) / E::of(6.0)
}

impl Activate for HardSigmoid {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = hard_sigmoid(*v);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        for (d, &y) in d.iter_mut().zip(y) {
            let slope = if y < E::ONE { E::of(1.0 / 6.0) } else { E::ZERO };
            *d *= if y > E::ZERO { slope } else { E::ZERO };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::HardSigmoid)
    }
}
