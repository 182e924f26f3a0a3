//! Losses as metrics: the mean over all rows since the last reset, whatever the loss' reduction is.

use super::{Batch, Mean, Metric};
use crate::element::Element;
use crate::losses::{
    BinaryCrossentropy, CategoricalCrossentropy, Classes, Huber, Loss, MeanAbsoluteError, MeanSquaredError,
    RowLoss, Scores, SparseCategoricalCrossentropy,
};
use crate::shape::{Ints, Shape};

macro_rules! means_of_losses {
    ($([$($generics:tt)*] $loss:ty, $out:ty => $target:ty, $scalar:ty;)*) => {$(
        impl<$($generics)*> Metric<$out, $target> for $loss {
            fn name(&self) -> &str {
                <Self as Loss<$out>>::NAME
            }
            fn reset(&mut self) {
                self.mean = Mean::default();
            }
            fn update<E: Element>(&mut self, batch: &Batch<'_, $scalar, E>) {
                let mut mean = self.mean;
                for (y_true, y_pred, weight) in batch.rows::<$out>() {
                    // Rows that do not count are left out where there are weights, and are zeros where
                    // there are none: Keras' ways.
                    if batch.weights.is_none() || RowLoss::<$target>::counts::<E>(self, y_true) {
                        mean.add(RowLoss::<$target>::row(self, y_true, y_pred, None).f64(), weight);
                    }
                }
                self.mean = mean;
            }
            fn result(&self) -> f64 {
                self.mean.value()
            }
        }
    )*};
}

means_of_losses! {
    [S: Shape] MeanSquaredError, S => S, E;
    [S: Shape] MeanAbsoluteError, S => S, E;
    [S: Shape] Huber, S => S, E;
    [S: Shape, P: Scores] BinaryCrossentropy<P>, S => S, E;
    [S: Shape, P: Scores] CategoricalCrossentropy<P>, S => S, E;
    [S: Classes, P: Scores] SparseCategoricalCrossentropy<P>, S => Ints<S::Numbers>, i32;
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
