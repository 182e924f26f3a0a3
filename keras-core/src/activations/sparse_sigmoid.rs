use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = ½ · (x + 1)`, kept within 0 and 1. Keras: `sparse_sigmoid`; its derivative at -1 and 1 is 0,
/// as there.
///
/// Source: Blondel, Martins and Niculae, "Learning classifiers with Fenchel-Young losses", 2019.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SparseSigmoid;

/// From 0 at -1 to 1 at 1.
#[inline(always)]
pub(super) fn sparse_sigmoid<E: Element>(x: E) -> E {
    (E::of(0.5) * (x + E::ONE)).maximum(E::ZERO).minimum(E::ONE)
}

impl Activate for SparseSigmoid {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = sparse_sigmoid(*v);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        for (d, &y) in d.iter_mut().zip(y) {
            let slope = if y < E::ONE { E::of(0.5) } else { E::ZERO };
            *d *= if y > E::ZERO { slope } else { E::ZERO };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::SparseSigmoid)
    }
}
