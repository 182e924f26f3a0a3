use super::softplus::softplus;
use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = ln(1 / (1 + exp(-x)))`, without overflow. Keras: `log_sigmoid`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LogSigmoid;

impl Activate for LogSigmoid {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = -softplus(-*v);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        for (d, &y) in d.iter_mut().zip(y) {
            // 1 - sigmoid(x)
            *d *= -y.exp_m1();
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::LogSigmoid)
    }
}
