//! Losses as metrics: the mean over all rows since the last reset, whatever the loss' reduction is.

use super::{Batch, Mean, Merge, Metric};
use crate::element::Element;
use crate::losses::{
    BinaryCrossentropy, BinaryFocalCrossentropy, CategoricalCrossentropy, CategoricalFocalCrossentropy,
    CategoricalHinge, Classes, CosineSimilarity, Hinge, Huber, KLDivergence, LogCosh, Loss,
    MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError, MeanSquaredLogarithmicError, Poisson,
    Scores, SparseCategoricalCrossentropy, SquaredHinge, each_row, rows,
};
use crate::shape::{Ints, Shape, Value};

/// Adds the losses of a batch's rows, each times `sign`.
fn add<Out: Shape, L: Loss<Out>, E: Element>(
    loss: &L,
    sign: f64,
    mean: &mut Mean,
    batch: &Batch<'_, <L::Target as Value>::Scalar<E>, E>,
) {
    let rows = rows::<Out, L>(loss, batch.samples);
    each_row::<L::Target, L, E>(loss, rows, batch.y_true, batch.y_pred, |row, y_true, value| {
        // Rows that do not count are left out where there are weights, and are zeros where there are
        // none: Keras' ways.
        if batch.weights.is_none() || loss.counts::<E>(y_true) {
            let weight = batch.weights.map_or(1.0, |weights| rows.weight(weights, row).f64());
            mean.add(sign * value.f64(), weight);
        }
    });
}

/// The mean of a loss of one's own, as a metric. (Those of the library are metrics themselves.)
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::{element::Element, losses::RowLoss};
///
/// /// `(y_true - y_pred)⁴`
/// #[derive(Clone, Debug)]
/// struct Fourth;
///
/// impl RowLoss<Rank1<1>> for Fourth {
///     fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], gradient: Option<&mut [E]>) -> E {
///         let e = y_pred[0] - y_true[0];
///         if let Some(gradient) = gradient {
///             gradient[0] = E::of(4.0) * e * e * e;
///         }
///         e * e * e * e
///     }
/// }
///
/// impl Loss<Rank1<1>> for Fourth {
///     type Target = Rank1<1>;
///     const NAME: &'static str = "fourth";
/// }
///
/// sequential! { struct Net< Dense<1, 1> > }
/// let mut model = Net::<Cpu>::new(1).compile(SGD::default(), MeanSquaredError::default(), (MeanOf::new(Fourth),));
/// assert!(model.evaluate(&[[1.0]], &[[3.0]])?["fourth"] > 0.0);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeanOf<L> {
    loss: L,
    mean: Mean,
}

impl<L> MeanOf<L> {
    /// The mean of this loss.
    #[must_use]
    pub fn new(loss: L) -> Self {
        Self { loss, mean: Mean::default() }
    }
}

impl<Out: Shape, L: Loss<Out>> Metric<Out, <L as Loss<Out>>::Target> for MeanOf<L> {
    fn name(&self) -> &str {
        L::NAME
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, <L::Target as Value>::Scalar<E>, E>) {
        add::<Out, L, E>(&self.loss, 1.0, &mut self.mean, batch);
    }
    fn result(&self) -> f64 {
        self.mean.value()
    }
}

impl<Out: Shape, L: Loss<Out>> Merge<Out, <L as Loss<Out>>::Target> for MeanOf<L> {
    fn merge(&mut self, other: &Self) {
        self.mean.merge(&other.mean);
    }
}

macro_rules! means_of_losses {
    ($([$($generics:tt)*] $loss:ty, $out:ty => $target:ty, $scalar:ty, $sign:expr;)*) => {$(
        impl<$($generics)*> Metric<$out, $target> for $loss {
            fn name(&self) -> &str {
                <Self as Loss<$out>>::NAME
            }
            fn reset(&mut self) {
                self.mean = Mean::default();
            }
            fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
                self.mean.hand_out(each)
            }
            fn update<E: Element>(&mut self, batch: &Batch<'_, $scalar, E>) {
                let mut mean = self.mean;
                add::<$out, Self, E>(self, $sign, &mut mean, batch);
                self.mean = mean;
            }
            fn result(&self) -> f64 {
                self.mean.value()
            }
        }

        impl<$($generics)*> Merge<$out, $target> for $loss {
            fn merge(&mut self, other: &Self) {
                self.mean.merge(&other.mean);
            }
        }
    )*};
}

