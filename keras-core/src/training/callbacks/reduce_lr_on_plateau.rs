use super::monitor::{Monitor, monitor_options};
use super::{Callback, CallbackState, Trainee};
use crate::error::{Error, Result};
use crate::training::Logs;

/// Makes the learning rate smaller when a figure has stopped getting better.
/// Keras: `ReduceLROnPlateau`.
///
/// Defaults: monitor `val_loss`, factor 0.1, patience 10, mode auto, min delta 1e-4, cooldown 0, min
/// learning rate 0. Each epoch's logs get the `learning_rate` that it was trained with. A figure that
/// is not there is an error at the end of the first epoch.
///
/// ```
/// use keras_core::prelude::*;
/// let reduce = ReduceLROnPlateau::default().factor(0.5).patience(3).min_lr(1e-5);
/// let fit = Fit::epochs(100).validation_split(0.1).callback(reduce);
/// # let _ = fit;
/// ```
#[derive(Clone, Debug)]
pub struct ReduceLROnPlateau {
    monitor: Monitor,
    factor: f64,
    patience: usize,
    cooldown: usize,
    min_lr: f64,
    best: Option<f64>,
    wait: usize,
    resting: usize,
}

impl Default for ReduceLROnPlateau {
    fn default() -> Self {
        Self {
            monitor: Monitor::new("ReduceLROnPlateau", 1e-4),
            factor: 0.1,
            patience: 10,
            cooldown: 0,
            min_lr: 0.0,
            best: None,
            wait: 0,
            resting: 0,
        }
    }
}

impl ReduceLROnPlateau {
    monitor_options!("val_loss");

    /// What the learning rate is multiplied by, above 0 and below 1. Default: 0.1.
    #[must_use]
    pub fn factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }
    /// After how many epochs that are not better. Default: 10.
    #[must_use]
    pub fn patience(mut self, epochs: usize) -> Self {
        self.patience = epochs;
        self
    }
    /// The smallest change that counts as better. Default: 1e-4.
    #[must_use]
    pub fn min_delta(mut self, change: f64) -> Self {
        self.monitor.min_delta = change;
        self
    }
    /// How many epochs after a reduction are not counted. Default: 0.
    #[must_use]
    pub fn cooldown(mut self, epochs: usize) -> Self {
        self.cooldown = epochs;
        self
    }
    /// The learning rate that it does not go below. Default: 0.
    #[must_use]
    pub fn min_lr(mut self, learning_rate: f64) -> Self {
        self.min_lr = learning_rate;
        self
    }
}

impl Callback for ReduceLROnPlateau {
    fn state(&self) -> Option<CallbackState> {
        let state = CallbackState::new("ReduceLROnPlateau").number("best", self.best);
        Some(state.count("wait", self.wait).count("resting", self.resting))
    }

    fn set_state(&mut self, state: &CallbackState, _: &mut dyn Trainee) -> Result<()> {
        self.best = state.get_number("best");
        self.wait = state.get_count("wait").unwrap_or_default();
        self.resting = state.get_count("resting").unwrap_or_default();
        Ok(())
    }

    fn on_train_begin(&mut self, _: &mut dyn Trainee) -> Result<()> {
        if !(self.factor > 0.0 && self.factor < 1.0) {
            let argument = "factor of ReduceLROnPlateau";
            return Err(Error::argument(argument, "a number above 0 and below 1", self.factor));
        }
        (self.best, self.wait, self.resting) = (None, 0, 0);
        Ok(())
    }

    fn on_epoch_end(&mut self, epoch: usize, logs: &mut Logs, trainee: &mut dyn Trainee) -> Result<()> {
        let value = self.monitor.value(epoch, logs, trainee)?;
        let rate = trainee.learning_rate();
        logs.set("learning_rate", rate);
        let Some(value) = value else { return Ok(()) };
        if self.resting > 0 {
            self.resting -= 1;
            self.wait = 0;
        }
        if self.monitor.better(value, self.best) {
            self.best = Some(value);
            self.wait = 0;
        } else if self.resting == 0 {
            self.wait += 1;
            if self.wait >= self.patience && rate > self.min_lr {
                trainee.set_learning_rate((rate * self.factor).max(self.min_lr))?;
                self.resting = self.cooldown;
                self.wait = 0;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::callbacks::testing::{Fake, train};

    fn rates(reduce: ReduceLROnPlateau, values: &[f64]) -> Vec<f64> {
        let mut reduce = reduce;
        let epochs = train(&mut Fake::default(), &mut reduce, "val_loss", values).unwrap();
        epochs.iter().map(|logs| logs["learning_rate"]).collect()
    }

    #[test]
    fn each_epoch_logs_the_rate_that_it_was_trained_with() {
        let reduce = ReduceLROnPlateau::default().factor(0.5).patience(1);
        assert_eq!(rates(reduce, &[0.4, 0.3, 0.31, 0.32, 0.2, 0.3]), [0.5, 0.5, 0.5, 0.25, 0.125, 0.125]);
    }

    #[test]
    fn it_reduces_where_keras_did() {
        let mut fake = Fake { learning_rate: 1.0, ..Fake::default() };
        let mut reduce = ReduceLROnPlateau::default().factor(0.3).patience(1);
        // A training of Keras 3.15 with these arguments.
        let losses = [1.6015054, 1.7203476, 1.5396065, 1.4089487, 1.3177379, 1.2550043, 1.2118957, 1.1820755];
        let epochs = train(&mut fake, &mut reduce, "val_loss", &losses).unwrap();
        let rates: Vec<_> = epochs.iter().map(|logs| logs["learning_rate"]).collect();
        assert_eq!(rates, [1.0, 1.0, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3]);
    }

    #[test]
    fn small_changes_do_not_count() {
        let reduce = ReduceLROnPlateau::default().factor(0.5).patience(2);
        assert_eq!(rates(reduce, &[0.4, 0.39999, 0.39998, 0.39997]), [0.5, 0.5, 0.5, 0.25]);
    }

    #[test]
    fn it_rests_after_a_reduction() {
        let reduce = ReduceLROnPlateau::default().factor(0.5).patience(1).cooldown(2);
        // Reduced after epochs 1 and 3: the second epoch of the rest counts again, as in Keras.
        assert_eq!(rates(reduce, &[0.4, 0.5, 0.5, 0.5, 0.5, 0.5]), [0.5, 0.5, 0.25, 0.25, 0.125, 0.125]);
    }

    #[test]
    fn it_stops_at_the_smallest_rate() {
        let reduce = ReduceLROnPlateau::default().patience(1).min_lr(0.2);
        assert_eq!(rates(reduce, &[0.4, 0.4, 0.4, 0.4]), [0.5, 0.5, 0.2, 0.2]);
    }

    #[test]
    fn a_factor_that_does_not_reduce_is_refused() {
        let error =
            train(&mut Fake::default(), &mut ReduceLROnPlateau::default().factor(1.0), "val_loss", &[])
                .unwrap_err();
        assert_eq!(
            error.to_string(),
            "factor of ReduceLROnPlateau: expected a number above 0 and below 1, but found 1"
        );
    }
}
