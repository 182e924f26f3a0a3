use super::{Activate, Function};
use crate::config::configured;
use crate::element::Element;

/// `f(x) = ½ · (x + √(x² + b))`: a [`Softplus`](super::Softplus) without `exp`. Keras: `squareplus`, `b`
/// 4 by default.
///
/// Source: Barron, "Squareplus: a softplus-like algebraic rectifier", 2021. In a model:
/// `Dense<_, 64, Squareplus<1>>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Squareplus {
    b: f64,
}

impl Squareplus {
    /// With another `b`, which says how round the corner is; it should not be negative.
    #[must_use]
    pub const fn new(b: f64) -> Self {
        Self { b }
    }

    /// `√(x² + b)`, which is `|x|` where the square overflows.
    #[inline(always)]
    fn root<E: Element>(&self, x: E) -> E {
        let root = (x * x + E::of(self.b)).sqrt();
        if root < E::of(f64::INFINITY) { root } else { x.abs() }
    }
}

impl Default for Squareplus {
    fn default() -> Self {
        Self::new(4.0)
    }
}

impl Activate for Squareplus {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let half = E::of(0.5);
        for v in row {
            // Below 0 the sum is small and would be lost in rounding: `b / (root - x)` is the same.
            let root = self.root(*v);
            let below = E::of(self.b) / (root - *v);
            *v = if *v < E::ZERO { half * below } else { half * *v + half * root };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        let half = E::of(0.5);
        for (d, &x) in d.iter_mut().zip(x) {
            let root = self.root(x);
            // Where `b` does not count the quotient is 1 or -1, also for infinity.
            let flat = if x > E::ZERO { E::ONE } else { -E::ONE };
            *d *= half + half * if x.abs() == root { flat } else { x / root };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Squareplus(self.b))
    }
}

configured! {
    [] Squareplus, "Squareplus", "keras.activations", Default::default(), |this, fields| {
        fields.field("b", &mut this.b)?;
    }
}
