use super::{Activate, Function};
use crate::config::configured;
use crate::element::Element;

/// `f(x) = x` above 0, `alpha · (exp(x / alpha) - 1)` below: an [`Elu`](super::Elu) without a corner at 0
/// for any `alpha`. Keras: `celu`, `alpha` 1 by default.
///
/// Source: Barron, "Continuously differentiable exponential linear units", 2017. In a model:
/// `Dense<_, 64, Celu<0.5>>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Celu {
    alpha: f64,
}

impl Celu {
    /// With another `alpha`.
    #[must_use]
    pub const fn new(alpha: f64) -> Self {
        Self { alpha }
    }
}

impl Default for Celu {
    fn default() -> Self {
        Self::new(1.0)
    }
}

impl Activate for Celu {
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let alpha = E::of(self.alpha);
        for v in row {
            *v = if *v > E::ZERO { *v } else { alpha * (*v / alpha).exp_m1() };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, _x: &[E], y: &[E], d: &mut [E]) {
        let alpha = E::of(self.alpha);
        for (d, &y) in d.iter_mut().zip(y) {
            // Whatever the sign of `alpha`, the output has that of the input.
            *d *= if y > E::ZERO { E::ONE } else { y / alpha + E::ONE };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Celu(self.alpha))
    }
}

configured! {
    [] Celu, "Celu", "keras.activations", Default::default(), |this, fields| {
        fields.field("alpha", &mut this.alpha)?;
    }
}
