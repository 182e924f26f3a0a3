use super::check::{at_least_zero, counts, positive, share};
#[cfg(feature = "serde")]
use crate::config::{Field, Fields};
use crate::error::{Error, Result};
use crate::schedules::{LearningRateSchedule, Schedule};

/// What all optimizers have.
///
/// Of the three ways to keep gradients small, Keras allows one at a time, and so does
/// [`check`](super::Optimizer::check).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The length of a step. With a schedule, that of the first one.
    pub learning_rate: f64,
    /// The length of every step, if it is not always the same.
    pub schedule: Option<Schedule>,
    /// The share of each parameter, times the learning rate, that is taken off before a step.
    pub weight_decay: f64,
    /// Each variable's gradient is scaled down to this norm, if it is larger.
    pub clipnorm: Option<f64>,
    /// Each number of the gradients is kept within ± this.
    pub clipvalue: Option<f64>,
    /// All gradients are scaled down together to this norm, if it is larger.
    pub global_clipnorm: Option<f64>,
    /// Weights whose names have one of these in them do not decay; `dense_1/bias` is one weight alone.
    pub exclude_from_weight_decay: &'static [&'static str],
    /// Whether running means of the weights are kept, which they are replaced by after training.
    pub use_ema: bool,
    /// How much of those means is kept each step.
    pub ema_momentum: f64,
    /// After how many steps, again and again, the weights are replaced by their means.
    pub ema_overwrite_frequency: Option<u64>,
    /// What the loss is multiplied by, and the gradients are divided by again.
    pub loss_scale_factor: Option<f64>,
    /// Of how many batches the gradients are averaged for one step.
    pub gradient_accumulation_steps: Option<u64>,
}

impl Options {
    /// With this learning rate, no decay and no clipping.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Self {
            learning_rate,
            schedule: None,
            weight_decay: 0.0,
            clipnorm: None,
            clipvalue: None,
            global_clipnorm: None,
            exclude_from_weight_decay: &[],
            use_ema: false,
            ema_momentum: 0.99,
            ema_overwrite_frequency: None,
            loss_scale_factor: None,
            gradient_accumulation_steps: None,
        }
    }

    /// The learning rate after this many steps.
    #[must_use]
    pub fn learning_rate_at(&self, step: u64) -> f64 {
        self.schedule.map_or(self.learning_rate, |schedule| schedule.at(step))
    }

    /// What a step keeps of each parameter, before it follows the gradient.
    #[must_use]
    pub(super) const fn keep(&self) -> f64 {
        1.0 - self.learning_rate * self.weight_decay
    }

    /// Whether these make sense, for an optimizer of this name.
    ///
    /// # Errors
    /// If a number is negative, NaN or infinite, or if there is more than one kind of clipping.
    pub fn check(&self, optimizer: &str) -> Result<()> {
        at_least_zero(optimizer, "learning_rate", self.learning_rate)?;
        self.schedule.map_or(Ok(()), |schedule| schedule.check())?;
        at_least_zero(optimizer, "weight_decay", self.weight_decay)?;
        share(optimizer, "ema_momentum", self.ema_momentum)?;
        counts(optimizer, "ema_overwrite_frequency", self.ema_overwrite_frequency, 1)?;
        counts(optimizer, "gradient_accumulation_steps", self.gradient_accumulation_steps, 2)?;
        self.loss_scale_factor.map_or(Ok(()), |factor| positive(optimizer, "loss_scale_factor", factor))?;
        let kinds = [
            ("clipnorm", self.clipnorm),
            ("clipvalue", self.clipvalue),
            ("global_clipnorm", self.global_clipnorm),
        ];
        let mut given = Vec::new();
        for (argument, value) in kinds {
            if let Some(value) = value {
                positive(optimizer, argument, value)?;
                given.push(format!("{argument} {value}"));
            }
        }
        if given.len() > 1 {
            let expected = "only one of clipnorm, clipvalue and global_clipnorm";
            return Err(Error::argument(format!("clipping of {optimizer}"), expected, given.join(" and ")));
        }
        Ok(())
    }
}

#[cfg(feature = "serde")]
impl Options {
    /// The fields of Keras' configuration that all optimizers have; `decay` is the weight decay that the
    /// optimizer has by default. Keras writes `null` for no decay, but not where there is one by default.
    pub(super) fn configure(&mut self, name: &str, decay: f64, fields: &mut Fields) -> Result<()> {
        fields.unused("name", name);
        let mut rate = Rate(self.learning_rate, self.schedule);
        fields.field("learning_rate", &mut rate)?;
        (self.learning_rate, self.schedule) = (rate.0, rate.1);
        let mut given = Some(self.weight_decay).filter(|given| *given != 0.0 || decay != 0.0);
        fields.field("weight_decay", &mut given)?;
        self.weight_decay = given.unwrap_or(0.0);
        fields.field("clipnorm", &mut self.clipnorm)?;
        fields.field("global_clipnorm", &mut self.global_clipnorm)?;
        fields.field("clipvalue", &mut self.clipvalue)?;
        fields.field("use_ema", &mut self.use_ema)?;
        fields.field("ema_momentum", &mut self.ema_momentum)?;
        fields.field("ema_overwrite_frequency", &mut self.ema_overwrite_frequency)?;
        fields.field("loss_scale_factor", &mut self.loss_scale_factor)?;
        fields.field("gradient_accumulation_steps", &mut self.gradient_accumulation_steps)?;
        let none: &[&str] = &[];
        fields.own("exclude_from_weight_decay", &mut self.exclude_from_weight_decay, none)
    }
}

