use super::{Activate, Function};
use crate::config::configured;
use crate::element::Element;

/// `f(x) = x - threshold` above the threshold, `x + threshold` below its negative, 0 between them. Keras:
/// `soft_shrink`, `threshold` 0.5 by default.
///
/// In a model: `Dense<_, 64, SoftShrink<0.1>>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoftShrink {
    threshold: f64,
}

impl SoftShrink {
    /// With another threshold.
    #[must_use]
    pub const fn new(threshold: f64) -> Self {
        Self { threshold }
    }
}

impl Default for SoftShrink {
    fn default() -> Self {
        Self::new(0.5)
    }
}

impl Activate for SoftShrink {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let threshold = E::of(self.threshold);
        for v in row {
            let below = if *v < -threshold { *v + threshold } else { E::ZERO };
            *v = if *v > threshold { *v - threshold } else { below };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        let threshold = E::of(self.threshold);
        for (d, &x) in d.iter_mut().zip(x) {
            let below = if x < -threshold { *d } else { E::ZERO };
            *d = if x > threshold { *d } else { below };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::SoftShrink(self.threshold))
    }
}

configured! {
    [] SoftShrink, "SoftShrink", "keras.activations", Default::default(), |this, fields| {
        fields.field("threshold", &mut this.threshold)?;
    }
}
