use super::LearningRateSchedule;
use super::check::{decay_steps, rate};
use crate::config::configured;
use crate::error::Result;

/// A rate that goes to another one along a power of the steps left. Keras: `PolynomialDecay`.
///
/// `(initial_learning_rate - end_learning_rate) · (1 - step / decay_steps) ^ power + end_learning_rate`;
/// behind `decay_steps` it stays at the end. With `cycle` it starts again there, from where the curve
/// with twice (three times, ..) as many steps is then.
///
/// Defaults: end learning rate 0.0001, power 1, no `cycle`.
///
/// ```
/// use keras_core::prelude::*;
/// let line = PolynomialDecay::new(0.5, 10).end_learning_rate(0.0);
/// assert_eq!([0, 5, 10, 20].map(|step| line.at(step)), [0.5, 0.25, 0.0, 0.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PolynomialDecay {
    /// The rate at step 0.
    pub initial_learning_rate: f64,
    /// After how many steps the end is reached.
    pub decay_steps: u64,
    /// The rate at the end.
    pub end_learning_rate: f64,
    /// The power.
    pub power: f64,
    /// Whether it starts again.
    pub cycle: bool,
}

impl PolynomialDecay {
    /// From this rate to the end's in `decay_steps` steps.
    #[must_use]
    pub const fn new(initial_learning_rate: f64, decay_steps: u64) -> Self {
        Self { initial_learning_rate, decay_steps, end_learning_rate: 0.0001, power: 1.0, cycle: false }
    }
    /// The rate at the end.
    #[must_use]
    pub const fn end_learning_rate(mut self, end_learning_rate: f64) -> Self {
        self.end_learning_rate = end_learning_rate;
        self
    }
    /// The power of the steps left.
    #[must_use]
    pub const fn power(mut self, power: f64) -> Self {
        self.power = power;
        self
    }
    /// Starts again instead of staying at the end.
    #[must_use]
    pub const fn cycle(mut self, cycle: bool) -> Self {
        self.cycle = cycle;
        self
    }
}

impl LearningRateSchedule for PolynomialDecay {
    fn at(&self, step: u64) -> f64 {
        let (step, steps) = (step as f64, self.decay_steps as f64);
        let (step, steps) = if self.cycle {
            (step, steps * (step / steps).ceil().max(1.0))
        } else {
            (step.min(steps), steps)
        };
        let height = self.initial_learning_rate - self.end_learning_rate;
        height * (1.0 - step / steps).powf(self.power) + self.end_learning_rate
    }
    fn check(&self) -> Result<()> {
        const NAME: &str = "PolynomialDecay";
        decay_steps(NAME, "decay_steps", self.decay_steps)?;
        rate(NAME, "initial_learning_rate", self.initial_learning_rate)?;
        rate(NAME, "end_learning_rate", self.end_learning_rate)?;
        rate(NAME, "power", self.power)
    }
}

configured! {
    [] PolynomialDecay, "PolynomialDecay", "keras.optimizers.schedules", PolynomialDecay::new(0.0, 0), |this, fields| {
        fields.required("initial_learning_rate", &mut this.initial_learning_rate)?;
        fields.required("decay_steps", &mut this.decay_steps)?;
        fields.field("end_learning_rate", &mut this.end_learning_rate)?;
        fields.field("power", &mut this.power)?;
        fields.field("cycle", &mut this.cycle)?;
        fields.unused("name", "PolynomialDecay");
    }
}
