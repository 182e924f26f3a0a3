use super::monitor::{Monitor, monitor_options};
use super::{Callback, CallbackState, Snapshot, Trainee};
use crate::error::Result;
use crate::training::Logs;

/// Ends the training when a figure has stopped getting better. Keras: `EarlyStopping`.
///
/// Defaults: monitor `val_loss`, min delta 0, patience 0, mode auto, no baseline, the weights stay as
/// the last epoch left them, from epoch 0 on. A figure that is not there is an error at the end of the
/// first epoch.
///
/// ```
/// use keras_core::prelude::*;
/// let stop = EarlyStopping::default().monitor("val_accuracy").patience(3).restore_best_weights(true);
/// let fit = Fit::epochs(100).validation_split(0.1).callback(stop);
/// # let _ = fit;
/// ```
pub struct EarlyStopping {
    monitor: Monitor,
    patience: usize,
    baseline: Option<f64>,
    restore_best_weights: bool,
    start_from_epoch: usize,
    wait: usize,
    best: Option<f64>,
    best_epoch: Option<usize>,
    best_weights: Option<Snapshot>,
    stopped_epoch: Option<usize>,
}

impl Default for EarlyStopping {
    fn default() -> Self {
        Self {
            monitor: Monitor::new("EarlyStopping", 0.0),
            patience: 0,
            baseline: None,
            restore_best_weights: false,
            start_from_epoch: 0,
            wait: 0,
            best: None,
            best_epoch: None,
            best_weights: None,
            stopped_epoch: None,
        }
    }
}

impl EarlyStopping {
    monitor_options!("val_loss");

    /// The smallest change that counts as better. Default: 0.
    #[must_use]
    pub fn min_delta(mut self, change: f64) -> Self {
        self.monitor.min_delta = change;
        self
    }
    /// After how many epochs that are not better the training ends. Default: 0, which ends it after
    /// the first one, like 1.
    #[must_use]
    pub fn patience(mut self, epochs: usize) -> Self {
        self.patience = epochs;
        self
    }
    /// Epochs count as better only if the figure is better than this, too. Default: none.
    #[must_use]
    pub fn baseline(mut self, value: f64) -> Self {
        self.baseline = Some(value);
        self
    }
    /// Whether the weights of the best epoch are put back when the training ends. Default: no.
    #[must_use]
    pub fn restore_best_weights(mut self, restore: bool) -> Self {
        self.restore_best_weights = restore;
        self
    }
    /// How many epochs are not looked at. Default: 0.
    #[must_use]
    pub fn start_from_epoch(mut self, epoch: usize) -> Self {
        self.start_from_epoch = epoch;
        self
    }

    /// The epoch after which the training was ended, counted from 0.
    #[must_use]
    pub fn stopped_epoch(&self) -> Option<usize> {
        self.stopped_epoch
    }
    /// The best epoch, counted from 0.
    #[must_use]
    pub fn best_epoch(&self) -> Option<usize> {
        self.best_epoch
    }
    /// The figure of the best epoch.
    #[must_use]
    pub fn best(&self) -> Option<f64> {
        self.best
    }
}

impl Callback for EarlyStopping {
    fn state(&self) -> Option<CallbackState> {
        let state = CallbackState::new("EarlyStopping").number("best", self.best).count("wait", self.wait);
        let state = state.count("best_epoch", self.best_epoch).count("stopped_epoch", self.stopped_epoch);
        Some(state.weights("best_weights", self.best_weights.clone()))
    }

    fn set_state(&mut self, state: &CallbackState, _: &mut dyn Trainee) -> Result<()> {
        self.wait = state.get_count("wait").unwrap_or_default();
        (self.best, self.best_epoch) = (state.get_number("best"), state.get_count("best_epoch"));
        self.stopped_epoch = state.get_count("stopped_epoch");
        self.best_weights = state.get_weights("best_weights");
        Ok(())
    }

    fn on_train_begin(&mut self, _: &mut dyn Trainee) -> Result<()> {
        self.wait = 0;
        (self.best, self.best_epoch, self.best_weights, self.stopped_epoch) = (None, None, None, None);
        Ok(())
    }

