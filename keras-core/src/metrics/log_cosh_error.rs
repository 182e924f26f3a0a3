use super::{Batch, MeanOf, Merge, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::losses::LogCosh;
use crate::shape::Shape;

/// The mean of [`LogCosh`] over all rows, under Keras' name for it, `logcosh`. Keras: `LogCoshError`.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::{LogCoshError, Metric};
///
/// let metric = LogCoshError::default();
/// let value = Metric::<Rank1<2>, Rank1<2>>::value(&metric, &[[0.0, 1.0]], &[[1.0, 1.0]])?;
/// assert!((value - 1.0_f64.cosh().ln() / 2.0).abs() < 1e-8);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogCoshError(MeanOf<LogCosh>);

impl<S: Shape> Metric<S, S> for LogCoshError {
    fn name(&self) -> &str {
        "logcosh"
    }
    fn reset(&mut self) {
        Metric::<S, S>::reset(&mut self.0);
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        Metric::<S, S>::sums(&mut self.0, each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        Metric::<S, S>::update(&mut self.0, batch);
    }
    fn result(&self) -> f64 {
        Metric::<S, S>::result(&self.0)
    }
}

impl<S: Shape> Merge<S, S> for LogCoshError {
    fn merge(&mut self, other: &Self) {
        Merge::<S, S>::merge(&mut self.0, &other.0);
    }
}

configured! {
    [] LogCoshError, "LogCoshError", "keras.metrics", Default::default(), |_this, fields| {
        fields.unused("name", "logcosh");
        fields.unused("dtype", "float32");
    }
}
