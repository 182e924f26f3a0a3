use super::hard_sigmoid::hard_sigmoid;
use super::{Activate, Function};
use crate::element::Element;

/// `f(x) = x · hard_sigmoid(x)`: 0 below -3, `x` above 3. Keras: `hard_silu` (`hard_swish`).
///
/// Source: Howard et al., "Searching for MobileNetV3", 2019.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HardSilu;

impl Activate for HardSilu {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        for v in row {
            // The limit of what would be -inf · 0.
            let low = *v < E::of(-3.0);
            *v = if low { E::ZERO } else { *v * hard_sigmoid(*v) };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        for (d, &x) in d.iter_mut().zip(x) {
            let share = if x.abs() < E::of(3.0) { x * E::of(1.0 / 6.0) } else { E::ZERO };
            *d *= hard_sigmoid(x) + share;
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::HardSilu)
    }
}