    fn on_epoch_end(&mut self, epoch: usize, logs: &mut Logs, trainee: &mut dyn Trainee) -> Result<()> {
        let Some(value) = self.monitor.value(epoch, logs, trainee)? else { return Ok(()) };
        if epoch < self.start_from_epoch {
            return Ok(());
        }
        self.wait += 1;
        if self.monitor.better(value, self.best) {
            (self.best, self.best_epoch) = (Some(value), Some(epoch));
            if self.restore_best_weights {
                self.best_weights = Some(trainee.snapshot());
            }
            if self.baseline.is_none_or(|baseline| self.monitor.better(value, Some(baseline))) {
                self.wait = 0;
            }
        } else if self.wait >= self.patience && epoch > 0 {
            self.stopped_epoch = Some(epoch);
            trainee.stop_training();
        }
        Ok(())
    }

    fn on_train_end(&mut self, _: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        if let Some(weights) = &self.best_weights {
            trainee.restore(weights);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::callbacks::testing::{Fake, train};

    #[test]
    fn it_stops_after_its_patience_and_puts_the_best_weights_back() {
        let mut fake = Fake::default();
        let mut stop = EarlyStopping::default().patience(2).restore_best_weights(true);
        let epochs = train(&mut fake, &mut stop, "val_loss", &[0.5, 0.4, 0.6, 0.3, 0.3, 0.35, 0.1]).unwrap();
        assert_eq!((epochs.len(), stop.stopped_epoch(), stop.best_epoch()), (6, Some(5), Some(3)));
        assert_eq!((fake.weights, stop.best()), (4, Some(0.3)));
        // A second training begins anew.
        let epochs = train(&mut fake, &mut stop, "val_loss", &[0.9, 0.8]).unwrap();
        assert_eq!(
            (epochs.len(), stop.stopped_epoch(), stop.best_epoch(), fake.weights),
            (2, None, Some(1), 2)
        );
    }

    #[test]
    fn it_stops_where_keras_did() {
        let mut fake = Fake::default();
        let mut stop = EarlyStopping::default().patience(1).restore_best_weights(true);
        // A training of Keras 3.15 that was to have 12 epochs, with these arguments.
        let losses = [1.6103911, 1.1943219, 1.1834457, 1.4293971, 1.0];
        let epochs = train(&mut fake, &mut stop, "val_loss", &losses).unwrap();
        assert_eq!((epochs.len(), stop.best_epoch(), fake.weights), (4, Some(2), 3));
    }

    #[test]
    fn best_weights_come_back_after_the_last_epoch_too() {
        let mut fake = Fake::default();
        let mut stop = EarlyStopping::default().patience(5).restore_best_weights(true);
        train(&mut fake, &mut stop, "val_loss", &[0.5, 0.4, 0.6]).unwrap();
        assert_eq!((stop.stopped_epoch(), fake.weights), (None, 2));
    }

    #[test]
    fn without_restoring_the_last_weights_stay() {
        let mut fake = Fake::default();
        let mut stop = EarlyStopping::default();
        let epochs = train(&mut fake, &mut stop, "val_loss", &[0.5, 0.6, 0.4]).unwrap();
        assert_eq!((epochs.len(), fake.weights), (2, 2));
    }

    #[test]
    fn accuracies_are_to_grow_by_the_delta() {
        let mut stop = EarlyStopping::default().monitor("val_accuracy").min_delta(0.1).patience(1);
        let epochs = train(&mut Fake::default(), &mut stop, "val_accuracy", &[0.5, 0.65, 0.7, 0.9]).unwrap();
        assert_eq!((epochs.len(), stop.best_epoch()), (3, Some(1)));
    }

    #[test]
    fn what_is_not_better_than_the_baseline_is_no_progress() {
        let mut stop = EarlyStopping::default().baseline(0.3).patience(2);
        let epochs = train(&mut Fake::default(), &mut stop, "val_loss", &[0.9, 0.8, 0.85, 0.1]).unwrap();
        assert_eq!((epochs.len(), stop.best_epoch()), (3, Some(1)));
    }

    #[test]
    fn the_first_epochs_can_be_left_out() {
        let mut stop = EarlyStopping::default().start_from_epoch(2);
        let epochs = train(&mut Fake::default(), &mut stop, "val_loss", &[0.1, 0.9, 0.8, 0.7, 0.75]).unwrap();
        assert_eq!((epochs.len(), stop.best_epoch()), (5, Some(3)));
    }

    #[test]
    fn a_missing_figure_is_an_error_at_once() {
        let mut stop = EarlyStopping::default().start_from_epoch(5);
        let error = train(&mut Fake::default(), &mut stop, "accuracy", &[0.5]).unwrap_err().to_string();
        assert!(error.starts_with("callback EarlyStopping: there is no figure `val_loss`"), "{error}");
    }
}
