//! Losses: one small file each.
//!
//! A loss says what one *row* costs, the last axis of the output being a row unless it says otherwise
//! ([`Loss::axes`]); weights, the mean over rows and the batch are the same for all losses and stand here
//! once.

mod any;
mod axes;
mod binary_crossentropy;
mod binary_focal_crossentropy;
mod categorical_crossentropy;
mod categorical_focal_crossentropy;
mod categorical_generalized_crossentropy;
mod categorical_hinge;
mod circle;
mod classes;
mod cosine_similarity;
mod ctc;
mod dice;
#[cfg(test)]
mod extremes;
mod focal;
mod hinge;
mod huber;
mod kl_divergence;
mod layout;
mod log_cosh;
mod logits;
mod mean_absolute_error;
mod mean_absolute_percentage_error;
mod mean_squared_error;
mod mean_squared_logarithmic_error;
mod objective;
mod poisson;
mod power;
mod probability;
mod reduction;
mod room;
mod signs;
mod smoothing;
mod sparse_categorical_crossentropy;
mod squared_hinge;
mod tversky;
mod value;
mod weighted;

use core::fmt::Debug;

pub use any::{AnyLoss, AnySparseLoss};
pub use axes::Axes;
use axes::along;
pub use binary_crossentropy::BinaryCrossentropy;
pub use binary_focal_crossentropy::BinaryFocalCrossentropy;
pub use categorical_crossentropy::CategoricalCrossentropy;
pub use categorical_focal_crossentropy::CategoricalFocalCrossentropy;
pub use categorical_generalized_crossentropy::CategoricalGeneralizedCrossEntropy;
pub use categorical_hinge::CategoricalHinge;
pub use circle::Circle;
pub use classes::Classes;
pub use cosine_similarity::CosineSimilarity;
pub use ctc::CTC;
pub use dice::Dice;
pub use hinge::Hinge;
pub use huber::Huber;
pub use kl_divergence::KLDivergence;
pub(crate) use layout::{each_row, rows, whole_batch};
pub use log_cosh::LogCosh;
#[cfg(feature = "serde")]
pub(crate) use logits::of_logits;
pub use logits::{Logits, Probabilities, Scores};
pub use mean_absolute_error::MeanAbsoluteError;
pub use mean_absolute_percentage_error::MeanAbsolutePercentageError;
pub use mean_squared_error::MeanSquaredError;
pub use mean_squared_logarithmic_error::MeanSquaredLogarithmicError;
pub use objective::{Each, Objective, Place};
pub use poisson::Poisson;
pub use reduction::Reduction;
use reduction::reducible;
pub(crate) use room::Room;
pub use sparse_categorical_crossentropy::SparseCategoricalCrossentropy;
pub use squared_hinge::SquaredHinge;
pub use tversky::Tversky;
pub use weighted::Weighted;

use crate::backend::{Cpu, LossRows};
use crate::data::{Data, Rows};
use crate::element::Element;
use crate::error::Result;
use crate::shape::{Shape, Value};

/// What one row costs: the formula of a [`Loss`].
pub trait RowLoss<Target: Value>: Clone + Debug + Send + Sync + 'static {
    /// The loss of a row; Keras' formula, so the mean over the row where it has one. Writes its
    /// gradient by `y_pred`, if asked.
    fn row<E: Element>(&self, y_true: &[Target::Scalar<E>], y_pred: &[E], gradient: Option<&mut [E]>) -> E;

    /// Whether a row counts; it does, unless a loss says otherwise. One that does not must have loss
    /// and gradient 0.
    #[inline(always)]
    fn counts<E: Element>(&self, y_true: &[Target::Scalar<E>]) -> bool {
        let _ = y_true;
        true
    }

    /// Whether a row's loss depends on other rows of the batch: then there is [`together`](Self::together).
    const TOGETHER: bool = false;

    /// The weighted sum over the rows of a whole batch, for a loss whose rows depend on each other. Writes
    /// the gradient by all of `y_pred`, times `rows.scale`, if asked. Rows without weight need not be
    /// looked at.
    fn together<E: Element>(
        &self,
        rows: LossRows,
        y_true: &[Target::Scalar<E>],
        y_pred: &[E],
        weights: Option<&[E]>,
        gradient: Option<&mut [E]>,
    ) -> f64 {
        let _ = (rows, y_true, y_pred, weights, gradient);
        f64::NAN
    }
}

/// What training makes small. It is typed by the model's output, and gives the type of the target.
#[diagnostic::on_unimplemented(
    message = "loss `{Self}` does not apply to a model whose output has shape `{Out}`",
    label = "this loss cannot be used with an output of shape `{Out}`"
)]
pub trait Loss<Out: Shape>: RowLoss<Self::Target> {
    /// What the output is compared with.
    type Target: Value;
    /// Keras' name: `mean_squared_error`.
    const NAME: &'static str;
    /// Whether `y_pred` are logits instead of probabilities.
    const FROM_LOGITS: bool = false;

