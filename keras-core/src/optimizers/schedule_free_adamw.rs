use super::check::{at_least_zero, below_one, positive, share};
use super::each::each;
use super::options::{common_options, own_options};
use super::passes::power;
use super::{MAX_SLOTS, Optimizer, Options, Start, Update};
use crate::element::Element;
use crate::error::Result;

/// Adam whose steps need no schedule: gradients are taken between where plain steps lead to and the mean of
/// all these places. Keras: `ScheduleFreeAdamW`, `schedulefreeadamw`.
///
/// `v = beta_2 · v + (1 - beta_2) · g²; z' = z - learning_rate · g / (√(v / (1 - beta_2ᵗ)) + epsilon)`,
/// and in step `t`, counted from 1, `x = (p - (1 - beta_1) · z) / beta_1; x' = (1 - 1/t) · x + 1/t · z';
/// p = (1 - beta_1) · z' + beta_1 · x'`. `z`, which Keras calls momentum, begins as the parameters. In the first
/// `warmup_steps` steps the learning rate is `t / warmup_steps` of itself.
///
/// Defaults: learning rate 0.0025, beta 1 0.9, beta 2 0.999, epsilon 1e-8, no warm-up.
/// Source: Defazio et al., "The road less scheduled", 2024.
///
/// ```
/// use keras_core::prelude::*;
/// let optimizer = ScheduleFreeAdamW::new(0.01).warmup_steps(100);
/// assert_eq!(optimizer.slot_names(), ["momentum", "velocity"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScheduleFreeAdamW {
    options: Options,
    beta_1: f64,
    beta_2: f64,
    epsilon: f64,
    warmup_steps: u64,
}

impl ScheduleFreeAdamW {
    /// ScheduleFreeAdamW with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self { options, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-8, warmup_steps: 0 }
    }
    own_options! {
        /// The share of the mean in the place of the gradients, above 0 and at most 1.
        beta_1: f64,
        /// How much of the mean square is kept, from 0 to below 1.
        beta_2: f64,
        /// What is added to the root, so that it is not 0.
        epsilon: f64,
        /// In how many steps the learning rate rises.
        warmup_steps: u64,
    }
    common_options!(options);
}

impl Default for ScheduleFreeAdamW {
    fn default() -> Self {
        Self::new(0.0025)
    }
}

impl Optimizer for ScheduleFreeAdamW {
    type Update = ScheduleFreeAdamWStep;
    const NAME: &'static str = "schedulefreeadamw";

    fn slot_names(&self) -> &'static [&'static str] {
        &["momentum", "velocity"]
    }
    fn step(&self, iteration: u64) -> ScheduleFreeAdamWStep {
        // Keras takes the betas as they are in 32 bits, also where it computes in 64.
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(|beta| f64::from(beta as f32));
        let step = iteration as f64;
        let warmup = if self.warmup_steps > 0 { (step / self.warmup_steps as f64).min(1.0) } else { 1.0 };
        ScheduleFreeAdamWStep {
            rate: self.options.learning_rate * warmup,
            keep: self.options.keep(),
            beta_1,
            square: 1.0 - beta_2,
            unbias: 1.0 / (1.0 - power(beta_2, iteration)),
            epsilon: self.epsilon,
            weight: 1.0 / step,
        }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn slot_start(&self, slot: usize) -> Start {
        if slot == 0 { Start::Params } else { Start::Value(0.0) }
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        positive(Self::NAME, "beta_1", self.beta_1)?;
        share(Self::NAME, "beta_1", self.beta_1)?;
        below_one(Self::NAME, "beta_2", self.beta_2)?;
        at_least_zero(Self::NAME, "epsilon", self.epsilon)
    }
}

/// One step of [`ScheduleFreeAdamW`].
#[derive(Clone, Copy, Debug)]
pub struct ScheduleFreeAdamWStep {
    rate: f64,
    keep: f64,
    beta_1: f64,
    square: f64,
    unbias: f64,
    epsilon: f64,
    weight: f64,
}

impl Update for ScheduleFreeAdamWStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (rate, keep, epsilon) = (E::of(self.rate), E::of(self.keep), E::of(self.epsilon));
        let (square, unbias) = (E::of(self.square), E::of(self.unbias));
        // x drops out but for its share of p: p = beta · (1 - w) · x + (1 - beta · (1 - w)) · z'.
        let old = E::of(1.0 - self.weight);
        let behind = E::of((1.0 - self.beta_1) * (1.0 - self.weight));
        let ahead = E::of(1.0 - self.beta_1 * (1.0 - self.weight));
        each(p, g, slots, |p, g, [z, v]| {
            *v += (g * g - *v) * square;
            let share = p * keep * old - behind * *z;
            *z -= rate * g / ((*v * unbias).sqrt() + epsilon);
            share + ahead * *z
        });
    }
}
