//! Two metrics that saw half of the batches each are one that saw all.

use super::Merge;
use crate::metrics::*;
use crate::shape::{Ints, Rank0, Rank1, Rank2, Shape, Value};

/// Numbers from 0 to 1 that look like chance.
fn numbers(n: usize, seed: usize) -> Vec<f64> {
    (0..n).map(|i| (((i + seed) * 7919 + 13) % 101) as f64 / 101.0).collect()
}

fn halves<Out, T, M>(metric: &M, y_true: &[T::Scalar<f64>], y_pred: &[f64])
where
    Out: Shape,
    T: Value,
    M: Merge<Out, T>,
{
    let samples = y_pred.len() / Out::NUMEL;
    let (per_true, half) = (y_true.len() / samples, samples / 2);
    let weights: Vec<f64> = (0..samples).map(|i| 0.5 + (i % 3) as f64).collect();
    let see = |metric: &mut M, from: usize, to: usize| {
        metric.update::<f64>(&Batch {
            y_true: &y_true[from * per_true..to * per_true],
            y_pred: &y_pred[from * Out::NUMEL..to * Out::NUMEL],
            weights: Some(&weights[from..to]),
            samples: to - from,
        });
    };
    let figures = |metric: &M| {
        let mut all = Vec::new();
        metric.each_result(|figure| all.push(figure));
        all
    };
    let (mut whole, mut first, mut second) = (metric.clone(), metric.clone(), metric.clone());
    see(&mut whole, 0, samples);
    see(&mut first, 0, half);
    see(&mut second, half, samples);
    let apart = figures(&first);
    first.merge(&second);
    let (merged, expected) = (figures(&first), figures(&whole));
    assert_eq!(merged.len(), metric.count());
    let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(near(&merged, &expected), "{}: {merged:?}, but {expected:?}", metric.name());
    assert!(!near(&apart, &expected), "{}: the second half changes nothing", metric.name());

    // One that saw nothing adds nothing, and takes all.
    let mut empty = metric.clone();
    empty.merge(&whole);
    assert!(near(&figures(&empty), &expected), "{}", metric.name());
    whole.merge(metric);
    assert!(near(&figures(&whole), &expected), "{}", metric.name());

    // What it hands out is all that it remembers.
    let mut sums = Vec::new();
    assert!(whole.sums(&mut |sum| sums.push(*sum)), "{}", metric.name());
    let (mut other, mut from) = (metric.clone(), sums.iter());
    other.reset();
    assert!(other.sums(&mut |sum| *sum = *from.next().expect("as many numbers as were handed out")));
    assert!(from.next().is_none(), "{}", metric.name());
    assert_eq!(figures(&other), figures(&whole), "{}", metric.name());
}

/// One number a sample, as for two classes.
fn binary<M: Merge<Rank1<1>, Rank1<1>>>(metric: &M) {
    let y_pred = numbers(60, 1);
    let y_true: Vec<f64> = (0..60).map(|i| f64::from(i * i % 7 > 2)).collect();
    halves::<Rank1<1>, Rank1<1>, M>(metric, &y_true, &y_pred);
}

/// Several numbers a sample, of which several may be positive.
fn dense<M: Merge<Rank1<3>, Rank1<3>>>(metric: &M) {
    let y_pred = numbers(90, 5);
    let y_true: Vec<f64> = (0..90).map(|i| f64::from(i * i % 11 > 4)).collect();
    halves::<Rank1<3>, Rank1<3>, M>(metric, &y_true, &y_pred);
}

/// Rows of numbers with rows of numbers.
fn numeric<M: Merge<Rank1<3>, Rank1<3>>>(metric: &M) {
    halves::<Rank1<3>, Rank1<3>, M>(metric, &numbers(90, 40), &numbers(90, 5));
}

