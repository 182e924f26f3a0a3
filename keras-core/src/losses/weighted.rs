use super::{Axes, Loss, Reduction, RowLoss};
use crate::backend::LossRows;
use crate::data::Rows;
use crate::element::Element;
use crate::error::Result;
use crate::shape::{Shape, Value};

/// A loss with a weight: what is trained by is the sum of all outputs' losses, each times its weight. Keras:
/// `loss_weights` of `compile`.
///
/// ```
/// use keras_core::prelude::*;
/// model! {
///     struct Net {
///         input x: Input<4>;
///         let h = Dense<_, 8, Relu>(x);
///         let class = Dense<_, 3, Softmax>(h);
///         let age = Dense<_, 1>(h);
///         output class, age;
///     }
/// }
/// let losses = (SparseCategoricalCrossentropy::default(), Weighted::new(0.1, MeanSquaredError::default()));
/// let mut net = Net::<Cpu>::new(1).compile(Adam::default(), losses, ());
/// let logs = net.train_on_batch(&[[0.0, 1.0, 2.0, 3.0]], &([2_u8], [[40.0]]))?;
/// assert!((logs["loss"] - (logs["class_loss"] + 0.1 * logs["age_loss"])).abs() < 1e-3);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighted<L> {
    weight: f64,
    loss: L,
}

impl<L> Weighted<L> {
    /// This loss, so many times.
    #[must_use]
    pub const fn new(weight: f64, loss: L) -> Self {
        Self { weight, loss }
    }
}

impl<T: Value, L: RowLoss<T>> RowLoss<T> for Weighted<L> {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[T::Scalar<E>], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        self.loss.row(y_true, y_pred, gradient)
    }
    #[inline(always)]
    fn counts<E: Element>(&self, y_true: &[T::Scalar<E>]) -> bool {
        self.loss.counts::<E>(y_true)
    }
    const TOGETHER: bool = L::TOGETHER;
    fn together<E: Element>(
        &self,
        rows: LossRows,
        y_true: &[T::Scalar<E>],
        y_pred: &[E],
        weights: Option<&[E]>,
        gradient: Option<&mut [E]>,
    ) -> f64 {
        self.loss.together::<E>(rows, y_true, y_pred, weights, gradient)
    }
}

impl<Out: Shape, L: Loss<Out>> Loss<Out> for Weighted<L> {
    type Target = L::Target;
    const NAME: &'static str = L::NAME;
    const FROM_LOGITS: bool = L::FROM_LOGITS;

    fn reduction(&self) -> Reduction {
        self.loss.reduction()
    }
    fn axes(&self) -> Axes {
        self.loss.axes()
    }
    fn weight(&self) -> f64 {
        self.weight * self.loss.weight()
    }
    fn check_target<E: Element>(&self, y_true: &Rows<'_, <L::Target as Value>::Scalar<E>>) -> Result<()> {
        if !self.weight.is_finite() {
            return Err(crate::Error::argument("the weight of a loss", "a finite number", self.weight));
        }
        self.loss.check_target(y_true)
    }
    fn factor<E: Element>(
        &self,
        rows: LossRows,
        y_true: &[<L::Target as Value>::Scalar<E>],
        weights: Option<&[E]>,
    ) -> f64 {
        self.loss.factor(rows, y_true, weights)
    }
}
