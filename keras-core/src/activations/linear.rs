use super::{Activate, Function};
use crate::element::Element;

/// The identity, `f(x) = x`. Keras: `linear`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Linear;

impl Activate for Linear {
    const IDENTITY: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, _row: &mut [E]) {}
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], _y: &[E], _d: &mut [E]) {}
    fn function(&self) -> Option<Function> {
        Some(Function::Linear)
    }
}
