use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = x · tanh(softplus(x))`. Keras: `mish`.
///
/// Source: Misra, "Mish: a self regularized non-monotonic activation function", 2019.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mish;

/// `tanh(softplus(x))` and its derivative, from `e = exp(-|x|)` alone: with `E = exp(x)` they are
/// `E (E + 2) / (E² + 2 E + 2)` and `4 E (E + 1) / (E² + 2 E + 2)²`; neither form overflows on its side.
#[inline(always)]
fn gate<E: Element>(x: E) -> (E, E) {
    let (two, four) = (E::of(2.0), E::of(4.0));
    let e = (-x.abs()).exp();
    let below = x < E::ZERO;
    let top = if below { e * (e + two) } else { E::ONE + two * e };
    let bottom = top + if below { two } else { two * e * e };
    let slope = four * e * (E::ONE + e) * if below { E::ONE } else { e };
    (top / bottom, slope / (bottom * bottom))
}

/// A product whose limit is 0 where one factor is: -inf · 0 would be NaN.
#[inline(always)]
fn product<E: Element>(x: E, factor: E) -> E {
    if factor == E::ZERO { E::ZERO } else { x * factor }
}

impl Activate for Mish {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = product(*v, gate(*v).0);
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        for (d, &x) in d.iter_mut().zip(x) {
            let (gate, slope) = gate(x);
            *d *= gate + product(x, slope);
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Mish)
    }
}
