//! Predictions at the ends of the numbers: no NaN where Keras gives none.

use super::*;
use crate::backend::Backend;
use crate::shape::{Ints, Rank0, Rank1};

/// The losses of these rows, and their gradients.
fn all<V: Value, L: RowLoss<V>, E: Element>(
    loss: &L,
    y_true: &[V::Scalar<E>],
    y_pred: &[E],
    width: usize,
) -> (f64, Vec<E>) {
    let rows = y_pred.len() / width;
    let (target_width, rows_per_weight) = (y_true.len() / rows, 1);
    let layout = LossRows { rows, width, target_width, rows_per_weight, scale: 1.0, gather: None };
    let mut gradient = vec![E::of(f64::NAN); y_pred.len()];
    let device = Cpu::<E>::default();
    let sum = device.loss::<V, L>(loss, layout, y_true, y_pred, None, Some(&mut gradient));
    (sum, gradient)
}

/// Neither value nor gradient is NaN; the gradient is finite.
fn sound<L: RowLoss<Rank1<1>>>(name: &str, loss: L, y_true: &[f64], y_pred: &[f64], width: usize) {
    let (value, gradient) = all::<Rank1<1>, L, f64>(&loss, y_true, y_pred, width);
    assert!(!value.is_nan() && gradient.iter().all(|g| g.is_finite()), "{name}: {value} {gradient:?}");
    let single = |values: &[f64]| values.iter().map(|&v| v as f32).collect::<Vec<_>>();
    let (value, gradient) = all::<Rank1<1>, L, f32>(&loss, &single(y_true), &single(y_pred), width);
    assert!(!value.is_nan() && gradient.iter().all(|g| g.is_finite()), "{name} in f32: {value} {gradient:?}");
}

const INFINITY: f64 = f64::INFINITY;

#[test]
fn nothing_is_nan() {
    let ends = [0.0, 1.0, 0.0, 1.0, 0.0, 1.0];
    let huge = [1e30, 1e30, -1e30, -1e30, 0.0, 0.0];
    let infinite = [INFINITY, INFINITY, -INFINITY, -INFINITY, 0.0, 1.0];
    let zeros = [0.0; 6];
    for width in [1, 2, 6] {
        sound("binary", BinaryFocalCrossentropy::default(), &ends, &[0.0, 0.0, 1.0, 1.0, 0.5, 0.5], width);
        sound("binary logits", BinaryFocalCrossentropy::from_logits(), &ends, &huge, width);
        sound("unfocused", BinaryFocalCrossentropy::from_logits().gamma(0.0), &ends, &huge, width);
        sound("focal logits", CategoricalFocalCrossentropy::from_logits(), &ends, &huge, width);
        sound("focal", CategoricalFocalCrossentropy::default(), &ends, &[1.0; 6], width);
        sound("cosine", CosineSimilarity::default(), &ends, &zeros, width);
        sound("cosine", CosineSimilarity::default(), &zeros, &huge, width);
        sound("dice", Dice::default(), &zeros, &zeros, width);
        sound("tversky", Tversky::default(), &zeros, &zeros, width);
        sound("hinge", Hinge::default(), &ends, &infinite, width);
        sound("squared hinge", SquaredHinge::default(), &ends, &zeros, width);
        sound("categorical hinge", CategoricalHinge::default(), &ends, &huge, width);
        sound("kl", KLDivergence::default(), &ends, &infinite, width);
        sound("kl", KLDivergence::default(), &ends, &zeros, width);
        sound("log cosh", LogCosh::default(), &ends, &infinite, width);
        sound(
            "percentage",
            MeanAbsolutePercentageError::default(),
            &zeros,
            &[1.0, -1.0, 0.0, 0.0, 2.0, 3.0],
            width,
        );
        sound("logarithmic", MeanSquaredLogarithmicError::default(), &ends, &huge, width);
        sound("poisson", Poisson::default(), &ends, &zeros, width);
    }
}

