use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = ¼ · (x + 1)²` from -1 to 1, 0 below, `x` above. Keras: `sparse_plus`.
///
/// Its derivative is [`SparseSigmoid`](super::SparseSigmoid).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SparsePlus;

impl Activate for SparsePlus {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            let root = (*v + E::ONE).maximum(E::ZERO);
            *v = if *v < E::ONE { E::of(0.25) * root * root } else { *v };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        for (d, &x) in d.iter_mut().zip(x) {
            *d *= super::sparse_sigmoid::sparse_sigmoid(x);
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::SparsePlus)
    }
}
