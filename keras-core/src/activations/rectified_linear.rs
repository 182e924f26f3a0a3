use super::{Activate, Function};
use crate::config::configured;
use crate::element::Element;

/// [`Relu`](super::Relu) with its arguments in Keras: `x` above `threshold`, at most `max_value`;
/// `negative_slope · (x - threshold)` below. Keras: `relu` with arguments.
///
/// `negative_slope` is 0 by default, `max_value` infinite (Keras: `None`), `threshold` 0. As there, a
/// `max_value` also takes away what is below 0 and yet above a negative threshold. In a model:
/// `Dense<_, 64, RectifiedLinear<max_value = 4, negative_slope = 0.1>>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RectifiedLinear {
    negative_slope: f64,
    max_value: f64,
    threshold: f64,
}

impl RectifiedLinear {
    /// With these; a `max_value` of infinity is none.
    #[must_use]
    pub const fn new(negative_slope: f64, max_value: f64, threshold: f64) -> Self {
        Self { negative_slope, max_value, threshold }
    }
}

impl Default for RectifiedLinear {
    fn default() -> Self {
        Self::new(0.0, f64::INFINITY, 0.0)
    }
}

impl Activate for RectifiedLinear {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let (slope, threshold) = (E::of(self.negative_slope), E::of(self.threshold));
        let (least, most) = self.range();
        // Without a slope nothing is below: 0 · -inf would be NaN.
        let sloped = if slope == E::ZERO { E::of(f64::NEG_INFINITY) } else { threshold };
        for v in row {
            let above = if *v > threshold { *v } else { E::ZERO };
            let below = if *v < sloped { slope * (*v - threshold) } else { E::ZERO };
            *v = above.maximum(least).minimum(most) + below;
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        let (slope, threshold) = (E::of(self.negative_slope), E::of(self.threshold));
        let (least, most) = self.range();
        // The derivative at the largest value is 1, but Keras takes `relu6` for 6.
        let relu6 = self.max_value == 6.0 && self.threshold == 0.0;
        let edge = if relu6 { E::ZERO } else { E::ONE };
        for (d, &x) in d.iter_mut().zip(x) {
            let inside = if x < least { E::ZERO } else { E::ONE };
            let inside = if x == most { edge } else { inside };
            let inside = if x > most { E::ZERO } else { inside };
            let below = if x < threshold { slope } else { E::ZERO };
            *d *= if x > threshold { inside } else { below };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::RectifiedLinear {
            negative_slope: self.negative_slope,
            max_value: self.max_value,
            threshold: self.threshold,
        })
    }
}

impl RectifiedLinear {
    /// What the part above the threshold is kept within.
    #[inline(always)]
    fn range<E: Element>(&self) -> (E, E) {
        let least = if self.max_value < f64::INFINITY { 0.0 } else { f64::NEG_INFINITY };
        (E::of(least), E::of(self.max_value))
    }
}

configured! {
    [] RectifiedLinear, "ReLU", "keras.layers", Default::default(), |this, fields| {
        fields.ignored("name");
        fields.ignored("trainable");
        fields.ignored("dtype");
        let mut most = Some(this.max_value).filter(|most| most.is_finite());
        fields.field("max_value", &mut most)?;
        this.max_value = most.unwrap_or(f64::INFINITY);
        fields.field("negative_slope", &mut this.negative_slope)?;
        fields.field("threshold", &mut this.threshold)?;
    }
}
