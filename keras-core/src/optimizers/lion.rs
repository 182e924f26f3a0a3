use super::check::{positive, share};
use super::each::each;
use super::options::{common_options, own_options};
use super::{MAX_SLOTS, Optimizer, Options, Update};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// Lion: steps of one length, in the direction of the gradient and the momentum together. Keras: `Lion`, `lion`.
///
/// `p -= learning_rate · sign(beta_1 · m + (1 - beta_1) · g); m = beta_2 · m + (1 - beta_2) · g`
///
/// Defaults: learning rate 0.001, beta 1 0.9, beta 2 0.99. The steps are larger than Adam's: learning rates
/// are best a tenth of those, and weight decay ten times as large.
/// Source: Chen et al., "Symbolic discovery of optimization algorithms", 2023.
///
/// ```
/// use keras_core::prelude::*;
/// let lion = Lion::new(1e-4).weight_decay(0.1);
/// assert_eq!(lion.slot_names(), ["momentum"]);
/// assert!(lion.beta_1(0.0).check().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lion {
    options: Options,
    beta_1: f64,
    beta_2: f64,
}

impl Lion {
    /// Lion with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self { options, beta_1: 0.9, beta_2: 0.99 }
    }
    own_options! {
        /// The share of the momentum in the direction, above 0 and at most 1.
        beta_1: f64,
        /// How much of the momentum is kept each step, from 0 to 1.
        beta_2: f64,
    }
    common_options!(options);
}

impl Default for Lion {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for Lion {
    type Update = LionStep;
    const NAME: &'static str = "lion";

    fn slot_names(&self) -> &'static [&'static str] {
        &["momentum"]
    }
    fn step(&self, _: u64) -> LionStep {
        let Self { options, beta_1, beta_2 } = *self;
        LionStep { rate: options.learning_rate, keep: options.keep(), beta_1, beta_2 }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        positive(Self::NAME, "beta_1", self.beta_1)?;
        share(Self::NAME, "beta_1", self.beta_1)?;
        share(Self::NAME, "beta_2", self.beta_2)
    }
}

/// One step of [`Lion`].
#[derive(Clone, Copy, Debug)]
pub struct LionStep {
    rate: f64,
    keep: f64,
    beta_1: f64,
    beta_2: f64,
}

impl Update for LionStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (rate, keep) = (E::of(self.rate), E::of(self.keep));
        let (beta_1, fresh_1) = (E::of(self.beta_1), E::of(1.0 - self.beta_1));
        let (beta_2, fresh_2) = (E::of(self.beta_2), E::of(1.0 - self.beta_2));
        each(p, g, slots, |p, g, [m]| {
            let direction = *m * beta_1 + g * fresh_1;
            *m = *m * beta_2 + g * fresh_2;
            // A direction of 0 is no step, and a NaN stays one.
            let step = if direction > E::ZERO { rate } else { direction };
            p * keep - if direction < E::ZERO { -rate } else { step }
        });
    }
}

configured! {
    [] Lion, "Lion", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("lion", Self::default().options.weight_decay, fields)?;
        fields.field("beta_1", &mut this.beta_1)?;
        fields.field("beta_2", &mut this.beta_2)?;
    }
}