/// Rows of scores, with class numbers.
fn sparse<M: Merge<Rank2<2, 3>, Ints<Rank1<2>>>>(metric: &M) {
    let y_true: Vec<i32> = (0..40).map(|i| i * i % 7 % 3).collect();
    halves::<Rank2<2, 3>, Ints<Rank1<2>>, M>(metric, &y_true, &numbers(120, 3));
}

#[test]
fn tables_of_confusion() {
    binary(&TruePositives::default());
    binary(&TrueNegatives::default().thresholds([0.2, 0.6]));
    binary(&FalsePositives::default().thresholds([0.9, 0.1]));
    binary(&FalseNegatives::default());
    dense(&Precision::default().thresholds([0.3, 0.6]));
    dense(&Recall::default().top_k(2));
    binary(&SensitivityAtSpecificity::new(0.4));
    binary(&SpecificityAtSensitivity::new(0.4));
    binary(&PrecisionAtRecall::new(0.5).num_thresholds(20));
    binary(&RecallAtPrecision::new(0.35));
}

#[test]
fn areas_under_curves() {
    binary(&AUC::default());
    binary(&AUC::default().curve(Curve::Pr).thresholds([0.1, 0.3, 0.31, 0.8]));
    dense(&AUC::default().multi_label().label_weights([1.0, 2.0, 0.5]));
    dense(&AUC::from_logits().curve(Curve::PrGain).label_weights([1.0, 2.0, 0.5]));
}

#[test]
fn scores_of_classes() {
    dense(&F1Score::default());
    dense(&F1Score::default().average(Average::Weighted).threshold(0.4));
    dense(&FBetaScore::new(0.5).average(Average::Micro));
    dense(&R2Score::default());
    dense(&R2Score::default().class_aggregation(ClassAggregation::None).num_regressors(2));
    binary(&BinaryIoU::default());
    sparse(&IoU::new(3, [0, 2]).one_hot_y_pred());
    sparse(&MeanIoU::new(3).one_hot_y_pred().ignore_class(1));
    dense(&OneHotIoU::new(3, [0, 2]));
    dense(&OneHotMeanIoU::new(3));
}

#[test]
fn means() {
    numeric(&PearsonCorrelation::default());
    numeric(&ConcordanceCorrelation::default());
    dense(&Named::new("mean", MeanMetricWrapper::new("own", |t: &[f64], p: &[f64]| t[0] * p[1])));
    sparse(&MeanMetricWrapper::new("own", |t: &[f64], p: &[f64]| t[0] * p[1]));
    binary(&Accuracy::default());
    sparse(&Accuracy::default());
    binary(&BinaryAccuracy::default());
    dense(&CategoricalAccuracy::default());
    dense(&TopKCategoricalAccuracy::new(2));
    sparse(&SparseCategoricalAccuracy::default());
    sparse(&SparseTopKCategoricalAccuracy::new(2));
    dense(&RootMeanSquaredError::default());
    dense(&MeanAbsoluteError::default());
    dense(&MeanOf::new(MeanSquaredError::default()));
    dense(&BinaryCrossentropy::default());
    sparse(&SparseCategoricalCrossentropy::from_logits());
}

#[test]
fn the_accumulators() {
    let (mut mean, mut sum) = (Mean::default(), Sum::default());
    let (mut other_mean, mut other_sum) = (Mean::default(), Sum::default());
    mean.add(1.0, 1.0);
    sum.add(1.0, 1.0);
    other_mean.add(4.0, 2.0);
    other_sum.add(4.0, 2.0);
    mean.merge(&other_mean);
    sum.merge(&other_sum);
    assert_eq!((mean.value(), sum.value()), (3.0, 9.0));
}

#[test]
fn class_numbers_for_each_sample() {
    let y_true: Vec<i32> = (0..30).map(|i| i * i % 5 % 3).collect();
    halves::<Rank1<3>, Ints<Rank0>, _>(&Accuracy::default(), &y_true, &numbers(90, 3));
}
