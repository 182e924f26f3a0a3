use std::path::{Path, PathBuf};

use super::{Callback, SaveFreq, Trainee};
use crate::error::{Error, Result};
use crate::saving;
use crate::training::Logs;

/// Lets a training that was killed go on where it was. Keras: `BackupAndRestore`.
///
/// It writes a [checkpoint](crate::saving) of the whole training after each epoch, or after every so many
/// batches. A `fit` that finds one begins there, and ends in the same bits as one that was never killed:
/// weights, optimizer, random streams, history, and what the other callbacks remember. At most what was
/// done since the last checkpoint is done again.
///
/// The path is a folder, in which the file is `backup.safetensors`, or a file whose name ends in
/// `.safetensors`. Folders that are not there are made. The data and the arguments of `fit` must be the
/// same; only `epochs` may differ. Two trainings at a time need two paths.
///
/// Defaults: after each epoch; the checkpoint is deleted when `fit` ends well; the one before it is not kept.
///
/// ```
/// use keras_core::prelude::*;
/// # let folder = tempfile::tempdir().unwrap();
/// # let folder = folder.path().join("backup");
/// sequential! { struct Net< Dense<2, 4, Tanh>, Dense<_, 1> > }
/// let mut net = Net::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), ());
/// let backup = BackupAndRestore::new(&folder).save_freq(100);
/// net.fit(&[[0.0, 1.0]], &[[1.0]], Fit::epochs(3).callback(backup).verbose(Verbose::Silent))?;
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Debug)]
pub struct BackupAndRestore {
    path: PathBuf,
    save_freq: SaveFreq,
    delete_checkpoint: bool,
    double_checkpoint: bool,
    seen: usize,
}

impl BackupAndRestore {
    /// With the checkpoint in this folder, or in this file.
    #[must_use]
    pub fn new(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let file = path.extension().is_some_and(|end| end == "safetensors");
        let path = if file { path.to_owned() } else { path.join("backup.safetensors") };
        Self { path, save_freq: SaveFreq::Epoch, delete_checkpoint: true, double_checkpoint: false, seen: 0 }
    }
    /// How often: [`SaveFreq::Epoch`], or a number of batches. Default: after each epoch.
    #[must_use]
    pub fn save_freq(mut self, every: impl Into<SaveFreq>) -> Self {
        self.save_freq = every.into();
        self
    }
    /// Whether the checkpoint is deleted when `fit` has ended without an error. Default: yes. One that
    /// stays tells the next `fit` that it has ended already.
    #[must_use]
    pub fn delete_checkpoint(mut self, delete: bool) -> Self {
        self.delete_checkpoint = delete;
        self
    }
    /// Whether the checkpoint before the last is kept beside it, in a file whose name ends in `.bkp`: a `fit` that
    /// finds the last one damaged by the disk goes on from there. Default: no.
    #[must_use]
    pub fn double_checkpoint(mut self, double: bool) -> Self {
        self.double_checkpoint = double;
        self
    }
    /// The checkpoint's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl BackupAndRestore {
    /// The file of the checkpoint before the last.
    fn previous(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".bkp");
        name.into()
    }

    /// Asks for a checkpoint; it is written later, so the one that is there now becomes the previous one.
    fn save(&self, trainee: &mut dyn Trainee) -> Result<()> {
        if self.double_checkpoint && exists(&self.path)? {
            saving::copy(&self.path, &self.previous())?;
        }
        trainee.save(&self.path)
    }
}

fn exists(path: &Path) -> Result<bool> {
    path.try_exists().map_err(Error::io(path))
}

impl Callback for BackupAndRestore {
    fn resume_from(&mut self) -> Result<Option<PathBuf>> {
        self.save_freq.check("BackupAndRestore")?;
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
        }
        saving::clean(&self.path)?;
        let previous = self.previous();
        let is_damaged = || saving::intact(&self.path).is_err() && saving::intact(&previous).is_ok();
        if self.double_checkpoint && is_damaged() {
            saving::copy(&previous, &self.path)?;
        }
        Ok(exists(&self.path)?.then(|| self.path.clone()))
    }

    fn on_train_begin(&mut self, _: &mut dyn Trainee) -> Result<()> {
        self.seen = 0;
        Ok(())
    }

    fn on_train_batch_end(&mut self, _: usize, _: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        if self.save_freq.batch(&mut self.seen) {
            self.save(trainee)?;
        }
        Ok(())
    }

    fn on_epoch_end(&mut self, _: usize, _: &mut Logs, trainee: &mut dyn Trainee) -> Result<()> {
        if self.save_freq == SaveFreq::Epoch {
            self.save(trainee)?;
        }
        Ok(())
    }

    fn on_train_end(&mut self, _: &Logs, _: &mut dyn Trainee) -> Result<()> {
        let previous = self.double_checkpoint.then(|| self.previous());
        for path in [Some(self.path.clone()), previous].into_iter().flatten() {
            if self.delete_checkpoint && exists(&path)? {
                std::fs::remove_file(&path).map_err(Error::io(&path))?;
            }
        }
        Ok(())
    }
}
