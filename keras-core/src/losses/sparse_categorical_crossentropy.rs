use core::marker::PhantomData;

use super::probability::{clip, log_sum_exp};
use super::{Classes, Logits, Loss, Probabilities, Reduction, RowLoss, Scores, reducible};
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::Result;
#[cfg(feature = "serde")]
use crate::losses::logits::from_logits;
use crate::maths;
use crate::metrics::Mean;
use crate::shape::{Ints, Shape};

/// `-ln y_pred` at the place of the class number, over the last axis; a loss and a metric. Keras:
/// `SparseCategoricalCrossentropy`. For one-hot targets there is
/// [`CategoricalCrossentropy`](super::CategoricalCrossentropy).
///
/// An output `Rank1<10>` is compared with one class number a sample, `Ints<Rank0>`; a
/// `Rank2<T, 10>` with `T` of them. The predictions are probabilities ([`default`](Self::default)),
/// which are divided by their sum and kept within 1e-7 and 1 - 1e-7, or logits
/// ([`from_logits`](Self::from_logits)). [`ignore_class`](Self::ignore_class) is none by default.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = SparseCategoricalCrossentropy::default();
/// let value = Loss::<Rank1<3>>::value(&loss, &[1], &[[0.3, 0.5, 0.2]])?;
/// assert!((value - 2.0_f64.ln()).abs() < 1e-12);
///
/// let wrong = Loss::<Rank1<3>>::value(&loss, &[3], &[[0.3, 0.5, 0.2]]);
/// assert_eq!(wrong.unwrap_err().to_string(), "y_true: sample 0 is of class 3, but the classes are 0 to 2");
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SparseCategoricalCrossentropy<P: Scores = Probabilities> {
    ignore_class: Option<i32>,
    reduction: Reduction,
    pub(crate) mean: Mean,
    predictions: PhantomData<P>,
}

impl SparseCategoricalCrossentropy<Logits> {
    /// For predictions that are logits: the model's last activation is `Linear`.
    #[must_use]
    pub const fn from_logits() -> Self {
        Self::new()
    }
}

impl<P: Scores> SparseCategoricalCrossentropy<P> {
    const fn new() -> Self {
        let reduction = Reduction::SumOverBatchSize;
        Self { ignore_class: None, reduction, mean: Mean::new(), predictions: PhantomData }
    }
    /// Leaves rows of this class out: their loss is 0, and they do not count in a mean. It need not
    /// be one of the classes; -1 and 255 are usual.
    #[must_use]
    pub const fn ignore_class(mut self, class: i32) -> Self {
        self.ignore_class = Some(class);
        self
    }
    reducible!();
}

impl Default for SparseCategoricalCrossentropy<Probabilities> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Shape, P: Scores> RowLoss<Ints<T>> for SparseCategoricalCrossentropy<P> {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[i32], y_pred: &[E], mut gradient: Option<&mut [E]>) -> E {
        let Some(&class) = y_true.first() else { return E::ZERO };
        if self.ignore_class == Some(class) {
            if let Some(gradient) = gradient {
                gradient.fill(E::ZERO);
            }
            return E::ZERO;
        }
        let class = class as usize;
        let Some(&score) = y_pred.get(class) else {
            // A class that is not there was refused before; should one come here, all is NaN.
            let nan = E::of(f64::NAN);
            if let Some(gradient) = gradient {
                gradient.fill(nan);
            }
            return nan;
        };
        if P::LOGITS {
            let (largest, log_sum) = log_sum_exp(y_pred, gradient.as_deref_mut());
            if let Some(g) = gradient.and_then(|gradient| gradient.get_mut(class)) {
                *g -= E::ONE;
            }
            return (largest - score) + log_sum;
        }
        let sum = maths::sum(y_pred);
        let (q, inside) = clip(score / sum);
        if let Some(gradient) = gradient {
            gradient.fill(if inside { E::ONE / sum } else { E::ZERO });
            if inside && let Some(g) = gradient.get_mut(class) {
                *g -= E::ONE / score;
            }
        }
        -q.ln()
    }

    #[inline(always)]
    fn counts<E: Element>(&self, y_true: &[i32]) -> bool {
        self.ignore_class.is_none() || y_true.first().copied() != self.ignore_class
    }
}

impl<S: Classes, P: Scores> Loss<S> for SparseCategoricalCrossentropy<P> {
    type Target = Ints<S::Numbers>;
    const NAME: &'static str = "sparse_categorical_crossentropy";
    const FROM_LOGITS: bool = P::LOGITS;
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn check_target<E: Element>(&self, y_true: &Rows<'_, i32>) -> Result<()> {
        y_true.check_classes_except(S::DIMS.last(), self.ignore_class)
    }
}

configured! {
    [P: Scores] SparseCategoricalCrossentropy<P>, "SparseCategoricalCrossentropy", "keras.losses", Self::new(), |this, fields| {
        fields.unused("name", "sparse_categorical_crossentropy");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        from_logits::<P>(fields, Self::CLASS)?;
        fields.field("ignore_class", &mut this.ignore_class)?;
        fields.ignored("axis");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Rank0;

    fn row<P: Scores>(loss: SparseCategoricalCrossentropy<P>, class: i32) -> (f64, [f64; 2]) {
        let mut gradient = [9.0; 2];
        let value = RowLoss::<Ints<Rank0>>::row(&loss, &[class], &[0.25, 0.75], Some(&mut gradient));
        (value, gradient)
    }

    #[test]
    fn the_two_kinds_are_told_apart_by_type() {
        type Default = SparseCategoricalCrossentropy;
        type OfLogits = SparseCategoricalCrossentropy<Logits>;
        const { assert!(!<Default as Loss<crate::shape::Rank1<2>>>::FROM_LOGITS) };
        const { assert!(<OfLogits as Loss<crate::shape::Rank1<2>>>::FROM_LOGITS) };
    }

    #[test]
    fn an_ignored_row_has_neither_loss_nor_gradient() {
        assert_eq!(row(SparseCategoricalCrossentropy::default().ignore_class(1), 1), (0.0, [0.0; 2]));
        assert_eq!(row(SparseCategoricalCrossentropy::from_logits().ignore_class(-1), -1), (0.0, [0.0; 2]));
    }

    #[test]
    fn a_class_that_is_not_there_does_not_panic() {
        assert!(row(SparseCategoricalCrossentropy::default(), 2).0.is_nan());
        assert!(row(SparseCategoricalCrossentropy::from_logits(), -1).0.is_nan());
    }
}
