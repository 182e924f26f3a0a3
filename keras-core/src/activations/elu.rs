use super::{Activate, Function};
use crate::config::configured;
use crate::element::Element;

/// `f(x) = x` above 0, `alpha · (exp(x) - 1)` below. Keras: `elu`, `alpha` 1 by default.
///
/// Source: Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by
/// exponential linear units", 2016. In a model: `Dense<_, 64, Elu<0.5>>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elu {
    alpha: f64,
}

impl Elu {
    /// With another `alpha`.
    #[must_use]
    pub const fn new(alpha: f64) -> Self {
        Self { alpha }
    }
}

impl Default for Elu {
    fn default() -> Self {
        Self::new(1.0)
    }
}

impl Activate for Elu {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let alpha = E::of(self.alpha);
        for v in row {
            *v = if *v > E::ZERO { *v } else { alpha * v.exp_m1() };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], y: &[E], d: &mut [E]) {
        let alpha = E::of(self.alpha);
        for ((d, &x), &y) in d.iter_mut().zip(x).zip(y) {
            *d *= if x > E::ZERO { E::ONE } else { y + alpha };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Elu(self.alpha))
    }
}

configured! {
    [] Elu, "ELU", "keras.layers", Default::default(), |this, fields| {
        fields.ignored("name");
        fields.ignored("trainable");
        fields.ignored("dtype");
        fields.field("alpha", &mut this.alpha)?;
    }
}
