//! Schedules: the learning rate as a function of the steps made. One small file each.

mod check;
mod cosine_decay;
mod cosine_decay_restarts;
mod exponential_decay;
mod inverse_time_decay;
mod piecewise_constant_decay;
mod polynomial_decay;
mod schedule;

use core::fmt::Debug;

pub use cosine_decay::CosineDecay;
pub use cosine_decay_restarts::CosineDecayRestarts;
pub use exponential_decay::ExponentialDecay;
pub use inverse_time_decay::InverseTimeDecay;
pub use piecewise_constant_decay::PiecewiseConstantDecay;
pub use polynomial_decay::PolynomialDecay;
pub use schedule::Schedule;

use crate::error::Result;

/// The learning rate of every step. Keras: `LearningRateSchedule`.
///
/// An optimizer takes one in place of its number; one of your own it takes as [`Schedule::own`].
///
/// ```
/// use keras_core::prelude::*;
///
/// /// As long as the square root of the steps left.
/// #[derive(Debug)]
/// struct Root(f64);
///
/// impl LearningRateSchedule for Root {
///     fn at(&self, step: u64) -> f64 {
///         self.0 * (100.0 - step as f64).max(0.0).sqrt()
///     }
/// }
/// let sgd = SGD::default().schedule(Schedule::own(Root(0.1)));
/// assert_eq!(sgd.learning_rate(), 1.0);
/// assert_eq!(sgd.learning_rate_at(64), 0.1 * 6.0);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a schedule",
    label = "expected a schedule, such as `CosineDecay::new(0.1, 1000)`"
)]
pub trait LearningRateSchedule: Debug + Send + Sync {
    /// The learning rate of a step, counted from 0.
    fn at(&self, step: u64) -> f64;
    /// Whether its numbers make sense; the optimizer's own check asks.
    ///
    /// # Errors
    /// An [`Argument`](crate::Error::Argument) that names the number, what it may be and what it is.
    fn check(&self) -> Result<()> {
        Ok(())
    }
}
