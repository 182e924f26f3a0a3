//! Every loss: the gradient of the weighted sum over rows, times a factor, by the predictions.

use keras_core::backend::{Backend, Cpu, LossRows};
use keras_core::losses::{
    BinaryCrossentropy, BinaryFocalCrossentropy, CTC, CategoricalCrossentropy, CategoricalFocalCrossentropy,
    CategoricalGeneralizedCrossEntropy, CategoricalHinge, Circle, CosineSimilarity, Dice, Hinge, Huber,
    KLDivergence, LogCosh, Loss, MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError,
    MeanSquaredLogarithmicError, Poisson, RowLoss, SparseCategoricalCrossentropy, SquaredHinge, Tversky,
};
use keras_core::shape::{Ints, Rank0, Rank1, Rank2, Shape, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::central;

/// Rows of predictions and targets of some width, with a weight for each row.
#[derive(Clone, Debug)]
struct Batch<T> {
    width: usize,
    y_true: Vec<T>,
    y_pred: Vec<f64>,
    weights: Vec<f64>,
}

/// Targets and predictions from these numbers, as many of each.
fn floats(
    targets: impl Strategy<Value = f64> + Clone,
    predictions: impl Strategy<Value = f64> + Clone,
) -> impl Strategy<Value = Batch<f64>> {
    (1..6_usize, 1..9_usize).prop_flat_map(move |(rows, width)| {
        let len = rows * width;
        (vec(targets.clone(), len), vec(predictions.clone(), len), vec(0.0..3.0, rows))
            .prop_map(move |(y_true, y_pred, weights)| Batch { width, y_true, y_pred, weights })
    })
}

/// Predictions that differ from their targets by these numbers, which keep away from the corners of a
/// loss, so that a difference does not step over one.
fn errors(errors: impl Strategy<Value = f64> + Clone) -> impl Strategy<Value = Batch<f64>> {
    floats(-3.0..3.0, errors).prop_map(|mut batch| {
        batch.y_pred.iter_mut().zip(&batch.y_true).for_each(|(p, t)| *p += t);
        batch
    })
}

/// Errors on both sides of 0 and of `± corner`.
fn around(corner: f64) -> impl Strategy<Value = f64> + Clone {
    let (below, above) = (1e-3..corner - 1e-3, corner + 1e-3..4.0);
    (prop_oneof![below, above], any::<bool>()).prop_map(|(e, negative)| if negative { -e } else { e })
}

/// A class number for each row.
fn classes(predictions: impl Strategy<Value = f64> + Clone) -> impl Strategy<Value = Batch<i32>> {
    (1..6_usize, 1..9_usize).prop_flat_map(move |(rows, width)| {
        (vec(0..width as i32, rows), vec(predictions.clone(), rows * width), vec(0.0..3.0, rows))
            .prop_map(move |(y_true, y_pred, weights)| Batch { width, y_true, y_pred, weights })
    })
}

fn check<V: Value, L: RowLoss<V>>(loss: &L, batch: Batch<V::Scalar<f64>>) -> Result<(), TestCaseError> {
    let Batch { width, y_true, y_pred, weights } = batch;
    let rows = weights.len();
    let layout = LossRows {
        rows,
        width,
        target_width: y_true.len() / rows,
        rows_per_weight: 1,
        scale: 0.7,
        gather: None,
    };
    let device = Cpu::<f64>::default();
    let sum = |y_pred: &[f64]| device.loss::<V, L>(loss, layout, &y_true, y_pred, Some(&weights), None);

    let mut gradient = vec![f64::NAN; y_pred.len()];
    let weights = Some(weights.as_slice());
    let value = device.loss::<V, L>(loss, layout, &y_true, &y_pred, weights, Some(&mut gradient));
    prop_assert_eq!(value, sum(&y_pred), "the gradient changes the value");
    central::compare(&gradient, &central::gradient(&y_pred, |y| sum(y) * layout.scale))
}

/// Predictions that are probabilities, away from where they are clipped, and logits.
const PROBABILITIES: core::ops::Range<f64> = 0.05..0.95;
const LOGITS: core::ops::Range<f64> = -8.0..8.0;

macro_rules! losses {
    ($($name:ident: $value:ty, $loss:expr, $batches:expr;)*) => {
        proptest! {$(
            #[test]
            fn $name(batch in $batches) {
                check::<$value, _>(&$loss, batch)?;
            }
        )*}
    };
}

/// Whole batches in the rows that a loss makes of them: three samples of shape `Out`.
fn whole<Out, L>(
    loss: &L,
    y_true: &[<L::Target as Value>::Scalar<f64>],
    y_pred: &[f64],
    weights: &[f64; 3],
) -> Result<(), TestCaseError>
where
    Out: Shape,
    L: Loss<Out>,
{
    let layout = LossRows { scale: 0.7, ..Loss::<Out>::layout(loss, 3) };
    let device = Cpu::<f64>::default();
    let sum = |y_pred: &[f64]| device.loss::<L::Target, L>(loss, layout, y_true, y_pred, Some(weights), None);

    let mut gradient = vec![f64::NAN; y_pred.len()];
    let value = device.loss::<L::Target, L>(loss, layout, y_true, y_pred, Some(weights), Some(&mut gradient));
    prop_assert_eq!(value, sum(y_pred), "the gradient changes the value");
    central::compare(&gradient, &central::gradient(y_pred, |y| sum(y) * layout.scale))
}

/// Three samples of `numbers` numbers each, and as many targets and weights.
fn three(numbers: usize) -> impl Strategy<Value = (Vec<f64>, Vec<f64>, [f64; 3])> {
    (vec(0.0..1.0, 3 * numbers), vec(PROBABILITIES, 3 * numbers), [0.1..3.0, 0.1..3.0, 0.1..3.0])
}

proptest! {
    #[test]
    fn over_every_choice_of_axes((y_true, y_pred, weights) in three(6)) {
        type Out = Rank2<2, 3>;
        for loss in [Dice::default(), Dice::default().axis([1]), Dice::default().axis([0, 2]), Dice::default().axis([1, 2])] {
            whole::<Out, _>(&loss, &y_true, &y_pred, &weights)?;
        }
        let tversky = Tversky::default().alpha(0.3).beta(0.9);
        whole::<Out, _>(&tversky, &y_true, &y_pred, &weights)?;
        whole::<Out, _>(&tversky.axis([-2]), &y_true, &y_pred, &weights)?;
        for axis in [0, 1, 2] {
            whole::<Out, _>(&CosineSimilarity::default().axis(axis), &y_true, &y_pred, &weights)?;
            whole::<Out, _>(&BinaryCrossentropy::default().axis(axis), &y_true, &y_pred, &weights)?;
            whole::<Out, _>(&CategoricalCrossentropy::default().axis(axis), &y_true, &y_pred, &weights)?;
            whole::<Out, _>(&CategoricalFocalCrossentropy::from_logits().axis(axis), &y_true, &y_pred, &weights)?;
        }
    }

    /// Numbers so small that no distance comes near 0, where it is cut off.
    #[test]
    fn circle((_, y_pred, weights) in three(4), classes in [0..2, 0..2, 0..2], remove_diagonal: bool) {
        let y_pred: Vec<f64> = y_pred.iter().map(|p| 0.4 * p).collect();
        let loss = Circle::default().gamma(6.0).margin(0.3).remove_diagonal(remove_diagonal);
        whole::<Rank1<4>, _>(&loss, &classes, &y_pred, &weights)?;
    }

    #[test]
    fn ctc((_, y_pred, weights) in three(15), labels in vec(1..3, 6), lengths in [0..3_usize, 0..3_usize, 0..3_usize]) {
        let mut labels = labels;
        for (labels, length) in labels.chunks_exact_mut(2).zip(lengths) {
            labels[length..].fill(0);
        }
        let y_pred: Vec<f64> = y_pred.iter().map(|p| 6.0 * p - 3.0).collect();
        whole::<Rank2<5, 3>, _>(&CTC::<2, 3>::default(), &labels, &y_pred, &weights)?;
    }
}

/// -1 or 1, and numbers that are not at the edge of the margin.
fn sides() -> impl Strategy<Value = Batch<f64>> {
    errors(around(1.0)).prop_map(|mut batch| {
        batch.y_pred.iter_mut().zip(&mut batch.y_true).for_each(|(p, t)| {
            *p -= *t;
            *t = if *t < 0.0 { -1.0 } else { 1.0 };
        });
        batch
    })
}

/// Targets away from 0, and errors.
fn relative() -> impl Strategy<Value = Batch<f64>> {
    errors(around(1.0)).prop_map(|mut batch| {
        batch.y_pred.iter_mut().zip(&mut batch.y_true).for_each(|(p, t)| {
            *p += 5.0;
            *t += 5.0;
        });
        batch
    })
}

type Floats = Rank1<1>;
type Classes = Ints<Rank0>;

losses! {
    mean_squared_error: Floats, MeanSquaredError::default(), floats(-3.0..3.0, -3.0..3.0);
    mean_squared_error_halved: Floats, MeanSquaredError::halved(), floats(-3.0..3.0, -3.0..3.0);
    mean_absolute_error: Floats, MeanAbsoluteError::default(), errors(around(1.0));
    huber: Floats, Huber::default(), errors(around(1.0));
    huber_of_another_delta: Floats, Huber::new(0.3), errors(around(0.3));
    binary: Floats, BinaryCrossentropy::default(), floats(0.0..1.0, PROBABILITIES);
    binary_smoothed: Floats, BinaryCrossentropy::default().label_smoothing(0.2), floats(0.0..1.0, PROBABILITIES);
    binary_from_logits: Floats, BinaryCrossentropy::from_logits(), floats(0.0..1.0, LOGITS);
    categorical: Floats, CategoricalCrossentropy::default(), floats(0.0..1.0, PROBABILITIES);
    categorical_smoothed: Floats, CategoricalCrossentropy::default().label_smoothing(0.2), floats(0.0..1.0, PROBABILITIES);
    categorical_from_logits: Floats, CategoricalCrossentropy::from_logits(), floats(0.0..1.0, LOGITS);
    mean_absolute_percentage_error: Floats, MeanAbsolutePercentageError::default(), relative();
    mean_squared_logarithmic_error: Floats, MeanSquaredLogarithmicError::default(), floats(0.0..3.0, 0.1..3.0);
    cosine_similarity: Floats, CosineSimilarity::default(), floats(-3.0..3.0, 0.2..3.0);
    log_cosh: Floats, LogCosh::default(), floats(-3.0..3.0, -3.0..3.0);
    kl_divergence: Floats, KLDivergence::default(), floats(0.0..1.0, PROBABILITIES);
    poisson: Floats, Poisson::default(), floats(0.0..5.0, 0.1..5.0);
    hinge: Floats, Hinge::default(), sides();
    squared_hinge: Floats, SquaredHinge::default(), sides();
    binary_focal: Floats, BinaryFocalCrossentropy::default(), floats(0.0..1.0, PROBABILITIES);
    binary_focal_balanced: Floats, BinaryFocalCrossentropy::default().apply_class_balancing(true).alpha(0.4).gamma(1.3).label_smoothing(0.2), floats(0.0..1.0, PROBABILITIES);
    binary_focal_from_logits: Floats, BinaryFocalCrossentropy::from_logits().gamma(1.5), floats(0.0..1.0, LOGITS);
    categorical_focal: Floats, CategoricalFocalCrossentropy::default(), floats(0.0..1.0, PROBABILITIES);
    categorical_focal_smoothed: Floats, CategoricalFocalCrossentropy::default().alpha(0.4).gamma(0.7).label_smoothing(0.2), floats(0.0..1.0, PROBABILITIES);
    categorical_focal_from_logits: Floats, CategoricalFocalCrossentropy::from_logits(), floats(0.0..1.0, -3.0..3.0);
    dice: Floats, Dice::default(), floats(0.0..1.0, PROBABILITIES);
    tversky: Floats, Tversky::default().alpha(0.2).beta(0.7), floats(0.0..1.0, PROBABILITIES);
    generalized: Classes, CategoricalGeneralizedCrossEntropy::default(), classes(PROBABILITIES);
    generalized_of_another_q: Classes, CategoricalGeneralizedCrossEntropy::new(0.7), classes(PROBABILITIES);
    sparse: Classes, SparseCategoricalCrossentropy::default(), classes(PROBABILITIES);
    sparse_ignoring: Classes, SparseCategoricalCrossentropy::default().ignore_class(1), classes(PROBABILITIES);
    sparse_from_logits: Classes, SparseCategoricalCrossentropy::from_logits(), classes(LOGITS);
    sparse_from_logits_ignoring: Classes, SparseCategoricalCrossentropy::from_logits().ignore_class(0), classes(LOGITS);
}

/// Where a probability is clipped the loss is flat, and its gradient is 0, as Keras' is.
#[test]
fn clipped_probabilities_have_no_gradient() {
    let batch = |y_true: &[f64]| Batch {
        width: y_true.len(),
        y_true: y_true.to_vec(),
        y_pred: vec![1.5, -0.5],
        weights: vec![1.0],
    };
    check::<Floats, _>(&BinaryCrossentropy::default(), batch(&[0.0, 1.0])).unwrap();
    check::<Floats, _>(&CategoricalCrossentropy::default(), batch(&[0.0, 1.0])).unwrap();
    let sparse = Batch { width: 2, y_true: vec![1], y_pred: vec![1.5, -0.5], weights: vec![1.0] };
    check::<Classes, _>(&SparseCategoricalCrossentropy::default(), sparse).unwrap();
}

/// The scores of the true class and the largest of the others have a gradient, where the margin is missed.
#[test]
fn categorical_hinge() {
    let batch = |y_pred: [f64; 3]| Batch {
        width: 3,
        y_true: vec![0.0, 1.0, 0.0],
        y_pred: y_pred.to_vec(),
        weights: vec![1.5],
    };
    for y_pred in [[0.3, 0.5, 0.2], [0.1, 2.5, 0.2], [-0.3, -0.5, 4.0]] {
        check::<Floats, _>(&CategoricalHinge::default(), batch(y_pred)).unwrap();
    }
}
