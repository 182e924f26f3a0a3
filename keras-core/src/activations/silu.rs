use super::sigmoid::sigmoid;
use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = x · sigmoid(x)`. Keras: `silu` (`swish`).
///
/// Source: Ramachandran, Zoph and Le, "Searching for activation functions", 2017.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Silu;

impl Activate for Silu {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v *= sigmoid(*v);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], y: &[E], d: &mut [E]) {
        for ((d, &x), &y) in d.iter_mut().zip(x).zip(y) {
            let s = sigmoid(x);
            *d *= s + y * (E::ONE - s);
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Silu)
    }
}
