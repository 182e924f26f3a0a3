use core::f64::consts::PI;

use super::LearningRateSchedule;
use super::check::{decay_steps, rate};
use crate::config::configured;
use crate::error::Result;

/// A rate that falls along half a cosine, after a warm-up if asked. Keras: `CosineDecay`.
///
/// `initial_learning_rate · ((1 - alpha) · ½ (1 + cos(π · step / decay_steps)) + alpha)`, and behind
/// `decay_steps` it stays at the end. With a warm-up the rate first goes in a line from
/// `initial_learning_rate` to `warmup_target` in `warmup_steps` steps, and falls from there.
///
/// Defaults: alpha 0, no warm-up.
/// Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.
///
/// ```
/// use keras_core::prelude::*;
/// let decay = CosineDecay::new(0.0, 100).warmup(0.5, 10);
/// assert_eq!([0, 5, 10, 60, 110].map(|step| decay.at(step)), [0.0, 0.25, 0.5, 0.25, 0.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CosineDecay {
    /// The rate at step 0.
    pub initial_learning_rate: f64,
    /// How many steps it falls.
    pub decay_steps: u64,
    /// The share of the rate that is left at the end.
    pub alpha: f64,
    /// The rate after the warm-up, if there is one.
    pub warmup_target: Option<f64>,
    /// How many steps the warm-up takes.
    pub warmup_steps: u64,
}

impl CosineDecay {
    /// From this rate to 0 in `decay_steps` steps.
    #[must_use]
    pub const fn new(initial_learning_rate: f64, decay_steps: u64) -> Self {
        Self { initial_learning_rate, decay_steps, alpha: 0.0, warmup_target: None, warmup_steps: 0 }
    }
    /// The share of the rate that is left at the end.
    #[must_use]
    pub const fn alpha(mut self, alpha: f64) -> Self {
        self.alpha = alpha;
        self
    }
    /// Goes to the rate `target` in this many steps before it falls. Keras: `warmup_target`, `warmup_steps`.
    #[must_use]
    pub const fn warmup(mut self, target: f64, steps: u64) -> Self {
        self.warmup_target = Some(target);
        self.warmup_steps = steps;
        self
    }
}

impl LearningRateSchedule for CosineDecay {
    fn at(&self, step: u64) -> f64 {
        let first = self.initial_learning_rate;
        let (step, from) = match self.warmup_target {
            Some(target) if step < self.warmup_steps => {
                return (target - first) * (step as f64 / self.warmup_steps as f64) + first;
            }
            Some(target) => (step - self.warmup_steps, target),
            None => (step, first),
        };
        let done = step.min(self.decay_steps) as f64 / self.decay_steps as f64;
        from * ((1.0 - self.alpha) * 0.5 * (1.0 + (PI * done).cos()) + self.alpha)
    }
    fn check(&self) -> Result<()> {
        const NAME: &str = "CosineDecay";
        decay_steps(NAME, "decay_steps", self.decay_steps)?;
        rate(NAME, "initial_learning_rate", self.initial_learning_rate)?;
        rate(NAME, "alpha", self.alpha)?;
        self.warmup_target.map_or(Ok(()), |target| rate(NAME, "warmup_target", target))
    }
}

configured! {
    [] CosineDecay, "CosineDecay", "keras.optimizers.schedules", CosineDecay::new(0.0, 0), |this, fields| {
        fields.required("initial_learning_rate", &mut this.initial_learning_rate)?;
        fields.required("decay_steps", &mut this.decay_steps)?;
        fields.field("alpha", &mut this.alpha)?;
        fields.unused("name", "CosineDecay");
        fields.field("warmup_target", &mut this.warmup_target)?;
        fields.field("warmup_steps", &mut this.warmup_steps)?;
    }
}