#[test]
fn a_probability_of_zero_has_an_infinite_slope() {
    let loss = CategoricalGeneralizedCrossEntropy::default();
    let (value, gradient) = all::<Ints<Rank0>, _, f64>(&loss, &[1], &[1.0, 0.0], 2);
    assert_eq!((value, gradient), (2.0, vec![0.0, -INFINITY]));
}

#[test]
fn large_logits_of_sequences() {
    let y_pred: Vec<f64> = [1e30, -1e30, 0.0].into_iter().cycle().take(5 * 3).collect();
    for labels in [[0, 0], [1, 0], [1, 2], [2, 2]] {
        let (value, gradient) = all::<Ints<Rank1<2>>, _, f64>(&CTC::<2, 3>::default(), &labels, &y_pred, 15);
        assert!(value >= 0.0 && gradient.iter().all(|g| g.abs() <= 3.0), "{value} {gradient:?}");
    }
}

#[test]
fn embeddings_that_are_the_same() {
    let y_pred = [1.0, 0.0].repeat(4);
    let (value, gradient) = all::<Ints<Rank0>, _, f32>(&Circle::default(), &[0, 0, 1, 1], &y_pred, 2);
    assert!(value > 0.0 && gradient.iter().all(|g| g.is_finite()), "{value} {gradient:?}");
    let (value, gradient) = all::<Ints<Rank0>, _, f32>(&Circle::default(), &[0, 1, 2, 3], &y_pred, 2);
    assert_eq!((value, gradient), (0.0, vec![0.0; 8]));
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    fn error<L: Loss<Rank1<2>, Target = Rank1<2>>>(loss: &L) -> String {
        loss.value(&[[0.0, 1.0]], &[[0.5, 0.5]]).unwrap_err().to_string()
    }
    let expected = "gamma of BinaryFocalCrossentropy: expected a number of at least 0, but found -1";
    assert_eq!(error(&BinaryFocalCrossentropy::default().gamma(-1.0)), expected);
    let expected = "alpha of CategoricalFocalCrossentropy: expected a number of at least 0, but found inf";
    assert_eq!(error(&CategoricalFocalCrossentropy::default().alpha(INFINITY)), expected);
    let expected = "axis of Dice: expected axes of a batch of (2), each once, from -2 to 1, but found [2]";
    assert_eq!(error(&Dice::default().axis([2])), expected);
    let expected = "beta of Tversky: expected a finite number, but found NaN";
    assert_eq!(error(&Tversky::default().beta(f64::NAN)), expected);
    let q = Loss::<Rank1<2>>::value(&CategoricalGeneralizedCrossEntropy::new(1.0), &[0], &[[0.5, 0.5]]);
    let expected =
        "q of CategoricalGeneralizedCrossEntropy: expected a number above 0 and below 1, but found 1";
    assert_eq!(q.unwrap_err().to_string(), expected);
}

#[test]
fn weights_of_a_loss_over_the_batch_count_as_in_keras() {
    let (y_true, y_pred, weights) = ([[1.0, 0.0], [0.0, 1.0]], [[0.5, 0.5], [0.25, 0.0]], [1.0, 4.0]);
    let value = |reduction| {
        let loss = Dice::default().with_reduction(reduction);
        let weighted = Loss::<Rank1<2>>::value_weighted(&loss, &y_true, &y_pred, &weights).unwrap();
        (Loss::<Rank1<2>>::value(&loss, &y_true, &y_pred).unwrap(), weighted)
    };
    let (plain, weighted) = value(Reduction::SumOverBatchSize);
    assert!((weighted - 2.5 * plain).abs() < 1e-12);
    assert!((value(Reduction::Sum).1 - 5.0 * plain).abs() < 1e-12);
    assert!((value(Reduction::MeanWithSampleWeight).1 - plain).abs() < 1e-12);
    assert_eq!(value(Reduction::Sum).0, plain);
}
