//! Every loss: the gradient of the weighted sum over rows, times a factor, by the predictions.

use keras_core::backend::{Backend, Cpu, LossRows};
use keras_core::losses::{
    BinaryCrossentropy, CategoricalCrossentropy, Huber, MeanAbsoluteError, MeanSquaredError, RowLoss,
    SparseCategoricalCrossentropy,
};
use keras_core::shape::{Ints, Rank0, Rank1, Value};
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
