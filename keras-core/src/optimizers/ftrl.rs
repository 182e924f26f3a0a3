use super::check::{at_least_zero, at_most_zero, positive};
use super::each::each;
use super::options::{common_options, own_options};
use super::{MAX_SLOTS, Optimizer, Options, Start, Update};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// FTRL: follows the leader, with penalties that make many weights exactly 0. Keras: `Ftrl`, `ftrl`.
///
/// With `q(a) = a ^ -learning_rate_power` and `s = g + 2 · l2_shrinkage · p`:
/// `a' = a + g²; z += s - (q(a') - q(a)) / learning_rate · p;
/// p = (clip(z, ±l1) - z) / (q(a') / learning_rate + 2 · (l2 + beta / (2 · learning_rate)))`
///
/// Defaults: learning rate 0.001, learning rate power -0.5, initial accumulator value 0.1, l1, l2 and l2
/// shrinkage 0, beta 0.
/// Source: McMahan et al., "Ad click prediction: a view from the trenches", 2013.
///
/// ```
/// use keras_core::prelude::*;
/// let ftrl = Ftrl::new(0.1).l1_regularization_strength(0.01);
/// assert_eq!(ftrl.slot_names(), ["accumulator", "linear"]);
/// assert!(ftrl.learning_rate_power(0.5).check().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ftrl {
    options: Options,
    learning_rate_power: f64,
    initial_accumulator_value: f64,
    l1_regularization_strength: f64,
    l2_regularization_strength: f64,
    l2_shrinkage_regularization_strength: f64,
    beta: f64,
}

impl Ftrl {
    /// Ftrl with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self {
            options,
            learning_rate_power: -0.5,
            initial_accumulator_value: 0.1,
            l1_regularization_strength: 0.0,
            l2_regularization_strength: 0.0,
            l2_shrinkage_regularization_strength: 0.0,
            beta: 0.0,
        }
    }
    own_options! {
        /// The power of the sums of squares that steps grow with, at most 0.
        learning_rate_power: f64,
        /// What the sums of squares begin as.
        initial_accumulator_value: f64,
        /// The penalty on the sizes of the weights.
        l1_regularization_strength: f64,
        /// The penalty on their squares.
        l2_regularization_strength: f64,
        /// The penalty on their squares that counts as a part of the gradients.
        l2_shrinkage_regularization_strength: f64,
        /// What is added to the penalty on their squares, half of it over the learning rate.
        beta: f64,
    }
    common_options!(options);
}

impl Default for Ftrl {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for Ftrl {
    type Update = FtrlStep;
    const NAME: &'static str = "ftrl";

    fn slot_names(&self) -> &'static [&'static str] {
        &["accumulator", "linear"]
    }
    fn step(&self, _: u64) -> FtrlStep {
        let over_rate = 1.0 / self.options.learning_rate;
        FtrlStep {
            over_rate,
            keep: self.options.keep(),
            power: -self.learning_rate_power,
            l1: self.l1_regularization_strength,
            l2: 2.0 * self.l2_regularization_strength + self.beta * over_rate,
            shrinkage: 2.0 * self.l2_shrinkage_regularization_strength,
        }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn slot_start(&self, slot: usize) -> Start {
        Start::Value(if slot == 0 { self.initial_accumulator_value } else { 0.0 })
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        positive(Self::NAME, "learning_rate", self.options.learning_rate)?;
        at_most_zero(Self::NAME, "learning_rate_power", self.learning_rate_power)?;
        at_least_zero(Self::NAME, "initial_accumulator_value", self.initial_accumulator_value)?;
        at_least_zero(Self::NAME, "l1_regularization_strength", self.l1_regularization_strength)?;
        at_least_zero(Self::NAME, "l2_regularization_strength", self.l2_regularization_strength)?;
        let shrinkage = self.l2_shrinkage_regularization_strength;
        at_least_zero(Self::NAME, "l2_shrinkage_regularization_strength", shrinkage)?;
        at_least_zero(Self::NAME, "beta", self.beta)
    }
}

/// One step of [`Ftrl`].
#[derive(Clone, Copy, Debug)]
pub struct FtrlStep {
    over_rate: f64,
    keep: f64,
    power: f64,
    l1: f64,
    l2: f64,
    shrinkage: f64,
}

impl FtrlStep {
    #[inline(always)]
    fn follow<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS], root: impl Fn(E) -> E) {
        let (over_rate, keep) = (E::of(self.over_rate), E::of(self.keep));
        let (l1, l2, shrinkage) = (E::of(self.l1), E::of(self.l2), E::of(self.shrinkage));
        each(p, g, slots, |p, g, [a, z]| {
            let p = p * keep;
            let sum = *a + g * g;
            let new = root(sum);
            *z += g + shrinkage * p - (new - root(*a)) * over_rate * p;
            *a = sum;
            let within = z.maximum(-l1).minimum(l1);
            (within - *z) / (new * over_rate + l2)
        });
    }
}

impl Update for FtrlStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        if self.power == 0.5 {
            self.follow(p, g, slots, |a| a.sqrt());
        } else {
            let power = E::of(self.power);
            self.follow(p, g, slots, |a| (a.ln() * power).exp());
        }
    }
}

configured! {
    [] Ftrl, "Ftrl", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("ftrl", Self::default().options.weight_decay, fields)?;
        fields.field("learning_rate_power", &mut this.learning_rate_power)?;
        fields.field("initial_accumulator_value", &mut this.initial_accumulator_value)?;
        fields.field("l1_regularization_strength", &mut this.l1_regularization_strength)?;
        fields.field("l2_regularization_strength", &mut this.l2_regularization_strength)?;
        fields.field("l2_shrinkage_regularization_strength", &mut this.l2_shrinkage_regularization_strength)?;
        fields.field("beta", &mut this.beta)?;
    }
}
