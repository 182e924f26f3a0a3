use super::{Activate, Function};
use crate::element::Element;
use crate::maths;

/// `f(x)ᵢ = xᵢ - ln Σⱼ exp(xⱼ)` over the last axis: the logarithm of a [`Softmax`](super::Softmax), exact
/// where that is almost 0. Keras: `log_softmax`.
///
/// The row's largest element is taken off first, so that large inputs do not overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LogSoftmax;

impl Activate for LogSoftmax {
    const ELEMENTWISE: bool = false;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let Some(&first) = row.first() else { return };
        let largest = maths::largest(row, first);
        for v in row.iter_mut() {
            *v -= largest;
        }
        let sum = maths::sum_over!(&*row, &*row, |v, _same| v.exp()).ln();
        for v in row {
            *v -= sum;
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        let sum = maths::sum(d);
        for (d, &y) in d.iter_mut().zip(y) {
            *d -= sum * y.exp();
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::LogSoftmax)
    }
}
