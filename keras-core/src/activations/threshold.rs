use super::{Activate, Function};
use crate::config::configured;
use crate::element::Element;

/// `f(x) = x` above `threshold`, else `default_value`. Keras: `threshold`, which has no defaults; here
/// both are 0.
///
/// In a model: `Dense<_, 64, Threshold<0.5, -1>>`.
///
/// ```
/// use keras_core::prelude::*;
///
/// sequential! { struct Net< Input<2>, Activation<Threshold<0.5, -1>>, Activation<RectifiedLinear<max_value = 2, negative_slope = 0.1>> > }
/// let y = Net::<Cpu>::new(1).predict(&[[0.25, 3.0]])?;
/// assert_eq!(y.as_slice(), [-0.1, 2.0]);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Threshold {
    threshold: f64,
    default_value: f64,
}

impl Threshold {
    /// What is not above `threshold` becomes `default_value`.
    #[must_use]
    pub const fn new(threshold: f64, default_value: f64) -> Self {
        Self { threshold, default_value }
    }
}

impl Activate for Threshold {
    const NEEDS_INPUT: bool = true;
    #[inline(always)]
    fn forward<E: Element>(&self, row: &mut [E]) {
        let (threshold, default_value) = (E::of(self.threshold), E::of(self.default_value));
        for v in row {
            *v = if *v > threshold { *v } else { default_value };
        }
    }
    #[inline(always)]
    fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        let threshold = E::of(self.threshold);
        for (d, &x) in d.iter_mut().zip(x) {
            *d = if x > threshold { *d } else { E::ZERO };
        }
    }
    fn function(&self) -> Option<Function> {
        Some(Function::Threshold(self.threshold, self.default_value))
    }
}

configured! {
    [] Threshold, "Threshold", "keras.activations", Default::default(), |this, fields| {
        fields.field("threshold", &mut this.threshold)?;
        fields.field("default_value", &mut this.default_value)?;
    }
}
