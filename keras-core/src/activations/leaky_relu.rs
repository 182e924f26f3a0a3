use super::{Activate, Function};
use crate::config::configured;
use crate::element::Element;

/// `f(x) = x` above 0, `negative_slope · x` below. Keras: `leaky_relu`, slope 0.2 by default.
///
/// In a model: `Dense<_, 64, LeakyRelu<0.1>>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeakyRelu {
    negative_slope: f64,
}

impl LeakyRelu {
    /// With another slope.
    #[must_use]
    pub const fn new(negative_slope: f64) -> Self {
        Self { negative_slope }
    }
}

impl Default for LeakyRelu {
    fn default() -> Self {
        Self::new(0.2)
    }
}

impl Activate for LeakyRelu {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let slope = E::of(self.negative_slope);
        for v in row {
            *v *= if *v > E::ZERO { E::ONE } else { slope };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        let slope = E::of(self.negative_slope);
        for (d, &x) in d.iter_mut().zip(x) {
            *d *= if x > E::ZERO { E::ONE } else { slope };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::LeakyRelu(self.negative_slope))
    }
}

configured! {
    [] LeakyRelu, "LeakyReLU", "keras.layers", Self::new(0.3), |this, fields| {
        fields.ignored("name");
        fields.ignored("trainable");
        fields.ignored("dtype");
        fields.field("negative_slope", &mut this.negative_slope)?;
    }
}
