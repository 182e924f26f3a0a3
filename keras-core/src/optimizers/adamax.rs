use super::check::{at_least_zero, below_one};
use super::each::each;
use super::options::{common_options, own_options};
use super::passes::power;
use super::{MAX_SLOTS, Optimizer, Options, Update};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// Adamax: [`Adam`](super::Adam) with the largest gradient of late in place of the root of the mean square.
/// Keras: `Adamax`, `adamax`.
///
/// `m = beta_1 · m + (1 - beta_1) · g; u = max(beta_2 · u, |g|);
/// p -= learning_rate / (1 - beta_1ᵗ) · m / (u + epsilon)` in step `t`, counted from 1.
///
/// Defaults: learning rate 0.001, beta 1 0.9, beta 2 0.999, epsilon 1e-7.
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2014, section 7.
///
/// ```
/// use keras_core::prelude::*;
/// let adamax = Adamax::new(0.002).beta_1(0.8);
/// assert_eq!(adamax.slot_names(), ["momentum", "norm"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adamax {
    options: Options,
    beta_1: f64,
    beta_2: f64,
    epsilon: f64,
}

impl Adamax {
    /// Adamax with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self { options, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 }
    }
    own_options! {
        /// How much of the gradients' mean is kept each step, from 0 to below 1.
        beta_1: f64,
        /// How much of the largest gradient is kept, from 0 to below 1.
        beta_2: f64,
        /// What is added to the largest gradient, so that it is not 0.
        epsilon: f64,
    }
    common_options!(options);
}

impl Default for Adamax {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for Adamax {
    type Update = AdamaxStep;
    const NAME: &'static str = "adamax";

    fn slot_names(&self) -> &'static [&'static str] {
        &["momentum", "norm"]
    }
    fn step(&self, iteration: u64) -> AdamaxStep {
        let Self { options, beta_1, beta_2, epsilon } = *self;
        let rate = options.learning_rate / (1.0 - power(beta_1, iteration));
        AdamaxStep { rate, keep: options.keep(), mean: 1.0 - beta_1, beta_2, epsilon }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        below_one(Self::NAME, "beta_1", self.beta_1)?;
        below_one(Self::NAME, "beta_2", self.beta_2)?;
        at_least_zero(Self::NAME, "epsilon", self.epsilon)
    }
}

/// One step of [`Adamax`].
#[derive(Clone, Copy, Debug)]
pub struct AdamaxStep {
    rate: f64,
    keep: f64,
    mean: f64,
    beta_2: f64,
    epsilon: f64,
}

impl Update for AdamaxStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (rate, keep, mean) = (E::of(self.rate), E::of(self.keep), E::of(self.mean));
        let (beta_2, epsilon) = (E::of(self.beta_2), E::of(self.epsilon));
        each(p, g, slots, |p, g, [m, u]| {
            *m += (g - *m) * mean;
            *u = (*u * beta_2).maximum(g.abs());
            p * keep - rate * *m / (*u + epsilon)
        });
    }
}

configured! {
    [] Adamax, "Adamax", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("adamax", Self::default().options.weight_decay, fields)?;
        fields.field("beta_1", &mut this.beta_1)?;
        fields.field("beta_2", &mut this.beta_2)?;
        fields.field("epsilon", &mut this.epsilon)?;
    }
}