/// A learning rate: a number or a schedule.
#[cfg(feature = "serde")]
struct Rate(f64, Option<Schedule>);

#[cfg(feature = "serde")]
impl Field for Rate {
    fn read(value: &serde_json::Value) -> core::result::Result<Self, (String, String)> {
        match value.as_f64() {
            Some(rate) => Ok(Self(rate, None)),
            None => Schedule::read(value).map(|schedule| Self(schedule.at(0), Some(schedule))),
        }
    }
    fn write(&self) -> Result<serde_json::Value> {
        self.1.map_or(Ok(self.0.into()), |schedule| schedule.write())
    }
}

/// The builder methods that every optimizer has. The path leads to its [`Options`].
macro_rules! common_options {
    ($($path:ident).+) => {
        /// With weight decay: `learning_rate · weight_decay · p` is taken off each parameter `p`
        /// before a step.
        #[must_use]
        pub const fn weight_decay(mut self, weight_decay: f64) -> Self {
            self.$($path).+.weight_decay = weight_decay;
            self
        }
        /// Scales each variable's gradient down to this norm, if it is larger.
        #[must_use]
        pub const fn clipnorm(mut self, norm: f64) -> Self {
            self.$($path).+.clipnorm = Some(norm);
            self
        }
        /// Keeps each number of the gradients within ± `value`.
        #[must_use]
        pub const fn clipvalue(mut self, value: f64) -> Self {
            self.$($path).+.clipvalue = Some(value);
            self
        }
        /// Scales all gradients down together to this norm, if it is larger.
        #[must_use]
        pub const fn global_clipnorm(mut self, norm: f64) -> Self {
            self.$($path).+.global_clipnorm = Some(norm);
            self
        }
        /// Takes the learning rate of every step from a schedule, or from a closure of the steps made.
        #[must_use]
        pub fn schedule(mut self, schedule: impl Into<$crate::schedules::Schedule>) -> Self {
            let schedule = schedule.into();
            self.$($path).+.learning_rate = $crate::schedules::LearningRateSchedule::at(&schedule, 0);
            self.$($path).+.schedule = Some(schedule);
            self
        }
        /// Lets weights whose names have one of these in them not decay; `dense_1/bias` names one alone.
        #[must_use]
        pub const fn exclude_from_weight_decay(mut self, names: &'static [&'static str]) -> Self {
            self.$($path).+.exclude_from_weight_decay = names;
            self
        }
        /// Keeps running means of the weights, and replaces the weights by them when `fit` ends.
        #[must_use]
        pub const fn use_ema(mut self, use_ema: bool) -> Self {
            self.$($path).+.use_ema = use_ema;
            self
        }
        /// How much of those means is kept each step, from 0 to 1. Default: 0.99.
        #[must_use]
        pub const fn ema_momentum(mut self, momentum: f64) -> Self {
            self.$($path).+.ema_momentum = momentum;
            self
        }
        /// Replaces the weights by their means after every so many steps.
        #[must_use]
        pub const fn ema_overwrite_frequency(mut self, steps: u64) -> Self {
            self.$($path).+.ema_overwrite_frequency = Some(steps);
            self
        }
        /// Multiplies the loss by this and divides the gradients by it again, so that small gradients
        /// are not lost on the way.
        #[must_use]
        pub const fn loss_scale_factor(mut self, factor: f64) -> Self {
            self.$($path).+.loss_scale_factor = Some(factor);
            self
        }
        /// Makes one step with the mean of the gradients of so many batches, at least 2.
        #[must_use]
        pub const fn gradient_accumulation_steps(mut self, batches: u64) -> Self {
            self.$($path).+.gradient_accumulation_steps = Some(batches);
            self
        }
    };
}
pub(super) use common_options;

/// A builder method for each of an optimizer's own numbers.
macro_rules! own_options {
    ($($(#[$doc:meta])* $name:ident: $kind:ty,)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(mut self, $name: $kind) -> Self {
            self.$name = $name;
            self
        }
    )*};
}
pub(super) use own_options;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::{Adam, Optimizer, SGD};

    #[test]
    fn what_makes_no_sense_is_named() {
        let message = |result: Result<()>| result.unwrap_err().to_string();
        assert_eq!(
            message(Adam::new(-0.1).check()),
            "learning_rate of adam: expected a number of at least 0, but found -0.1"
        );
        assert!(Adam::new(f64::NAN).check().is_err());
        assert!(Adam::new(f64::INFINITY).check().is_err());
        assert!(Adam::default().weight_decay(-1.0).check().is_err());
        assert_eq!(
            message(SGD::default().clipvalue(0.0).check()),
            "clipvalue of sgd: expected a number above 0, but found 0"
        );
        assert_eq!(
            message(SGD::default().clipnorm(1.0).global_clipnorm(2.0).check()),
            "clipping of sgd: expected only one of clipnorm, clipvalue and global_clipnorm, \
             but found clipnorm 1 and global_clipnorm 2"
        );
        SGD::new(0.0).weight_decay(0.1).clipnorm(1.0).check().unwrap();
        assert_eq!(
            message(SGD::default().gradient_accumulation_steps(1).check()),
            "gradient_accumulation_steps of sgd: expected at least 2, but found 1"
        );
        assert_eq!(
            message(SGD::default().ema_momentum(1.5).check()),
            "ema_momentum of sgd: expected a number from 0 to 1, but found 1.5"
        );
        assert!(SGD::default().ema_overwrite_frequency(0).check().is_err());
        assert!(SGD::default().loss_scale_factor(0.0).check().is_err());
        assert!(SGD::default().schedule(crate::schedules::CosineDecay::new(0.1, 0)).check().is_err());
    }
}
