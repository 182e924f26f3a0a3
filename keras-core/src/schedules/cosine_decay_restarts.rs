use core::f64::consts::PI;

use super::LearningRateSchedule;
use super::check::{decay_steps, rate};
use crate::config::configured;
use crate::error::{Error, Result};

/// A rate that falls along half a cosine again and again. Keras: `CosineDecayRestarts`.
///
/// Each fall takes `t_mul` times as many steps as the one before, the first `first_decay_steps`, and
/// starts from `m_mul` times the rate. In the fall number `i`, counted from 0, of which the share `x` is over:
/// `initial_learning_rate · ((1 - alpha) · ½ m_mulⁱ (1 + cos(π x)) + alpha)`.
///
/// Defaults: t mul 2, m mul 1, alpha 0.
/// Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.
///
/// ```
/// use keras_core::prelude::*;
/// let falls = CosineDecayRestarts::new(0.5, 10);
/// assert_eq!([0, 5, 10, 20].map(|step| falls.at(step)), [0.5, 0.25, 0.5, 0.25]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CosineDecayRestarts {
    /// The rate at step 0.
    pub initial_learning_rate: f64,
    /// How many steps the first fall takes.
    pub first_decay_steps: u64,
    /// How many times as long each fall is as the one before.
    pub t_mul: f64,
    /// How many times as high it starts.
    pub m_mul: f64,
    /// The share of the first rate that is left at the end of a fall.
    pub alpha: f64,
}

impl CosineDecayRestarts {
    /// From this rate to 0 in `first_decay_steps` steps, then again, each time in twice as many.
    #[must_use]
    pub const fn new(initial_learning_rate: f64, first_decay_steps: u64) -> Self {
        Self { initial_learning_rate, first_decay_steps, t_mul: 2.0, m_mul: 1.0, alpha: 0.0 }
    }
    /// How many times as long each fall is as the one before, at least 1.
    #[must_use]
    pub const fn t_mul(mut self, t_mul: f64) -> Self {
        self.t_mul = t_mul;
        self
    }
    /// How many times as high it starts.
    #[must_use]
    pub const fn m_mul(mut self, m_mul: f64) -> Self {
        self.m_mul = m_mul;
        self
    }
    /// The share of the first rate that is left at the end of a fall.
    #[must_use]
    pub const fn alpha(mut self, alpha: f64) -> Self {
        self.alpha = alpha;
        self
    }

    /// The number of the fall that a step is in, and the share of it that is over.
    fn place(&self, step: u64) -> (f64, f64) {
        let done = step as f64 / self.first_decay_steps as f64;
        if self.t_mul == 1.0 {
            return (done.floor(), done - done.floor());
        }
        // The falls take 1, t, t², .. times the first one's steps: i of them (tⁱ - 1) / (t - 1).
        let before = |fall: f64| (self.t_mul.powf(fall) - 1.0) / (self.t_mul - 1.0);
        let guess = ((1.0 + done * (self.t_mul - 1.0)).ln() / self.t_mul.ln()).floor();
        // A logarithm just below a whole number would be rounded to the fall before.
        let fall = if before(guess + 1.0) <= done { guess + 1.0 } else { guess };
        (fall, (done - before(fall)) / self.t_mul.powf(fall))
    }
}

impl LearningRateSchedule for CosineDecayRestarts {
    fn at(&self, step: u64) -> f64 {
        let (fall, done) = self.place(step);
        let cosine = 0.5 * self.m_mul.powf(fall) * (1.0 + (PI * done).cos());
        self.initial_learning_rate * ((1.0 - self.alpha) * cosine + self.alpha)
    }
    fn check(&self) -> Result<()> {
        const NAME: &str = "CosineDecayRestarts";
        decay_steps(NAME, "first_decay_steps", self.first_decay_steps)?;
        rate(NAME, "initial_learning_rate", self.initial_learning_rate)?;
        rate(NAME, "m_mul", self.m_mul)?;
        rate(NAME, "alpha", self.alpha)?;
        if self.t_mul.is_finite() && self.t_mul >= 1.0 {
            return Ok(());
        }
        Err(Error::argument(format!("t_mul of {NAME}"), "a number of at least 1", self.t_mul))
    }
}

configured! {
    [] CosineDecayRestarts, "CosineDecayRestarts", "keras.optimizers.schedules", CosineDecayRestarts::new(0.0, 0), |this, fields| {
        fields.required("initial_learning_rate", &mut this.initial_learning_rate)?;
        fields.required("first_decay_steps", &mut this.first_decay_steps)?;
        fields.field("t_mul", &mut this.t_mul)?;
        fields.field("m_mul", &mut this.m_mul)?;
        fields.field("alpha", &mut this.alpha)?;
        fields.unused("name", "SGDRDecay");
    }
}
