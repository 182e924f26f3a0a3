//! Callbacks: what is done while a model trains. One small file each.

mod backup_and_restore;
mod csv_logger;
mod early_stopping;
mod filepath;
mod lambda_callback;
mod learning_rate_scheduler;
mod model_checkpoint;
mod monitor;
mod reduce_lr_on_plateau;
mod save_freq;
mod state;
mod terminate_on_nan;
#[cfg(test)]
mod testing;

use std::any::Any;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use backup_and_restore::BackupAndRestore;
pub use csv_logger::CSVLogger;
pub use early_stopping::EarlyStopping;
pub use lambda_callback::LambdaCallback;
pub use learning_rate_scheduler::LearningRateScheduler;
pub use model_checkpoint::ModelCheckpoint;
pub use monitor::Mode;
pub use reduce_lr_on_plateau::ReduceLROnPlateau;
pub use save_freq::SaveFreq;
pub use state::CallbackState;
pub use terminate_on_nan::TerminateOnNaN;

use super::Logs;
use crate::error::Result;

/// What a callback can do with the training.
pub trait Trainee {
    /// Ends the training after this batch or epoch.
    fn stop_training(&mut self);
    /// Whether somebody has ended it.
    fn stopping(&self) -> bool;
    /// The learning rate in force.
    fn learning_rate(&self) -> f64;
    /// Changes the learning rate, from the next step on.
    ///
    /// # Errors
    /// If the optimizer takes it from a schedule.
    fn set_learning_rate(&mut self, learning_rate: f64) -> Result<()>;
    /// After how many epochs there is a validation, if there are any: other epochs have no figures of
    /// one.
    fn validation_freq(&self) -> usize {
        1
    }
    /// A copy of all weights.
    fn snapshot(&self) -> Snapshot;
    /// Puts a copy of the weights back.
    fn restore(&mut self, snapshot: &Snapshot);
    /// Saves the weights, as [`save_weights`](crate::saving) does.
    ///
    /// # Errors
    /// If the file cannot be written.
    fn save_weights(&self, path: &Path) -> Result<()>;
    /// Whether this training goes on from a checkpoint.
    fn resuming(&self) -> bool {
        false
    }
    /// Writes a [checkpoint](crate::saving) of the whole training when all callbacks have seen this batch or
    /// epoch. An error in writing it ends the training.
    ///
    /// # Errors
    /// If there is no training to save.
    fn save(&mut self, path: &Path) -> Result<()> {
        Err(crate::Error::file(path, "no checkpoint can be written: this is no training"))
    }
}

/// A copy of a model's weights.
#[derive(Clone)]
pub struct Snapshot(pub(crate) Arc<dyn Any + Send + Sync>);

/// What is called while a model trains, is evaluated or predicts. Every hook has an empty default.
///
/// Epochs and batches count from 0. An error ends the training, and `fit` returns it.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::training::{Logs, callbacks::{Callback, Trainee}};
///
/// /// Prints the loss of every epoch.
/// struct Print;
///
/// impl Callback for Print {
///     fn on_epoch_end(&mut self, epoch: usize, logs: &mut Logs, _: &mut dyn Trainee) -> keras_core::Result<()> {
///         println!("{epoch}: {}", logs["loss"]);
///         Ok(())
///     }
/// }
/// ```
#[allow(unused_variables, reason = "the defaults do nothing")]
pub trait Callback {
    /// What it remembers, for a checkpoint. Default: nothing.
    fn state(&self) -> Option<CallbackState> {
        None
    }
    /// Remembers it again, where a training goes on from a checkpoint; comes after
    /// [`on_train_begin`](Self::on_train_begin).
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn set_state(&mut self, state: &CallbackState, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
    /// A checkpoint that the training should go on from, before anything else. Of several callbacks the
    /// first that has one counts. Default: none.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn resume_from(&mut self) -> Result<Option<PathBuf>> {
        Ok(None)
    }
    /// Before the first epoch.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn on_train_begin(&mut self, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
    /// After the last epoch.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn on_train_end(&mut self, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
    /// Before an epoch.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn on_epoch_begin(&mut self, epoch: usize, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
    /// After an epoch and its validation. What is set in `logs` goes into the history.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn on_epoch_end(&mut self, epoch: usize, logs: &mut Logs, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
    /// Before a step.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn on_train_batch_begin(&mut self, batch: usize, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
    /// After a step; the figures are the epoch's means so far.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn on_train_batch_end(&mut self, batch: usize, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
    /// Before an evaluation.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn on_test_begin(&mut self, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
    /// After an evaluation.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn on_test_end(&mut self, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
    /// Before a batch of an evaluation.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn on_test_batch_begin(&mut self, batch: usize, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
    /// After a batch of an evaluation; the figures are the means so far.
    ///
    /// # Errors
    /// Whatever the callback cannot do.
    fn on_test_batch_end(&mut self, batch: usize, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        Ok(())
    }
}

impl<C: Callback + ?Sized> Callback for &mut C {
    fn state(&self) -> Option<CallbackState> {
        (**self).state()
    }
    fn set_state(&mut self, state: &CallbackState, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).set_state(state, trainee)
    }
    fn resume_from(&mut self) -> Result<Option<PathBuf>> {
        (**self).resume_from()
    }
    fn on_train_begin(&mut self, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).on_train_begin(trainee)
    }
    fn on_train_end(&mut self, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).on_train_end(logs, trainee)
    }
    fn on_epoch_begin(&mut self, epoch: usize, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).on_epoch_begin(epoch, trainee)
    }
    fn on_epoch_end(&mut self, epoch: usize, logs: &mut Logs, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).on_epoch_end(epoch, logs, trainee)
    }
    fn on_train_batch_begin(&mut self, batch: usize, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).on_train_batch_begin(batch, trainee)
    }
    fn on_train_batch_end(&mut self, batch: usize, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).on_train_batch_end(batch, logs, trainee)
    }
    fn on_test_begin(&mut self, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).on_test_begin(trainee)
    }
    fn on_test_end(&mut self, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).on_test_end(logs, trainee)
    }
    fn on_test_batch_begin(&mut self, batch: usize, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).on_test_batch_begin(batch, trainee)
    }
    fn on_test_batch_end(&mut self, batch: usize, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        (**self).on_test_batch_end(batch, logs, trainee)
    }
}