    /// How the rows' losses become one number.
    fn reduction(&self) -> Reduction {
        Reduction::SumOverBatchSize
    }

    /// Which axes of a batch are a row. Where the batch is one of them ([`Axes::ALL`]), training does not
    /// work it off in pieces.
    fn axes(&self) -> Axes {
        Axes::LAST
    }

    /// How a batch of `n` samples lies in rows, as [`Backend::loss`](crate::backend::Backend::loss) is told; the
    /// scale is for a mean over all of them.
    fn layout(&self, n: usize) -> LossRows {
        layout::rows::<Out, Self>(self, n)
    }

    /// How much it counts beside the losses of other outputs; see [`Weighted`].
    fn weight(&self) -> f64 {
        1.0
    }

    /// An error for a target that the loss cannot be computed with, such as a class number that the
    /// output has no place for, or for an argument of the loss that makes no sense.
    ///
    /// # Errors
    /// Which sample it is, and what is wrong with it.
    fn check_target<E: Element>(&self, y_true: &Rows<'_, <Self::Target as Value>::Scalar<E>>) -> Result<()> {
        let _ = y_true;
        Ok(())
    }

    /// What the weighted sum of a batch's losses, and the gradient of each, are multiplied by: the
    /// [`reduction`](Self::reduction), rows that do not count being left out.
    fn factor<E: Element>(
        &self,
        rows: LossRows,
        y_true: &[<Self::Target as Value>::Scalar<E>],
        weights: Option<&[E]>,
    ) -> f64 {
        let counted = || {
            let rows = y_true.chunks_exact(rows.target_width).enumerate();
            rows.filter(|(_, row)| self.counts::<E>(row))
        };
        let sum = weights.map(|w| counted().map(|(i, _)| rows.weight(w, i).f64()).sum());
        // With weights a row of all samples stands there once for each of them.
        let times = weights.map_or(1, |w| if rows.rows_per_weight == 0 { w.len() } else { 1 });
        self.reduction().factor(counted().count() * times, sum)
    }

    /// The loss of predictions, outside a training.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// use keras_core::losses::Loss;
    ///
    /// let loss = MeanSquaredError::default();
    /// let value = Loss::<Rank1<2>>::value(&loss, &[[1.0_f32, 2.0]], &[[1.0_f32, 4.0]])?;
    /// assert_eq!(value, 2.0);
    /// # Ok::<(), keras_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// If an array has another shape or number of samples, a number in it is not finite, or
    /// [`check_target`](Self::check_target) finds a mistake.
    fn value<T, P>(&self, y_true: &T, y_pred: &P) -> Result<f64>
    where
        T: Data<Self::Target, Cpu<f64>> + ?Sized,
        P: Data<Out, Cpu<f64>> + ?Sized,
    {
        value::value::<Out, Self>(self, &y_true.rows("y_true")?, &y_pred.rows("y_pred")?, None)
    }

    /// The loss of predictions with weights: one a sample, or one for each row of the last axis.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// use keras_core::losses::Loss;
    ///
    /// let loss = MeanSquaredError::default();
    /// let (y_true, y_pred) = ([[0.0], [0.0]], [[1.0], [2.0]]);
    /// let value = Loss::<Rank1<1>>::value_weighted(&loss, &y_true, &y_pred, &[1.0, 0.5])?;
    /// assert_eq!(value, (1.0 * 1.0 + 0.5 * 4.0) / 2.0);
    /// # Ok::<(), keras_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`value`](Self::value), or if the weights are not as many, or one is not finite.
    fn value_weighted<T, P>(&self, y_true: &T, y_pred: &P, sample_weight: &[f64]) -> Result<f64>
    where
        T: Data<Self::Target, Cpu<f64>> + ?Sized,
        P: Data<Out, Cpu<f64>> + ?Sized,
    {
        let (y_true, y_pred) = (y_true.rows("y_true")?, y_pred.rows("y_pred")?);
        value::value::<Out, Self>(self, &y_true, &y_pred, Some(sample_weight))
    }

    /// The loss of each row of the last axis, sample by sample: what Keras calls reduction `none`.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// use keras_core::losses::Loss;
    ///
    /// let loss = MeanAbsoluteError::default();
    /// let losses = Loss::<Rank1<1>>::per_row(&loss, &[[0.0], [0.0]], &[[1.0], [2.0]])?;
    /// assert_eq!(losses, [1.0, 2.0]);
    /// # Ok::<(), keras_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`value`](Self::value).
    fn per_row<T, P>(&self, y_true: &T, y_pred: &P) -> Result<Vec<f64>>
    where
        T: Data<Self::Target, Cpu<f64>> + ?Sized,
        P: Data<Out, Cpu<f64>> + ?Sized,
    {
        value::per_row::<Out, Self>(self, &y_true.rows("y_true")?, &y_pred.rows("y_pred")?)
    }
}
