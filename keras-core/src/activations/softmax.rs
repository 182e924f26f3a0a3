use super::{Activate, Function};
use crate::element::Element;
use crate::maths;

/// `f(x)ᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)` over the last axis. Keras: `softmax`.
///
/// The row's largest element is taken off first, so that large inputs do not overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Softmax;

impl Activate for Softmax {
    const ELEMENTWISE: bool = false;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let Some(&first) = row.first() else { return };
        let largest = maths::largest(row, first);
        for v in row.iter_mut() {
            *v = (*v - largest).exp();
        }
        let sum = maths::sum(row);
        for v in row {
            *v /= sum;
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        let dot = maths::sum_over!(&*d, y, |d, y| d * y);
        for (d, &y) in d.iter_mut().zip(y) {
            *d = (*d - dot) * y;
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Softmax)
    }
}
