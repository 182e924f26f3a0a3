//! Metrics: one small file each. A metric adds up over the batches of an epoch.
//!
//! Losses are metrics as well, the mean over all rows: `MeanAbsoluteError::default()` can stand in both
//! places of `compile`.
//!
//! ```
//! use keras_core::prelude::*;
//!
//! sequential! { struct Net< Dense<2, 8, Tanh>, Dense<_, 3> > }
//! let loss = SparseCategoricalCrossentropy::from_logits();
//! let metrics = (Accuracy::default(), Named::new("crossentropy", loss));
//! let mut net = Net::<Cpu>::new(1).compile(Adam::new(0.05), loss, metrics);
//!
//! let (x, y) = ([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]], [0_u8, 1, 2]);
//! net.fit(&x, &y, Fit::epochs(60).verbose(Verbose::Silent))?;
//! let scores = net.evaluate(&x, &y)?;
//! assert_eq!(scores["accuracy"], 1.0);
//! assert!((scores["crossentropy"] - scores["loss"]).abs() < 1e-6);
//! # Ok::<(), keras_core::Error>(())
//! ```

mod accuracy;
mod all;
mod batch;
mod binary_accuracy;
mod categorical_accuracy;
mod confusion;
mod exact_accuracy;
mod hits;
mod log_cosh_error;
mod mean;
mod mean_of_loss;
mod named;
mod precision;
mod rank;
mod recall;
mod root_mean_squared_error;
mod sparse_categorical_accuracy;
mod sparse_top_k_categorical_accuracy;
mod top_k_categorical_accuracy;
mod tuple;

use core::fmt::Debug;

pub use accuracy::Accuracy;
pub use all::AllMetrics;
pub use batch::Batch;
pub use binary_accuracy::BinaryAccuracy;
pub use categorical_accuracy::CategoricalAccuracy;
pub use exact_accuracy::ExactAccuracy;
pub use log_cosh_error::LogCoshError;
pub use mean::Mean;
pub use mean_of_loss::MeanOf;
pub use named::Named;
pub use precision::Precision;
pub use recall::Recall;
pub use root_mean_squared_error::RootMeanSquaredError;
pub use sparse_categorical_accuracy::SparseCategoricalAccuracy;
pub use sparse_top_k_categorical_accuracy::SparseTopKCategoricalAccuracy;
pub use top_k_categorical_accuracy::TopKCategoricalAccuracy;
pub use tuple::Metrics;

pub use crate::losses::{
    BinaryCrossentropy, BinaryFocalCrossentropy, CategoricalCrossentropy, CategoricalFocalCrossentropy,
    CategoricalHinge, CosineSimilarity, Hinge, Huber, KLDivergence, LogCosh, MeanAbsoluteError,
    MeanAbsolutePercentageError, MeanSquaredError, MeanSquaredLogarithmicError, Poisson,
    SparseCategoricalCrossentropy, SquaredHinge,
};

use crate::backend::Cpu;
use crate::data::Data;
use crate::element::Element;
use crate::error::Result;
use crate::shape::{Shape, Value};

/// A figure that is watched, and not trained on.
#[diagnostic::on_unimplemented(
    message = "metric `{Self}` does not apply to an output of shape `{Out}` compared with `{Target}`",
    label = "this metric cannot be used here"
)]
pub trait Metric<Out: Shape, Target: Value>: Clone + Debug + Send + 'static {
    /// What it is called in the history: Keras' name, `mean_absolute_error`. [`Named`] gives another.
    fn name(&self) -> &str;
    /// An error for arguments that make no sense for this output, such as a class that it has not.
    ///
    /// # Errors
    /// Which argument it is, and what it may be.
    fn check(&self) -> Result<()> {
        Ok(())
    }
    /// Begins anew.
    fn reset(&mut self);
    /// Adds a batch. It does not allocate.
    fn update<E: Element>(&mut self, batch: &Batch<'_, Target::Scalar<E>, E>);
    /// The figure over all batches since the last reset.
    fn result(&self) -> f64;

    /// The figure of these predictions alone, outside a training.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// use keras_core::metrics::Metric;
    ///
    /// let metric = MeanAbsoluteError::default();
    /// assert_eq!(Metric::<Rank1<1>, Rank1<1>>::value(&metric, &[[1.0], [2.0]], &[[2.0], [4.0]])?, 1.5);
    /// # Ok::<(), keras_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// If an array has another shape or number of samples, a number in it is not finite, or
    /// [`check`](Self::check) finds a mistake.
    fn value<T, P>(&self, y_true: &T, y_pred: &P) -> Result<f64>
    where
        T: Data<Target, Cpu<f64>> + ?Sized,
        P: Data<Out, Cpu<f64>> + ?Sized,
    {
        self.check()?;
        let (y_true, y_pred) = (y_true.rows("y_true")?, y_pred.rows("y_pred")?);
        y_true.check_samples(y_pred.samples(), "y_pred")?;
        let mut metric = self.clone();
        metric.reset();
        metric.update::<f64>(&Batch {
            y_true: y_true.values(),
            y_pred: y_pred.values(),
            weights: None,
            samples: y_pred.samples(),
        });
        Ok(metric.result())
    }
}
