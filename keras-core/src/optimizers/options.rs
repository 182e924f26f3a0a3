use super::check::{at_least_zero, positive};
use crate::error::{Error, Result};

/// What all optimizers have.
///
/// Of the three ways to keep gradients small, Keras allows one at a time, and so does
/// [`check`](super::Optimizer::check).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The length of a step.
    pub learning_rate: f64,
    /// The share of each parameter, times the learning rate, that is taken off before a step.
    pub weight_decay: f64,
    /// Each variable's gradient is scaled down to this norm, if it is larger.
    pub clipnorm: Option<f64>,
    /// Each number of the gradients is kept within ± this.
    pub clipvalue: Option<f64>,
    /// All gradients are scaled down together to this norm, if it is larger.
    pub global_clipnorm: Option<f64>,
}

impl Options {
    /// With this learning rate, no decay and no clipping.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Self { learning_rate, weight_decay: 0.0, clipnorm: None, clipvalue: None, global_clipnorm: None }
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
        at_least_zero(optimizer, "weight_decay", self.weight_decay)?;
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
    };
}
pub(super) use common_options;

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
    }
}
