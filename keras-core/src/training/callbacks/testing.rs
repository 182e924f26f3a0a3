//! A training that is none, for the callbacks' tests.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use super::{Callback, Snapshot, Trainee};
use crate::error::Result;
use crate::training::Logs;

/// What was done to it is there to be looked at. Its weights are one number.
pub struct Fake {
    pub stopped: bool,
    pub learning_rate: f64,
    pub validation_freq: usize,
    pub weights: usize,
    pub saved: RefCell<Vec<PathBuf>>,
}

impl Default for Fake {
    fn default() -> Self {
        Self { stopped: false, learning_rate: 0.5, validation_freq: 1, weights: 0, saved: RefCell::default() }
    }
}

impl Trainee for Fake {
    fn stop_training(&mut self) {
        self.stopped = true;
    }
    fn stopping(&self) -> bool {
        self.stopped
    }
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }
    fn set_learning_rate(&mut self, learning_rate: f64) -> Result<()> {
        self.learning_rate = learning_rate;
        Ok(())
    }
    fn validation_freq(&self) -> usize {
        self.validation_freq
    }
    fn snapshot(&self) -> Snapshot {
        Snapshot(std::sync::Arc::new(self.weights))
    }
    fn restore(&mut self, snapshot: &Snapshot) {
        self.weights = *snapshot.0.downcast_ref().expect("a snapshot of this training");
    }
    fn save_weights(&self, path: &Path) -> Result<()> {
        self.saved.borrow_mut().push(path.to_owned());
        Ok(())
    }
    fn save(&mut self, path: &Path) -> Result<()> {
        self.saved.get_mut().push(path.to_owned());
        Ok(())
    }
}

/// A training with one epoch for each value of the figure. After epoch `e` the weights are `e + 1`.
/// The epochs' logs come back.
pub fn train(
    fake: &mut Fake,
    callback: &mut dyn Callback,
    figure: &str,
    values: &[f64],
) -> Result<Vec<Logs>> {
    let mut epochs = Vec::new();
    fake.stopped = false;
    callback.on_train_begin(fake)?;
    for (epoch, &value) in values.iter().enumerate() {
        callback.on_epoch_begin(epoch, fake)?;
        fake.weights = epoch + 1;
        let mut logs = Logs::from_iter([("loss", 1.0), (figure, value)]);
        callback.on_epoch_end(epoch, &mut logs, fake)?;
        epochs.push(logs);
        if fake.stopped {
            break;
        }
    }
    let last = epochs.last().cloned().unwrap_or_default();
    callback.on_train_end(&last, fake)?;
    Ok(epochs)
}
