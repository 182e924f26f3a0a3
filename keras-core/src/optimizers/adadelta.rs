use super::check::{at_least_zero, share};
use super::each::each;
use super::options::{common_options, own_options};
use super::{MAX_SLOTS, Optimizer, Options, Update};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// Adadelta: steps as long as the last steps were, by the root of their running mean square over that of the
/// gradients. Keras: `Adadelta`, `adadelta`.
///
/// `a = rho · a + (1 - rho) · g²; d = √(b + epsilon) / √(a + epsilon) · g; b = rho · b + (1 - rho) · d²;
/// p -= learning_rate · d`
///
/// Defaults: learning rate 0.001 (the paper's is 1), rho 0.95, epsilon 1e-7.
/// Source: Zeiler, "ADADELTA: an adaptive learning rate method", 2012.
///
/// ```
/// use keras_core::prelude::*;
/// let adadelta = Adadelta::new(1.0).rho(0.9);
/// assert_eq!(adadelta.slot_names(), ["accumulated_grad", "accumulated_delta_var"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adadelta {
    options: Options,
    rho: f64,
    epsilon: f64,
}

impl Adadelta {
    /// Adadelta with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self { options, rho: 0.95, epsilon: 1e-7 }
    }
    own_options! {
        /// How much of the mean squares is kept each step, from 0 to 1.
        rho: f64,
        /// What is added to the mean squares, so that their roots are not 0.
        epsilon: f64,
    }
    common_options!(options);
}

impl Default for Adadelta {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for Adadelta {
    type Update = AdadeltaStep;
    const NAME: &'static str = "adadelta";

    fn slot_names(&self) -> &'static [&'static str] {
        &["accumulated_grad", "accumulated_delta_var"]
    }
    fn step(&self, _: u64) -> AdadeltaStep {
        let Self { options, rho, epsilon } = *self;
        AdadeltaStep { rate: options.learning_rate, keep: options.keep(), rho, epsilon }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        share(Self::NAME, "rho", self.rho)?;
        at_least_zero(Self::NAME, "epsilon", self.epsilon)
    }
}

/// One step of [`Adadelta`].
#[derive(Clone, Copy, Debug)]
pub struct AdadeltaStep {
    rate: f64,
    keep: f64,
    rho: f64,
    epsilon: f64,
}

impl Update for AdadeltaStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (rate, keep, epsilon) = (E::of(self.rate), E::of(self.keep), E::of(self.epsilon));
        let (rho, fresh) = (E::of(self.rho), E::of(1.0 - self.rho));
        each(p, g, slots, |p, g, [a, b]| {
            *a = rho * *a + fresh * (g * g);
            let d = (*b + epsilon).sqrt() * g / (*a + epsilon).sqrt();
            *b = rho * *b + fresh * (d * d);
            p * keep - rate * d
        });
    }
}

configured! {
    [] Adadelta, "Adadelta", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("adadelta", Self::default().options.weight_decay, fields)?;
        fields.field("rho", &mut this.rho)?;
        fields.field("epsilon", &mut this.epsilon)?;
    }
}
