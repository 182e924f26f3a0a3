//! Metrics: one small file each. A metric adds up over the batches of an epoch; two of them that saw
//! different batches become one by [`Merge::merge`].
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
mod any;
mod auc;
mod batch;
mod binary_accuracy;
mod binary_io_u;
mod categorical_accuracy;
mod cell;
mod concordance_correlation;
mod confusion;
mod correlation;
mod curve;
mod exact_accuracy;
mod f1_score;
mod f_metric;
mod f_score;
mod false_negatives;
mod false_positives;
mod fbeta_score;
mod histogram;
mod hits;
mod io_u;
mod log_cosh_error;
mod mean;
mod mean_io_u;
mod mean_metric_wrapper;
mod mean_of_loss;
mod merge;
mod named;
mod one_hot_io_u;
mod one_hot_mean_io_u;
mod overlap;
mod pearson_correlation;
mod precision;
mod precision_at_recall;
mod r2_score;
mod rank;
mod recall;
mod recall_at_precision;
mod root_mean_squared_error;
mod sensitivity_at_specificity;
mod sparse_categorical_accuracy;
mod sparse_top_k_categorical_accuracy;
mod specificity_at_sensitivity;
mod sum;
mod thresholds;
mod top_k_categorical_accuracy;
mod tradeoff;
mod true_negatives;
mod true_positives;
mod tuple;

use core::fmt::Debug;

pub use accuracy::Accuracy;
pub use all::AllMetrics;
pub use any::{AnyMetric, AnySparseMetric};
pub use auc::AUC;
pub use batch::Batch;
pub use binary_accuracy::BinaryAccuracy;
pub use binary_io_u::BinaryIoU;
pub use categorical_accuracy::CategoricalAccuracy;
pub use concordance_correlation::ConcordanceCorrelation;
pub use curve::{Curve, Summation};
pub use exact_accuracy::ExactAccuracy;
pub use f_score::Average;
pub use f1_score::F1Score;
pub use false_negatives::FalseNegatives;
pub use false_positives::FalsePositives;
pub use fbeta_score::FBetaScore;
pub use io_u::IoU;
pub use log_cosh_error::LogCoshError;
pub use mean::Mean;
pub use mean_io_u::MeanIoU;
pub use mean_metric_wrapper::MeanMetricWrapper;
pub use mean_of_loss::MeanOf;
pub use merge::Merge;
pub use named::Named;
pub use one_hot_io_u::OneHotIoU;
pub use one_hot_mean_io_u::OneHotMeanIoU;
pub use overlap::{OneHot, Sparse};
pub use pearson_correlation::PearsonCorrelation;
pub use precision::Precision;
pub use precision_at_recall::PrecisionAtRecall;
pub use r2_score::{ClassAggregation, R2Score};
pub use recall::Recall;
pub use recall_at_precision::RecallAtPrecision;
pub use root_mean_squared_error::RootMeanSquaredError;
pub use sensitivity_at_specificity::SensitivityAtSpecificity;
pub use sparse_categorical_accuracy::SparseCategoricalAccuracy;
pub use sparse_top_k_categorical_accuracy::SparseTopKCategoricalAccuracy;
pub use specificity_at_sensitivity::SpecificityAtSensitivity;
pub use sum::Sum;
pub use top_k_categorical_accuracy::TopKCategoricalAccuracy;
pub use true_negatives::TrueNegatives;
pub use true_positives::TruePositives;
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

    /// Hands every number that it has added up since the last reset to `each`, which reads or replaces
    /// it, and says so by `true`: for checkpoints in the middle of an epoch. Default: `false`, with which
    /// such a checkpoint is an error.
    fn sums(&mut self, _each: &mut dyn FnMut(&mut f64)) -> bool {
        false
    }

    /// How many numbers it has: 1, or one for each class or threshold, where Keras returns a vector.
    /// [`result`](Self::result) is the first of them.
    fn count(&self) -> usize {
        1
    }
    /// Hands each of its numbers to `each`, in order; there are [`count`](Self::count) of them.
    fn each_result(&self, mut each: impl FnMut(f64)) {
        each(self.result());
    }
    /// What its numbers are called in the history: its name, or `f1_score_0`, `f1_score_1`, .. where it
    /// has not just one.
    fn names(&self) -> Vec<String> {
        match self.count() {
            1 => vec![self.name().to_owned()],
            several => (0..several).map(|i| format!("{}_{i}", self.name())).collect(),
        }
    }

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
        Ok(seen(self, y_true, y_pred)?.result())
    }

    /// All its numbers for these predictions alone: one for each class or threshold.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// use keras_core::metrics::Metric;
    ///
    /// let metric = Recall::default().thresholds([0.1, 0.5]);
    /// let (y_true, y_pred) = ([[1], [1]], [[0.2], [0.8]]);
    /// assert_eq!(Metric::<Rank1<1>, Rank1<1>>::values(&metric, &y_true, &y_pred)?, [1.0, 0.5]);
    /// # Ok::<(), keras_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`value`](Self::value).
    fn values<T, P>(&self, y_true: &T, y_pred: &P) -> Result<Vec<f64>>
    where
        T: Data<Target, Cpu<f64>> + ?Sized,
        P: Data<Out, Cpu<f64>> + ?Sized,
    {
        let mut values = Vec::with_capacity(self.count());
        seen(self, y_true, y_pred)?.each_result(|value| values.push(value));
        Ok(values)
    }
}

/// A copy of a metric that saw these predictions and no others.
fn seen<Out, Target, M, T, P>(metric: &M, y_true: &T, y_pred: &P) -> Result<M>
where
    Out: Shape,
    Target: Value,
    M: Metric<Out, Target>,
    T: Data<Target, Cpu<f64>> + ?Sized,
    P: Data<Out, Cpu<f64>> + ?Sized,
{
    metric.check()?;
    let (y_true, y_pred) = (y_true.rows("y_true")?, y_pred.rows("y_pred")?);
    y_true.check_samples(y_pred.samples(), "y_pred")?;
    let mut metric = metric.clone();
    metric.reset();
    metric.update::<f64>(&Batch {
        y_true: y_true.values(),
        y_pred: y_pred.values(),
        weights: None,
        samples: y_pred.samples(),
    });
    Ok(metric)
}