means_of_losses! {
    [S: Shape] MeanSquaredError, S => S, E, 1.0;
    [S: Shape] MeanAbsoluteError, S => S, E, 1.0;
    [S: Shape] Huber, S => S, E, 1.0;
    [S: Shape] MeanAbsolutePercentageError, S => S, E, 1.0;
    [S: Shape] MeanSquaredLogarithmicError, S => S, E, 1.0;
    // The loss is made small, the metric is to be large.
    [S: Shape] CosineSimilarity, S => S, E, -1.0;
    [S: Shape] LogCosh, S => S, E, 1.0;
    [S: Shape] Poisson, S => S, E, 1.0;
    [S: Shape] KLDivergence, S => S, E, 1.0;
    [S: Shape] Hinge, S => S, E, 1.0;
    [S: Shape] SquaredHinge, S => S, E, 1.0;
    [S: Shape] CategoricalHinge, S => S, E, 1.0;
    [S: Shape, P: Scores] BinaryFocalCrossentropy<P>, S => S, E, 1.0;
    [S: Shape, P: Scores] CategoricalFocalCrossentropy<P>, S => S, E, 1.0;
    [S: Shape, P: Scores] BinaryCrossentropy<P>, S => S, E, 1.0;
    [S: Shape, P: Scores] CategoricalCrossentropy<P>, S => S, E, 1.0;
    [S: Classes, P: Scores] SparseCategoricalCrossentropy<P>, S => Ints<S::Numbers>, i32, 1.0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{Rank1, Rank2};

    type Row = Rank1<2>;

    #[test]
    fn batches_add_up_until_the_reset() {
        let mut metric = MeanAbsoluteError::default();
        let mut add = |y_pred: &[f32]| {
            let batch =
                Batch { y_true: &vec![0.0; y_pred.len()], y_pred, weights: None, samples: y_pred.len() / 2 };
            Metric::<Row, Row>::update(&mut metric, &batch);
            Metric::<Row, Row>::result(&metric)
        };
        assert_eq!(add(&[1.0, 3.0]), 2.0);
        assert_eq!(add(&[4.0, 4.0, 0.0, 0.0]), 2.0);
        Metric::<Row, Row>::reset(&mut metric);
        assert_eq!(Metric::<Row, Row>::result(&metric), 0.0);
    }

    #[test]
    fn a_samples_weight_is_that_of_all_its_rows() {
        let mut metric = MeanSquaredError::default();
        let (y_true, y_pred) = ([0.0; 4], [1.0, 2.0, 3.0, 4.0]);
        let batch = Batch { y_true: &y_true, y_pred: &y_pred, weights: Some(&[1.0, 3.0]), samples: 2 };
        Metric::<Rank2<2, 1>, Rank2<2, 1>>::update(&mut metric, &batch);
        let expected = (1.0 + 4.0 + 3.0 * (9.0 + 16.0)) / 8.0;
        assert_eq!(Metric::<Rank2<2, 1>, Rank2<2, 1>>::result(&metric), expected);
    }

    #[test]
    fn an_ignored_class_counts_as_in_keras() {
        let loss = SparseCategoricalCrossentropy::from_logits().ignore_class(1);
        let result = |weights| {
            let mut metric = loss;
            let batch = Batch { y_true: &[0, 1], y_pred: &[0.0_f64; 4], weights, samples: 2 };
            Metric::<Row, _>::update(&mut metric, &batch);
            Metric::<Row, _>::result(&metric)
        };
        assert!((result(None) - 2.0_f64.ln() / 2.0).abs() < 1e-12);
        assert!((result(Some(&[1.0, 1.0])) - 2.0_f64.ln()).abs() < 1e-12);
    }
}
