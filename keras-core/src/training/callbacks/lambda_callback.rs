use super::{Callback, Trainee};
use crate::error::Result;
use crate::training::Logs;

type WithLogs<'a> = Box<dyn FnMut(&Logs) + 'a>;
type OfEpoch<'a> = Box<dyn FnMut(usize, &mut Logs) + 'a>;
type OfBatch<'a> = Box<dyn FnMut(usize, &Logs) + 'a>;

/// Closures as a callback. Keras: `LambdaCallback`.
///
/// One closure for each moment at most. What has to end the training, change the learning rate or
/// fail implements [`Callback`] instead.
///
/// ```
/// use keras_core::prelude::*;
/// let mut losses = Vec::new();
/// let keep = LambdaCallback::new().on_epoch_end(|epoch, logs| losses.push((epoch, logs["loss"])));
/// let fit = Fit::epochs(3).callback(keep);
/// # let _ = fit;
/// ```
#[derive(Default)]
pub struct LambdaCallback<'a> {
    train_begin: Option<Box<dyn FnMut() + 'a>>,
    train_end: Option<WithLogs<'a>>,
    epoch_begin: Option<Box<dyn FnMut(usize) + 'a>>,
    epoch_end: Option<OfEpoch<'a>>,
    batch_begin: Option<Box<dyn FnMut(usize) + 'a>>,
    batch_end: Option<OfBatch<'a>>,
}

impl<'a> LambdaCallback<'a> {
    /// Without any closure.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    /// Before the first epoch.
    #[must_use]
    pub fn on_train_begin(mut self, call: impl FnMut() + 'a) -> Self {
        self.train_begin = Some(Box::new(call));
        self
    }
    /// After the last epoch, with its figures.
    #[must_use]
    pub fn on_train_end(mut self, call: impl FnMut(&Logs) + 'a) -> Self {
        self.train_end = Some(Box::new(call));
        self
    }
    /// Before each epoch; they count from 0.
    #[must_use]
    pub fn on_epoch_begin(mut self, call: impl FnMut(usize) + 'a) -> Self {
        self.epoch_begin = Some(Box::new(call));
        self
    }
    /// After each epoch. What is set in the figures goes into the history.
    #[must_use]
    pub fn on_epoch_end(mut self, call: impl FnMut(usize, &mut Logs) + 'a) -> Self {
        self.epoch_end = Some(Box::new(call));
        self
    }
    /// Before each step; they count from 0 in each epoch.
    #[must_use]
    pub fn on_train_batch_begin(mut self, call: impl FnMut(usize) + 'a) -> Self {
        self.batch_begin = Some(Box::new(call));
        self
    }
    /// After each step, with the epoch's means so far.
    #[must_use]
    pub fn on_train_batch_end(mut self, call: impl FnMut(usize, &Logs) + 'a) -> Self {
        self.batch_end = Some(Box::new(call));
        self
    }
}

impl Callback for LambdaCallback<'_> {
    fn on_train_begin(&mut self, _: &mut dyn Trainee) -> Result<()> {
        self.train_begin.iter_mut().for_each(|call| call());
        Ok(())
    }
    fn on_train_end(&mut self, logs: &Logs, _: &mut dyn Trainee) -> Result<()> {
        self.train_end.iter_mut().for_each(|call| call(logs));
        Ok(())
    }
    fn on_epoch_begin(&mut self, epoch: usize, _: &mut dyn Trainee) -> Result<()> {
        self.epoch_begin.iter_mut().for_each(|call| call(epoch));
        Ok(())
    }
    fn on_epoch_end(&mut self, epoch: usize, logs: &mut Logs, _: &mut dyn Trainee) -> Result<()> {
        self.epoch_end.iter_mut().for_each(|call| call(epoch, logs));
        Ok(())
    }
    fn on_train_batch_begin(&mut self, batch: usize, _: &mut dyn Trainee) -> Result<()> {
        self.batch_begin.iter_mut().for_each(|call| call(batch));
        Ok(())
    }
    fn on_train_batch_end(&mut self, batch: usize, logs: &Logs, _: &mut dyn Trainee) -> Result<()> {
        self.batch_end.iter_mut().for_each(|call| call(batch, logs));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::callbacks::testing::{Fake, train};
    use std::cell::RefCell;

    #[test]
    fn each_closure_is_called_at_its_moment() {
        let said = RefCell::new(Vec::new());
        let say = |what: String| said.borrow_mut().push(what);
        let mut callback = LambdaCallback::new()
            .on_train_begin(|| say("begin".into()))
            .on_train_end(|logs| say(format!("end {}", logs["extra"])))
            .on_epoch_begin(|epoch| say(format!("epoch {epoch}")))
            .on_epoch_end(|_, logs| logs.set("extra", 7.0))
            .on_train_batch_begin(|batch| say(format!("batch {batch}")))
            .on_train_batch_end(|batch, logs| say(format!("batch {batch} {}", logs["loss"])));
        let mut fake = Fake::default();
        train(&mut fake, &mut callback, "val_loss", &[0.5]).unwrap();
        // The builder's methods have the hooks' names.
        Callback::on_train_batch_begin(&mut callback, 4, &mut fake).unwrap();
        let logs = Logs::from_iter([("loss", 2.0)]);
        Callback::on_train_batch_end(&mut callback, 4, &logs, &mut fake).unwrap();
        drop(callback);
        assert_eq!(said.into_inner(), ["begin", "epoch 0", "end 7", "batch 4", "batch 4 2"]);
    }
}
