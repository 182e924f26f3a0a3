use super::LearningRateSchedule;
use super::check::{decay_steps, rate};
use crate::config::configured;
use crate::error::Result;

/// A rate that is divided by a number that grows with the steps. Keras: `InverseTimeDecay`.
///
/// `initial_learning_rate / (1 + decay_rate · step / decay_steps)`; with `staircase` the quotient
/// `step / decay_steps` is rounded down, so that the rate falls all at once.
///
/// Defaults: no `staircase`.
///
/// ```
/// use keras_core::prelude::*;
/// let decay = InverseTimeDecay::new(0.1, 10, 1.0);
/// assert_eq!([0, 10, 30].map(|step| decay.at(step)), [0.1, 0.05, 0.025]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InverseTimeDecay {
    /// The rate at step 0.
    pub initial_learning_rate: f64,
    /// After how many steps the divisor has grown by `decay_rate`.
    pub decay_steps: u64,
    /// How much the divisor grows.
    pub decay_rate: f64,
    /// Whether it falls all at once.
    pub staircase: bool,
}

impl InverseTimeDecay {
    /// From this rate on; the divisor grows by `decay_rate` every `decay_steps` steps.
    #[must_use]
    pub const fn new(initial_learning_rate: f64, decay_steps: u64, decay_rate: f64) -> Self {
        Self { initial_learning_rate, decay_steps, decay_rate, staircase: false }
    }
    /// Lets the rate fall all at once, after every `decay_steps` steps.
    #[must_use]
    pub const fn staircase(mut self, staircase: bool) -> Self {
        self.staircase = staircase;
        self
    }
}

impl LearningRateSchedule for InverseTimeDecay {
    fn at(&self, step: u64) -> f64 {
        let p = step as f64 / self.decay_steps as f64;
        self.initial_learning_rate / (1.0 + self.decay_rate * if self.staircase { p.floor() } else { p })
    }
    fn check(&self) -> Result<()> {
        const NAME: &str = "InverseTimeDecay";
        decay_steps(NAME, "decay_steps", self.decay_steps)?;
        rate(NAME, "initial_learning_rate", self.initial_learning_rate)?;
        rate(NAME, "decay_rate", self.decay_rate)
    }
}

configured! {
    [] InverseTimeDecay, "InverseTimeDecay", "keras.optimizers.schedules", InverseTimeDecay::new(0.0, 0, 0.0), |this, fields| {
        fields.required("initial_learning_rate", &mut this.initial_learning_rate)?;
        fields.required("decay_steps", &mut this.decay_steps)?;
        fields.required("decay_rate", &mut this.decay_rate)?;
        fields.field("staircase", &mut this.staircase)?;
        fields.unused("name", "InverseTimeDecay");
    }
}
