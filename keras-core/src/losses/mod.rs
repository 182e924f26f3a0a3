//! Losses: one small file each.
//!
//! A loss says what one *row* costs, the last axis of the output being a row; weights, the mean over
//! rows and the batch are the same for all losses and stand here once.

mod mean_squared_error;
mod reduction;

use core::fmt::Debug;

pub use mean_squared_error::MeanSquaredError;
pub use reduction::Reduction;

use crate::backend::{Backend, Cpu, LossRows};
use crate::data::{Data, Rows};
use crate::element::Element;
use crate::error::Result;
use crate::shape::{Shape, Value};

/// What one row costs: the formula of a [`Loss`].
pub trait RowLoss<Target: Value>: Clone + Debug + Send + Sync + 'static {
    /// The loss of a row; Keras' formula, so the mean over the row where it has one. Writes its
    /// gradient by `y_pred`, if asked.
    fn row<E: Element>(&self, y_true: &[Target::Scalar<E>], y_pred: &[E], gradient: Option<&mut [E]>) -> E;
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

    /// An error for a target that the loss cannot be computed with, such as a class number that the
    /// output has no place for.
    ///
    /// # Errors
    /// Which sample it is, and what is wrong with it.
    fn check_target<E: Element>(&self, y_true: &Rows<'_, <Self::Target as Value>::Scalar<E>>) -> Result<()> {
        let _ = y_true;
        Ok(())
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
    /// # keras_core::Result::Ok(())
    /// ```
    ///
    /// # Errors
    /// If an array has another shape or number of samples, or a number in it is not finite.
    fn value<T, P>(&self, y_true: &T, y_pred: &P) -> Result<f64>
    where
        T: Data<Self::Target, Cpu<f64>> + ?Sized,
        P: Data<Out, Cpu<f64>> + ?Sized,
    {
        let (y_true, y_pred) = (y_true.rows("y_true")?, y_pred.rows("y_pred")?);
        y_true.check_samples(y_pred.samples(), "y_pred")?;
        let mut layout = rows::<Out, Self::Target>(y_pred.samples());
        layout.scale = 1.0;
        let sum = Cpu::<f64>::default().loss(self, layout, y_true.values(), y_pred.values(), None, None);
        Ok(sum * self.reduction().factor(layout.rows, None))
    }
}

/// A loss that takes logits instead of probabilities.
pub trait FromLogits {}

/// How a batch of `n` samples lies in rows. The scale is for a mean over all rows.
pub(crate) fn rows<Out: Shape, Target: Value>(n: usize) -> LossRows {
    let per_sample = (Out::NUMEL / Out::DIMS.last()).max(1);
    let rows = n * per_sample;
    LossRows {
        rows,
        width: Out::DIMS.last(),
        target_width: Target::NUMEL / per_sample,
        rows_per_weight: per_sample,
        scale: 1.0 / rows as f64,
    }
}
