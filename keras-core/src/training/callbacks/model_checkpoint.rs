use std::path::{Path, PathBuf};

use super::filepath::FilePath;
use super::monitor::{Monitor, monitor_options};
use super::{Callback, CallbackState, SaveFreq, Trainee};
use crate::error::{Error, Result};
use crate::training::Logs;

/// Saves the training after each epoch, or after each that was better. Keras: `ModelCheckpoint`.
///
/// The file is a [checkpoint](crate::saving) of the whole training, which
/// [`load`](crate::training::Compiled::load) reads, and `load_weights` the weights of it; or it has the
/// weights alone. The file's name ends in `.safetensors`. It may hold places for the epoch and the batch,
/// counted from 1, and for figures: `{epoch:02d}-{val_loss:.2f}.safetensors`; without any, each epoch overwrites the one
/// before. Folders that are not there are made.
///
/// Defaults: the whole training, after each epoch; monitor `val_loss`, mode auto, for
/// [`save_best_only`](Self::save_best_only). A figure that is not there is an error at the end of the
/// first epoch.
///
/// ```
/// use keras_core::prelude::*;
/// let save = ModelCheckpoint::new("run/best.safetensors").monitor("val_accuracy").save_best_only(true);
/// let fit = Fit::epochs(100).validation_split(0.1).callback(save);
/// # let _ = fit;
/// ```
#[derive(Clone, Debug)]
pub struct ModelCheckpoint {
    monitor: Monitor,
    filepath: PathBuf,
    save_best_only: bool,
    save_weights_only: bool,
    save_freq: SaveFreq,
    seen: usize,
    epoch: usize,
    initial_value_threshold: Option<f64>,
    best: Option<f64>,
    last: Option<PathBuf>,
}

const NAME: &str = "ModelCheckpoint";

impl ModelCheckpoint {
    /// Saves to this file.
    pub fn new(filepath: impl Into<PathBuf>) -> Self {
        Self {
            monitor: Monitor::new(NAME, 0.0),
            filepath: filepath.into(),
            save_best_only: false,
            save_weights_only: false,
            save_freq: SaveFreq::Epoch,
            seen: 0,
            epoch: 0,
            initial_value_threshold: None,
            best: None,
            last: None,
        }
    }
    monitor_options!("val_loss");

    /// Whether only epochs are saved that were better than all before. Default: no.
    #[must_use]
    pub fn save_best_only(mut self, best_only: bool) -> Self {
        self.save_best_only = best_only;
        self
    }
    /// Whether the file has the weights alone. Default: no.
    #[must_use]
    pub fn save_weights_only(mut self, weights_only: bool) -> Self {
        self.save_weights_only = weights_only;
        self
    }
    /// When: [`SaveFreq::Epoch`], or after so many batches, with the figures of the epoch so far, which are
    /// none of the validation. Default: after each epoch.
    #[must_use]
    pub fn save_freq(mut self, every: impl Into<SaveFreq>) -> Self {
        self.save_freq = every.into();
        self
    }
    /// The figure that the first epoch has to be better than, to be saved. Default: none.
    #[must_use]
    pub fn initial_value_threshold(mut self, value: f64) -> Self {
        self.initial_value_threshold = Some(value);
        self
    }

    /// The figure of the best epoch, if only the best are saved.
    #[must_use]
    pub fn best(&self) -> Option<f64> {
        self.best
    }
    /// The file that was saved last.
    #[must_use]
    pub fn last_saved(&self) -> Option<&Path> {
        self.last.as_deref()
    }

    fn parsed(&self) -> Result<FilePath> {
        let argument = || format!("filepath of {NAME}");
        let found = self.filepath.display();
        let Some(path) = self.filepath.to_str() else {
            return Err(Error::argument(argument(), "a path in Unicode", found));
        };
        if !path.ends_with(".safetensors") {
            return Err(Error::argument(argument(), "a name that ends in .safetensors", found));
        }
        FilePath::parse(path).map_err(|problem| Error::Callback {
            callback: NAME.into(),
            problem: format!("filepath {path}: {problem}"),
        })
    }

    fn save(&mut self, epoch: usize, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        if self.save_best_only {
            let Some(value) = self.monitor.value(epoch, logs, trainee)? else { return Ok(()) };
            if !self.monitor.better(value, self.best) {
                return Ok(());
            }
            self.best = Some(value);
        }
        let path = self.path(epoch, logs)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
        }
        if self.save_weights_only { trainee.save_weights(&path) } else { trainee.save(&path) }?;
        self.last = Some(path);
        Ok(())
    }

    fn path(&self, epoch: usize, logs: &Logs) -> Result<PathBuf> {
        let path = self.parsed()?.fill(epoch + 1, logs).map_err(|name| Error::Callback {
            callback: NAME.into(),
            problem: format!(
                "there is no figure `{name}` for the filepath {}; there are: epoch, {}",
                self.filepath.display(),
                logs.names().join(", ")
            ),
        })?;
        Ok(path.into())
    }
}

