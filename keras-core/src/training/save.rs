use std::path::Path;

use super::compiled::Compiled;
use crate::error::Result;
use crate::losses::Objective;
use crate::metrics::AllMetrics;
use crate::model::Model;
use crate::optimizers::Optimizer;
use crate::saving::{self, Checkpoint};

impl<M, O, L, Ms> Compiled<M, O, L, Ms>
where
    M: Model,
    O: Optimizer,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
{
    /// Writes the whole training to a [checkpoint](crate::saving): weights, optimizer with its learning
    /// rate and state, seeds, and how far they have been used. Either the whole file is written, or what
    /// was there before stays.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("training.safetensors");
    /// sequential! { struct Net< Dense<2, 4, Tanh>, Dropout<0.2>, Dense<_, 1> > }
    /// let new = || Net::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), ());
    /// let (x, y) = ([[0.0, 1.0], [1.0, 0.0]], [[1.0], [0.0]]);
    /// let mut net = new();
    /// net.train_on_batch(&x, &y)?;
    /// net.save(&path)?;
    ///
    /// let mut other = new();
    /// other.load(&path)?;
    /// assert_eq!(other.train_on_batch(&x, &y)?, net.train_on_batch(&x, &y)?);
    /// assert_eq!(other.predict(&x)?.as_slice(), net.predict(&x)?.as_slice());
    /// # keras_core::Result::Ok(())
    /// ```
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        saving::save_checkpoint(self, None, &[], path.as_ref())
    }

    /// Goes on with a training that [`save`](Self::save), [`ModelCheckpoint`] or [`BackupAndRestore`] has
    /// written. The model, its optimizer and its options are this program's; they must be those that the
    /// file was written with. What comes back says where that training was.
    ///
    /// [`ModelCheckpoint`]: super::callbacks::ModelCheckpoint
    /// [`BackupAndRestore`]: super::callbacks::BackupAndRestore
    ///
    /// # Errors
    /// If the file cannot be read, is damaged or is no checkpoint of such a training: the message lists all
    /// tensors that are missing, too many or of another shape. Nothing was loaded then.
    pub fn load(&mut self, path: impl AsRef<Path>) -> Result<Checkpoint> {
        Ok(saving::load_checkpoint(self, path.as_ref())?.checkpoint)
    }
}
