use super::check::{at_least_zero, below_one};
use super::each::each;
use super::options::{common_options, own_options};
use super::passes::power;
use super::{MAX_SLOTS, Optimizer, Options, Update};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// Nadam: [`Adam`](super::Adam) that steps from where the momentum leads to. Keras: `Nadam`, `nadam`.
///
/// `m = beta_1 · m + (1 - beta_1) · g; v = beta_2 · v + (1 - beta_2) · g²`, and in step `t`, counted from 1,
/// with `uₜ = beta_1 · (1 - ½ · 0.96ᵗ)` and `Uₜ = u₁ · u₂ · .. · uₜ`,
/// `p -= learning_rate · (uₜ₊₁ · m / (1 - Uₜ₊₁) + (1 - uₜ) · g / (1 - Uₜ)) / (√(v / (1 - beta_2ᵗ)) + epsilon)`.
///
/// Defaults: learning rate 0.001, beta 1 0.9, beta 2 0.999, epsilon 1e-7.
/// Source: Dozat, "Incorporating Nesterov momentum into Adam", 2016.
///
/// ```
/// use keras_core::prelude::*;
/// let nadam = Nadam::new(0.002);
/// assert_eq!(nadam.slot_names(), ["momentum", "velocity"]);
/// assert_eq!(nadam.u_product(0), 1.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nadam {
    options: Options,
    beta_1: f64,
    beta_2: f64,
    epsilon: f64,
}

impl Nadam {
    /// Nadam with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self { options, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 }
    }
    own_options! {
        /// How much of the gradients' mean is kept each step, from 0 to below 1.
        beta_1: f64,
        /// How much of their mean square is kept, from 0 to below 1.
        beta_2: f64,
        /// What is added to the root, so that it is not 0.
        epsilon: f64,
    }
    common_options!(options);

    /// The momentum of step `iteration`.
    fn u(&self, iteration: u64) -> f64 {
        f64::from(self.beta_1 as f32) * (1.0 - 0.5 * 0.96_f64.powf(iteration as f64))
    }

    /// The product of the momenta of the first steps. Keras keeps it as a variable of its own.
    #[must_use]
    pub fn u_product(&self, steps: u64) -> f64 {
        // After 1024 steps the momentum is beta 1 as far as 64 bits go.
        let first = steps.min(1024);
        let beta = f64::from(self.beta_1 as f32);
        (1..=first).map(|i| self.u(i)).product::<f64>() * beta.powf((steps - first) as f64)
    }
}

impl Default for Nadam {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for Nadam {
    type Update = NadamStep;
    const NAME: &'static str = "nadam";

    fn slot_names(&self) -> &'static [&'static str] {
        &["momentum", "velocity"]
    }
    fn step(&self, iteration: u64) -> NadamStep {
        // Keras takes the betas as they are in 32 bits, also where it computes in 64.
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(|beta| f64::from(beta as f32));
        let product = self.u_product(iteration);
        let (now, next) = (self.u(iteration), self.u(iteration + 1));
        let rate = self.options.learning_rate;
        NadamStep {
            keep: self.options.keep(),
            mean: 1.0 - beta_1,
            square: 1.0 - beta_2,
            momentum: rate * next / (1.0 - product * next),
            fresh: rate * (1.0 - now) / (1.0 - product),
            unbias: 1.0 / (1.0 - power(beta_2, iteration)),
            epsilon: self.epsilon,
        }
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

/// One step of [`Nadam`].
#[derive(Clone, Copy, Debug)]
pub struct NadamStep {
    keep: f64,
    mean: f64,
    square: f64,
    momentum: f64,
    fresh: f64,
    unbias: f64,
    epsilon: f64,
}

impl Update for NadamStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (keep, mean, square) = (E::of(self.keep), E::of(self.mean), E::of(self.square));
        let (momentum, fresh) = (E::of(self.momentum), E::of(self.fresh));
        let (unbias, epsilon) = (E::of(self.unbias), E::of(self.epsilon));
        each(p, g, slots, |p, g, [m, v]| {
            *m += (g - *m) * mean;
            *v += (g * g - *v) * square;
            p * keep - (momentum * *m + fresh * g) / ((*v * unbias).sqrt() + epsilon)
        });
    }
}

configured! {
    [] Nadam, "Nadam", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("nadam", Self::default().options.weight_decay, fields)?;
        fields.field("beta_1", &mut this.beta_1)?;
        fields.field("beta_2", &mut this.beta_2)?;
        fields.field("epsilon", &mut this.epsilon)?;
    }
}
