use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = x`, kept within -1 and 1. Keras: `hard_tanh`; its derivative at -1 and 1 is 1, as there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HardTanh;

impl Activate for HardTanh {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = v.maximum(-E::ONE).minimum(E::ONE);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        for (d, &x) in d.iter_mut().zip(x) {
            *d = if x.abs() > E::ONE { E::ZERO } else { *d };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::HardTanh)
    }
}
