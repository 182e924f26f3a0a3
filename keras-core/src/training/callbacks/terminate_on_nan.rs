use super::{Callback, CallbackState, Trainee};
use crate::error::Result;
use crate::training::Logs;

/// Ends the training after a batch with which the loss became NaN or infinite, and says so on the
/// standard error. Keras: `TerminateOnNaN`.
///
/// ```
/// use keras_core::prelude::*;
/// let fit = Fit::epochs(100).callback(TerminateOnNaN::default());
/// # let _ = fit;
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct TerminateOnNaN {
    batch: Option<usize>,
}

impl TerminateOnNaN {
    /// The batch that ended the training, counted from 0 in its epoch.
    #[must_use]
    pub fn batch(&self) -> Option<usize> {
        self.batch
    }
}

impl Callback for TerminateOnNaN {
    fn state(&self) -> Option<CallbackState> {
        Some(CallbackState::new("TerminateOnNaN").count("batch", self.batch))
    }

    fn set_state(&mut self, state: &CallbackState, _: &mut dyn Trainee) -> Result<()> {
        self.batch = state.get_count("batch");
        Ok(())
    }

    fn on_train_begin(&mut self, _: &mut dyn Trainee) -> Result<()> {
        self.batch = None;
        Ok(())
    }

    fn on_train_batch_end(&mut self, batch: usize, logs: &Logs, trainee: &mut dyn Trainee) -> Result<()> {
        if let Some(loss) = logs.get("loss")
            && !loss.is_finite()
        {
            eprintln!("batch {batch}: the loss is {loss}, the training ends");
            self.batch = Some(batch);
            trainee.stop_training();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::callbacks::testing::Fake;

    #[test]
    fn only_what_is_not_finite_ends_the_training() {
        for (loss, stops) in [(1e30, false), (f64::NAN, true), (f64::INFINITY, true)] {
            let (mut fake, mut callback) = (Fake::default(), TerminateOnNaN::default());
            callback.on_train_batch_end(3, &Logs::from_iter([("loss", loss)]), &mut fake).unwrap();
            assert_eq!((fake.stopped, callback.batch()), (stops, stops.then_some(3)));
        }
    }
}
