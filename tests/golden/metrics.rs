//! Metrics: their figure after each of several batches, and after a reset.

use keras_core::element::Element;
use keras_core::metrics::{
    Batch, BinaryAccuracy, BinaryCrossentropy, CategoricalAccuracy, CategoricalCrossentropy,
    CategoricalHinge, CosineSimilarity, ExactAccuracy, Hinge, KLDivergence, LogCoshError, Mean,
    MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError, MeanSquaredLogarithmicError, Metric,
    Poisson, Precision, Recall, RootMeanSquaredError, SparseCategoricalAccuracy,
    SparseCategoricalCrossentropy, SparseTopKCategoricalAccuracy, SquaredHinge, TopKCategoricalAccuracy,
};
use keras_core::shape::{Ints, Rank0, Rank1, Value};
use serde_json::Value as Json;

use crate::case::{Case, Tensor, cast, run};

#[test]
fn metrics() {
    run("metrics", &[], |case| {
        if let Some(outcome) = crate::scores::check(case) {
            return outcome;
        }
        let mut kwargs = case.kwargs();
        let mut number = |name: &str| kwargs.remove(name).map(|v| v.as_f64().unwrap());
        let (threshold, k) = (number("threshold").unwrap_or(0.5), number("k").unwrap_or(5.0) as usize);
        let whole = |v: Json| v.as_u64().unwrap() as usize;
        let (top_k, class_id) = (kwargs.remove("top_k").map(whole), kwargs.remove("class_id").map(whole));
        let thresholds: Option<Vec<f64>> =
            kwargs.remove("thresholds").map(|v| serde_json::from_value(v).unwrap());
        let logits = kwargs.remove("from_logits").is_some_and(|v| v.as_bool().unwrap());
        if let Some(unknown) = kwargs.keys().next() {
            return Err(format!("argument {unknown} is not handled"));
        }
        match (case.text("class"), logits) {
            ("Mean", _) => mean(case),
            ("Accuracy", _) => dense(case, ExactAccuracy::default()),
            ("BinaryAccuracy", _) => dense(case, BinaryAccuracy::new(threshold)),
            ("CategoricalAccuracy", _) => dense(case, CategoricalAccuracy::default()),
            ("TopKCategoricalAccuracy", _) => dense(case, TopKCategoricalAccuracy::new(k)),
            ("SparseCategoricalAccuracy", _) => sparse(case, SparseCategoricalAccuracy::default()),
            ("SparseTopKCategoricalAccuracy", _) => sparse(case, SparseTopKCategoricalAccuracy::new(k)),
            ("MeanSquaredError", _) => dense(case, MeanSquaredError::default()),
            ("MeanAbsoluteError", _) => dense(case, MeanAbsoluteError::default()),
            ("RootMeanSquaredError", _) => dense(case, RootMeanSquaredError::default()),
            ("MeanAbsolutePercentageError", _) => dense(case, MeanAbsolutePercentageError::default()),
            ("MeanSquaredLogarithmicError", _) => dense(case, MeanSquaredLogarithmicError::default()),
            ("CosineSimilarity", _) => dense(case, CosineSimilarity::default()),
            ("LogCoshError", _) => dense(case, LogCoshError::default()),
            ("Poisson", _) => dense(case, Poisson::default()),
            ("KLDivergence", _) => dense(case, KLDivergence::default()),
            ("Hinge", _) => dense(case, Hinge::default()),
            ("SquaredHinge", _) => dense(case, SquaredHinge::default()),
            ("CategoricalHinge", _) => dense(case, CategoricalHinge::default()),
            ("BinaryCrossentropy", false) => dense(case, BinaryCrossentropy::default()),
            ("BinaryCrossentropy", true) => dense(case, BinaryCrossentropy::from_logits()),
            ("CategoricalCrossentropy", false) => dense(case, CategoricalCrossentropy::default()),
            ("CategoricalCrossentropy", true) => dense(case, CategoricalCrossentropy::from_logits()),
            ("SparseCategoricalCrossentropy", false) => {
                sparse(case, SparseCategoricalCrossentropy::default())
            }
            ("SparseCategoricalCrossentropy", true) => {
                sparse(case, SparseCategoricalCrossentropy::from_logits())
            }
            ("Precision", _) => {
                let mut metric = Precision::default();
                metric = thresholds.into_iter().fold(metric, Precision::thresholds);
                metric = top_k.into_iter().fold(metric, Precision::top_k);
                dense_with(case, class_id.into_iter().fold(metric, Precision::class_id), Precision::results)
            }
            ("Recall", _) => {
                let mut metric = Recall::default();
                metric = thresholds.into_iter().fold(metric, Recall::thresholds);
                metric = top_k.into_iter().fold(metric, Recall::top_k);
                dense_with(case, class_id.into_iter().fold(metric, Recall::class_id), Recall::results)
            }
            (other, _) => Err(format!("class {other} is not handled")),
        }
    });
}

