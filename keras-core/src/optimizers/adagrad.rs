use super::check::at_least_zero;
use super::each::each;
use super::options::{common_options, own_options};
use super::{MAX_SLOTS, Optimizer, Options, Start, Update};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// Adagrad: divides each gradient by the root of the sum of all its squares so far. Keras: `Adagrad`,
/// `adagrad`.
///
/// `a += g²; p -= learning_rate · g / √(a + epsilon)`
///
/// Defaults: learning rate 0.001, initial accumulator value 0.1, epsilon 1e-7.
/// Source: Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic
/// optimization", 2011.
///
/// ```
/// use keras_core::prelude::*;
/// let adagrad = Adagrad::new(0.1).initial_accumulator_value(0.0);
/// assert_eq!(adagrad.slot_names(), ["accumulator"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adagrad {
    options: Options,
    initial_accumulator_value: f64,
    epsilon: f64,
}

impl Adagrad {
    /// Adagrad with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self { options, initial_accumulator_value: 0.1, epsilon: 1e-7 }
    }
    own_options! {
        /// What the sums of squares begin as.
        initial_accumulator_value: f64,
        /// What is added to the sums, so that their roots are not 0.
        epsilon: f64,
    }
    common_options!(options);
}

impl Default for Adagrad {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for Adagrad {
    type Update = AdagradStep;
    const NAME: &'static str = "adagrad";

    fn slot_names(&self) -> &'static [&'static str] {
        &["accumulator"]
    }
    fn step(&self, _: u64) -> AdagradStep {
        AdagradStep { rate: self.options.learning_rate, keep: self.options.keep(), epsilon: self.epsilon }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn slot_start(&self, _: usize) -> Start {
        Start::Value(self.initial_accumulator_value)
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        at_least_zero(Self::NAME, "initial_accumulator_value", self.initial_accumulator_value)?;
        at_least_zero(Self::NAME, "epsilon", self.epsilon)
    }
}

/// One step of [`Adagrad`].
#[derive(Clone, Copy, Debug)]
pub struct AdagradStep {
    rate: f64,
    keep: f64,
    epsilon: f64,
}

impl Update for AdagradStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (rate, keep, epsilon) = (E::of(self.rate), E::of(self.keep), E::of(self.epsilon));
        each(p, g, slots, |p, g, [a]| {
            *a += g * g;
            p * keep - rate * g / (*a + epsilon).sqrt()
        });
    }
}

configured! {
    [] Adagrad, "Adagrad", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("adagrad", Self::default().options.weight_decay, fields)?;
        fields.field("initial_accumulator_value", &mut this.initial_accumulator_value)?;
        fields.field("epsilon", &mut this.epsilon)?;
    }
}
