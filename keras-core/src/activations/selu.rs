use super::{Activate, Function};
use crate::element::Element;

const ALPHA: f64 = 1.673_263_242_354_377_2;
const SCALE: f64 = 1.050_700_987_355_480_5;

/// `f(x) = scale · x` above 0, `scale · alpha · (exp(x) - 1)` below, with alpha 1.6733 and scale
/// 1.0507, which keep mean 0 and variance 1. Keras: `selu`.
///
/// Source: Klambauer et al., "Self-normalizing neural networks", 2017.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Selu;

impl Activate for Selu {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            *v = if *v > E::ZERO { E::of(SCALE) * *v } else { E::of(SCALE * ALPHA) * v.exp_m1() };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        for (d, &y) in d.iter_mut().zip(y) {
            *d *= if y > E::ZERO { E::of(SCALE) } else { y + E::of(SCALE * ALPHA) };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Selu(ALPHA, SCALE))
    }
}