/// The accumulator, which is no metric of predictions.
fn mean(case: &Case) -> Result<(), String> {
    let mut mean = Mean::default();
    for i in 0..case.text("updates").parse().unwrap() {
        let weights = case.find(&format!("input.{i}.sample_weight"));
        for (j, &value) in case.tensor(&format!("input.{i}.values")).values.iter().enumerate() {
            mean.add(value, weights.map_or(1.0, |w| w.values[j]));
        }
        case.compare(&format!("output.{i}"), &[mean.value()], 1e-6)?;
    }
    case.compare("reset", &[Mean::default().value()], 1e-6)
}

/// A metric that compares floats.
fn dense<M>(case: &Case, metric: M) -> Result<(), String>
where
    M: Metric<Rank1<1>, Rank1<1>> + Metric<Rank1<3>, Rank1<3>> + Metric<Rank1<4>, Rank1<4>>,
    M: Metric<Rank1<5>, Rank1<5>> + Metric<Rank1<6>, Rank1<6>>,
{
    dense_with(case, metric, |metric| vec![Metric::<Rank1<1>, Rank1<1>>::result(metric)])
}

fn dense_with<M>(case: &Case, metric: M, results: impl Fn(&M) -> Vec<f64>) -> Result<(), String>
where
    M: Metric<Rank1<1>, Rank1<1>> + Metric<Rank1<3>, Rank1<3>> + Metric<Rank1<4>, Rank1<4>>,
    M: Metric<Rank1<5>, Rank1<5>> + Metric<Rank1<6>, Rank1<6>>,
{
    match case.tensor("input.0.y_pred").shape[1..] {
        [] | [1] => check::<Rank1<1>, Rank1<1>, M>(case, metric, results),
        [3] => check::<Rank1<3>, Rank1<3>, M>(case, metric, results),
        [4] => check::<Rank1<4>, Rank1<4>, M>(case, metric, results),
        [5] => check::<Rank1<5>, Rank1<5>, M>(case, metric, results),
        [6] => check::<Rank1<6>, Rank1<6>, M>(case, metric, results),
        _ => Err("a shape that is not handled".into()),
    }
}

/// A metric that compares with class numbers.
fn sparse<M>(case: &Case, metric: M) -> Result<(), String>
where
    M: Metric<Rank1<4>, Ints<Rank0>> + Metric<Rank1<6>, Ints<Rank0>>,
{
    let results = |metric: &M| vec![Metric::<Rank1<4>, Ints<Rank0>>::result(metric)];
    match case.tensor("input.0.y_pred").shape[1..] {
        [4] => check::<Rank1<4>, Ints<Rank0>, M>(case, metric, results),
        [6] => check::<Rank1<6>, Ints<Rank0>, M>(case, metric, results),
        _ => Err("a shape that is not handled".into()),
    }
}

/// A target in the precision that is tested.
pub trait Cast: Value {
    fn cast<E: Element>(tensor: &Tensor) -> Vec<Self::Scalar<E>>;
}

impl<const N: usize> Cast for Rank1<N> {
    fn cast<E: Element>(tensor: &Tensor) -> Vec<E> {
        cast(&tensor.values)
    }
}

impl Cast for Ints<Rank0> {
    fn cast<E: Element>(tensor: &Tensor) -> Vec<i32> {
        tensor.ints()
    }
}

pub fn check<Out, Target, M>(case: &Case, metric: M, results: impl Fn(&M) -> Vec<f64>) -> Result<(), String>
where
    Out: keras_core::shape::Shape,
    Target: Cast,
    M: Metric<Out, Target>,
{
    metric.check().map_err(|e| e.to_string())?;
    compare::<Out, Target, f32, M>(case, metric.clone(), &results, case.tolerance())?;
    compare::<Out, Target, f64, M>(case, metric, &results, 1e-6)
}

fn compare<Out, Target, E, M>(
    case: &Case,
    mut metric: M,
    results: impl Fn(&M) -> Vec<f64>,
    tolerance: f64,
) -> Result<(), String>
where
    Out: keras_core::shape::Shape,
    Target: Cast,
    E: Element,
    M: Metric<Out, Target>,
{
    for i in 0..case.text("updates").parse().unwrap() {
        let y_true = Target::cast::<E>(case.tensor(&format!("input.{i}.y_true")));
        let y_pred = cast::<E>(&case.tensor(&format!("input.{i}.y_pred")).values);
        let weights = case.find(&format!("input.{i}.sample_weight")).map(|w| cast::<E>(&w.values));
        let samples = y_pred.len() / Out::NUMEL;
        metric.update(&Batch { y_true: &y_true, y_pred: &y_pred, weights: weights.as_deref(), samples });
        case.compare(&format!("output.{i}"), &results(&metric), tolerance)?;
    }
    metric.reset();
    case.compare("reset", &results(&metric), tolerance)
}
