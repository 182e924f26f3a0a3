use super::{Callback, Trainee};
use crate::error::{Error, Result};
use crate::training::Logs;

/// Sets the learning rate before each epoch, by a function of the epoch, counted from 0, and the rate
/// in force. Keras: `LearningRateScheduler`.
///
/// Each epoch's logs get its `learning_rate`. A rate that is negative, NaN or infinite is an error.
///
/// ```
/// use keras_core::prelude::*;
/// let halve = LearningRateScheduler::new(|epoch, rate| if epoch < 10 { rate } else { rate * 0.5 });
/// let fit = Fit::epochs(20).callback(halve);
/// # let _ = fit;
/// ```
pub struct LearningRateScheduler<'a> {
    schedule: Box<dyn FnMut(usize, f64) -> f64 + 'a>,
}

impl<'a> LearningRateScheduler<'a> {
    /// With this function.
    pub fn new(schedule: impl FnMut(usize, f64) -> f64 + 'a) -> Self {
        Self { schedule: Box::new(schedule) }
    }
}

impl Callback for LearningRateScheduler<'_> {
    fn on_epoch_begin(&mut self, epoch: usize, trainee: &mut dyn Trainee) -> Result<()> {
        let rate = (self.schedule)(epoch, trainee.learning_rate());
        if !(rate.is_finite() && rate >= 0.0) {
            let problem = format!("the learning rate of epoch {epoch} should be at least 0, but is {rate}");
            return Err(Error::Callback { callback: "LearningRateScheduler".into(), problem });
        }
        trainee.set_learning_rate(rate)
    }

    fn on_epoch_end(&mut self, _: usize, logs: &mut Logs, trainee: &mut dyn Trainee) -> Result<()> {
        logs.set("learning_rate", trainee.learning_rate());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::callbacks::testing::{Fake, train};

    #[test]
    fn each_epoch_has_its_rate() {
        let mut halve = LearningRateScheduler::new(|epoch, rate| if epoch == 0 { 8.0 } else { rate / 2.0 });
        let epochs = train(&mut Fake::default(), &mut halve, "val_loss", &[1.0; 3]).unwrap();
        let rates: Vec<_> = epochs.iter().map(|logs| logs["learning_rate"]).collect();
        assert_eq!(rates, [8.0, 4.0, 2.0]);
    }

    #[test]
    fn a_rate_that_makes_no_sense_is_an_error() {
        let mut broken = LearningRateScheduler::new(|_, rate| rate - 1.0);
        let error = train(&mut Fake::default(), &mut broken, "val_loss", &[1.0]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "callback LearningRateScheduler: the learning rate of epoch 0 should be at least 0, but is -0.5"
        );
    }
}
