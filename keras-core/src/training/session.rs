use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::callbacks::{Callback, Snapshot, Trainee};
use super::compiled::Compiled;
use crate::backend::Backend;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::optimizers::Optimizer;
use crate::saving;

/// How a training goes on.
pub(crate) struct Course {
    /// Whether somebody has ended it.
    pub stop: bool,
    /// After how many epochs there is a validation.
    pub validation_freq: usize,
    /// Whether it goes on from a checkpoint.
    pub resuming: bool,
    /// Checkpoints that are to be written; none where there is no training.
    pub saves: Option<Vec<PathBuf>>,
}

/// A training as its callbacks see it.
pub(crate) struct Session<'a, M, O> {
    pub model: &'a mut M,
    pub optimizer: &'a mut O,
    pub course: &'a mut Course,
}

impl<M: Model, O: Optimizer> Trainee for Session<'_, M, O> {
    fn stop_training(&mut self) {
        self.course.stop = true;
    }
    fn stopping(&self) -> bool {
        self.course.stop
    }
    fn learning_rate(&self) -> f64 {
        self.optimizer.learning_rate()
    }
    fn set_learning_rate(&mut self, learning_rate: f64) -> Result<()> {
        self.optimizer.set_learning_rate(learning_rate)
    }
    fn validation_freq(&self) -> usize {
        self.course.validation_freq
    }
    fn snapshot(&self) -> Snapshot {
        Snapshot(Arc::new(saving::values(self.model)))
    }
    fn restore(&mut self, snapshot: &Snapshot) {
        // A snapshot comes from `snapshot` of the same training, so it is of this type and length.
        if let Some(values) = snapshot.0.downcast_ref::<Vec<<M::Backend as Backend>::Elem>>()
            && values.len() == M::PARAMS
        {
            let store = self.model.store_mut();
            store.device.write(M::Backend::view_mut(&mut store.params, 0..M::PARAMS), values);
        }
    }
    fn save_weights(&self, path: &Path) -> Result<()> {
        saving::save_weights(self.model, path)
    }
    fn resuming(&self) -> bool {
        self.course.resuming
    }
    fn save(&mut self, path: &Path) -> Result<()> {
        let Some(saves) = &mut self.course.saves else {
            return Err(Error::file(path, "no checkpoint can be written: this is no training"));
        };
        saves.push(path.to_owned());
        Ok(())
    }
}

/// Calls a hook of all callbacks.
pub(crate) fn each<M: Model, O: Optimizer, L, Ms>(
    compiled: &mut Compiled<M, O, L, Ms>,
    callbacks: &mut [Box<dyn Callback + '_>],
    course: &mut Course,
    mut call: impl FnMut(&mut dyn Callback, &mut Session<'_, M, O>) -> Result<()>,
) -> Result<()> {
    let Compiled { model, optimizer, .. } = compiled;
    let mut session = Session { model, optimizer, course };
    callbacks.iter_mut().try_for_each(|callback| call(callback.as_mut(), &mut session))
}