impl Callback for ModelCheckpoint {
    fn state(&self) -> Option<CallbackState> {
        let state = CallbackState::new(NAME).number("best", self.best).count("seen", self.seen);
        let last = self.last.as_deref().and_then(Path::to_str);
        Some(state.count("epoch", self.epoch).text("last", last))
    }

    fn set_state(&mut self, state: &CallbackState, _: &mut dyn Trainee) -> Result<()> {
        self.best = state.get_number("best");
        self.seen = state.get_count("seen").unwrap_or_default();
        self.epoch = state.get_count("epoch").unwrap_or_default();
        self.last = state.get_text("last").map(PathBuf::from);
        Ok(())
    }

    fn on_epoch_begin(&mut self, epoch: usize, _: &mut dyn Trainee) -> Result<()> {
        self.epoch = epoch;
        Ok(())
    }

    fn on_train_batch_end(&mut self, batch: usize, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        if !self.save_freq.batch(&mut self.seen) {
            return Ok(());
        }
        let mut logs = logs.clone();
        logs.set("batch", (batch + 1) as f64);
        self.save(self.epoch, &logs, trainee)
    }

    fn on_train_begin(&mut self, _: &mut dyn Trainee) -> Result<()> {
        self.parsed()?;
        self.save_freq.check(NAME)?;
        self.seen = 0;
        // What was best in an earlier training stays so, as in Keras.
        self.best = self.best.or(self.initial_value_threshold);
        Ok(())
    }

    fn on_epoch_end(&mut self, epoch: usize, logs: &mut Logs, trainee: &mut dyn Trainee) -> Result<()> {
        match self.save_freq {
            SaveFreq::Epoch => self.save(epoch, logs, trainee),
            SaveFreq::Batches(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::callbacks::testing::{Fake, train};

    fn saved(checkpoint: &mut ModelCheckpoint, figure: &str, values: &[f64]) -> Result<Vec<PathBuf>> {
        let mut fake = Fake::default();
        train(&mut fake, checkpoint, figure, values)?;
        Ok(fake.saved.into_inner())
    }

    #[test]
    fn every_epoch_is_saved_under_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deep/er/{epoch:02d}-{val_loss:.1f}.safetensors");
        let files = saved(&mut ModelCheckpoint::new(path), "val_loss", &[0.5, 0.75]).unwrap();
        let folder = dir.path().join("deep/er");
        assert_eq!(files, [folder.join("01-0.5.safetensors"), folder.join("02-0.8.safetensors")]);
        assert!(folder.is_dir());
    }

    #[test]
    fn only_the_best_are_saved() {
        let mut best =
            ModelCheckpoint::new("{epoch}.safetensors").monitor("val_accuracy").save_best_only(true);
        let files = saved(&mut best, "val_accuracy", &[0.5, 0.4, 0.6, 0.6]).unwrap();
        assert_eq!(files, [Path::new("1.safetensors"), Path::new("3.safetensors")]);
        assert_eq!((best.best(), best.last_saved()), (Some(0.6), Some(Path::new("3.safetensors"))));
        // A second training does not overwrite what was better.
        assert!(saved(&mut best, "val_accuracy", &[0.55]).unwrap().is_empty());
    }

    #[test]
    fn a_threshold_has_to_be_beaten() {
        let mut best =
            ModelCheckpoint::new("{epoch}.safetensors").save_best_only(true).initial_value_threshold(0.3);
        assert_eq!(saved(&mut best, "val_loss", &[0.4, 0.2]).unwrap(), [Path::new("2.safetensors")]);
    }

    #[test]
    fn names_that_cannot_be_are_refused() {
        let message = |mut checkpoint: ModelCheckpoint, values: &[f64]| {
            saved(&mut checkpoint, "val_loss", values).unwrap_err().to_string()
        };
        assert_eq!(
            message(ModelCheckpoint::new("best.h5"), &[]),
            "filepath of ModelCheckpoint: expected a name that ends in .safetensors, but found best.h5"
        );
        assert!(message(ModelCheckpoint::new("{loss:02d}.safetensors"), &[]).contains("{loss:.2f}"));
        assert_eq!(
            message(ModelCheckpoint::new("{acc}.safetensors"), &[1.0]),
            "callback ModelCheckpoint: there is no figure `acc` for the filepath {acc}.safetensors; \
             there are: epoch, loss, val_loss"
        );
        let missing = ModelCheckpoint::new("a.safetensors").monitor("auc").save_best_only(true);
        assert!(message(missing, &[1.0]).contains("there is no figure `auc` to monitor"));
    }
}
