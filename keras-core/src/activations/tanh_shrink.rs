use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = x - tanh(x)`. Keras: `tanh_shrink`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TanhShrink;

impl Activate for TanhShrink {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v -= v.tanh();
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        for (d, &x) in d.iter_mut().zip(x) {
            let tanh = x.tanh();
            *d *= tanh * tanh;
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::TanhShrink)
    }
}
