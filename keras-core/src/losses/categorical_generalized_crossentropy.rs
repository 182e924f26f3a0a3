use super::power::power;
use super::{Classes, Loss, Reduction, RowLoss, reducible};
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::{Ints, Shape};

/// `(1 - p^q) / q` with the probability `p` at the place of the class number: between a crossentropy, for
/// small `q`, and a mean absolute error, for `q` near 1, it bears wrong labels better than the former. Keras:
/// `CategoricalGeneralizedCrossEntropy`.
///
/// `q` is ½ by default. Targets are class numbers, predictions probabilities; they are neither divided by
/// their sum nor clipped. Source: Zhang and Sabuncu, "Generalized cross entropy loss for training deep neural
/// networks with noisy labels", 2018.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let loss = CategoricalGeneralizedCrossEntropy::default();
/// let value = Loss::<Rank1<3>>::value(&loss, &[1], &[[0.3, 0.25, 0.45]])?;
/// assert!((value - (1.0 - 0.5) / 0.5).abs() < 1e-12);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CategoricalGeneralizedCrossEntropy {
    q: f64,
    reduction: Reduction,
}

impl CategoricalGeneralizedCrossEntropy {
    /// With another `q`, above 0 and below 1.
    #[must_use]
    pub const fn new(q: f64) -> Self {
        Self { q, reduction: Reduction::SumOverBatchSize }
    }
    reducible!();
}

impl Default for CategoricalGeneralizedCrossEntropy {
    fn default() -> Self {
        Self::new(0.5)
    }
}

impl<T: Shape> RowLoss<Ints<T>> for CategoricalGeneralizedCrossEntropy {
    #[inline(always)]
    fn row<E: Element>(&self, y_true: &[i32], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
        // A class that is not there was refused before; should one come here, all is NaN.
        let class = y_true.first().map_or(usize::MAX, |&class| class as usize);
        let p = y_pred.get(class).copied().unwrap_or(E::of(f64::NAN));
        let root = power(p, self.q);
        if let Some(gradient) = gradient {
            gradient.fill(E::ZERO);
            if let Some(g) = gradient.get_mut(class) {
                *g = -power(p, self.q - 1.0);
            }
        }
        (E::ONE - root) / E::of(self.q)
    }
}

impl<S: Classes> Loss<S> for CategoricalGeneralizedCrossEntropy {
    type Target = Ints<S::Numbers>;
    const NAME: &'static str = "categorical_generalized_cross_entropy";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn check_target<E: Element>(&self, y_true: &Rows<'_, i32>) -> Result<()> {
        if !(self.q > 0.0 && self.q < 1.0) {
            let name = "q of CategoricalGeneralizedCrossEntropy";
            return Err(Error::argument(name, "a number above 0 and below 1", self.q));
        }
        y_true.check_classes(S::DIMS.last())
    }
}

configured! {
    [] CategoricalGeneralizedCrossEntropy, "CategoricalGeneralizedCrossEntropy", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "categorical_generalized_cross_entropy");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        fields.field("q", &mut this.q)?;
    }
}
