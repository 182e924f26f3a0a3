use super::merge::mergeable;
use super::{Batch, Mean, Metric, hits};
use crate::element::Element;
use crate::losses::Classes;
use crate::shape::{Ints, Shape};

/// How often predictions are right, in the way that fits output and target, as Keras resolves the
/// string `"accuracy"`:
/// - with class numbers as [`SparseCategoricalAccuracy`](super::SparseCategoricalAccuracy);
/// - where the output's last axis is 1 as [`BinaryAccuracy`](super::BinaryAccuracy) with threshold ½;
/// - else as [`CategoricalAccuracy`](super::CategoricalAccuracy).
///
/// Keras' class `Accuracy`, which asks for equal numbers, is [`ExactAccuracy`](super::ExactAccuracy).
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let accuracy = Accuracy::default();
/// let y_pred = [[0.1, 0.9], [0.8, 0.2]];
/// assert_eq!(Metric::<Rank1<2>, Ints<Rank0>>::value(&accuracy, &[1, 1], &y_pred)?, 0.5);
/// assert_eq!(Metric::<Rank1<2>, Rank1<2>>::value(&accuracy, &[[0, 1], [1, 0]], &y_pred)?, 1.0);
/// assert_eq!(Metric::<Rank1<1>, Rank1<1>>::value(&accuracy, &[[1], [1]], &[[0.7], [0.3]])?, 0.5);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Accuracy {
    mean: Mean,
}

impl<S: Shape> Metric<S, S> for Accuracy {
    fn name(&self) -> &str {
        "accuracy"
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.mean.add_rows::<S, _, _>(batch, |y_true, y_pred| match S::DIMS.last() {
            1 => hits::binary(y_true, y_pred, 0.5),
            _ => hits::categorical(y_true, y_pred),
        });
    }
    fn result(&self) -> f64 {
        self.mean.value()
    }
}

impl<S: Classes> Metric<S, Ints<S::Numbers>> for Accuracy {
    fn name(&self) -> &str {
        "accuracy"
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, i32, E>) {
        self.mean.add_rows::<S, _, _>(batch, |y_true, y_pred| match (y_true, y_pred) {
            (&[class], &[one]) => f64::from(class == i32::from(one > E::of(0.5))),
            _ => hits::sparse(y_true, y_pred),
        });
    }
    fn result(&self) -> f64 {
        self.mean.value()
    }
}

mergeable! {
    [S: Shape] Accuracy, S => S: mean;
    [S: Classes] Accuracy, S => Ints<S::Numbers>: mean;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;
    use crate::shape::{Rank0, Rank1, Rank2};

    #[test]
    fn class_numbers_of_a_single_output_are_yes_and_no() -> Result<()> {
        let value = |y_true| {
            Metric::<Rank1<1>, Ints<Rank0>>::value(&Accuracy::default(), &y_true, &[[0.7], [0.3], [0.5]])
        };
        assert_eq!(value([1, 0, 0])?, 1.0);
        assert_eq!(value([0, 0, 1])?, 1.0 / 3.0);
        Ok(())
    }

    #[test]
    fn every_row_of_a_sample_counts() -> Result<()> {
        let y_pred = [[[0.1, 0.9], [0.9, 0.1]], [[0.2, 0.8], [0.4, 0.6]]];
        let y_true = crate::ndarray::array![[1, 0], [0, 1]];
        let value = Metric::<Rank2<2, 2>, Ints<Rank1<2>>>::value(&Accuracy::default(), &y_true, &y_pred)?;
        assert_eq!(value, 0.75);
        Ok(())
    }

    #[test]
    fn a_class_that_is_not_there_is_a_miss() -> Result<()> {
        let y_pred = [[0.1, 0.9], [0.9, 0.1]];
        let value = Metric::<Rank1<2>, Ints<Rank0>>::value(&Accuracy::default(), &[-1, 7], &y_pred)?;
        assert_eq!(value, 0.0);
        Ok(())
    }
}
