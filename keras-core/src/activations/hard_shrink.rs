use super::{Activate, Function};
use crate::config::configured;
use crate::element::Element;

/// `f(x) = x` where `|x| > threshold`, else 0. Keras: `hard_shrink`, `threshold` 0.5 by default.
///
/// In a model: `Dense<_, 64, HardShrink<0.1>>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HardShrink {
    threshold: f64,
}

impl HardShrink {
    /// With another threshold.
    #[must_use]
    pub const fn new(threshold: f64) -> Self {
        Self { threshold }
    }
}

impl Default for HardShrink {
    fn default() -> Self {
        Self::new(0.5)
    }
}

impl Activate for HardShrink {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let threshold = E::of(self.threshold);
        for v in row {
            *v = if v.abs() > threshold { *v } else { E::ZERO };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        let threshold = E::of(self.threshold);
        for (d, &y) in d.iter_mut().zip(y) {
            // What passed is the input itself; 0 passes only where the threshold is below it.
            *d = if y.abs() > threshold { *d } else { E::ZERO };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::HardShrink(self.threshold))
    }
}

configured! {
    [] HardShrink, "HardShrink", "keras.activations", Default::default(), |this, fields| {
        fields.field("threshold", &mut this.threshold)?;
    }
}
