use super::*;
use crate::shape::{Rank1, Rank2};

fn area(auc: &AUC, y_true: &[f64], y_pred: &[f64]) -> f64 {
    let mut auc = auc.clone();
    let batch = Batch { y_true, y_pred, weights: None, samples: y_true.len() };
    Metric::<Rank1<1>, Rank1<1>>::update(&mut auc, &batch);
    Metric::<Rank1<1>, Rank1<1>>::result(&auc)
}

/// Scores halfway between thresholds, and targets that go with them more often than not.
fn examples() -> (Vec<f64>, Vec<f64>) {
    let place = |i: usize| (i * 7919 + i / 3) % 199;
    let y_pred = (0..500).map(|i| (place(i) as f64 + 0.5) / 199.0).collect();
    let y_true = (0..500).map(|i| f64::from(place(i) + (i * i) % 150 > 160)).collect();
    (y_true, y_pred)
}

#[test]
fn the_area_is_the_chance_that_a_positive_is_predicted_higher() {
    let (y_true, y_pred) = examples();
    let (mut right, mut pairs) = (0.0, 0.0);
    for (_, positive) in y_true.iter().zip(&y_pred).filter(|(t, _)| **t == 1.0) {
        for (_, negative) in y_true.iter().zip(&y_pred).filter(|(t, _)| **t == 0.0) {
            pairs += 1.0;
            right += f64::from(positive > negative) + 0.5 * f64::from(positive == negative);
        }
    }
    let found = area(&AUC::default(), &y_true, &y_pred);
    assert!((found - right / pairs).abs() < 1e-12 && found > 0.6 && found < 0.99, "{found}");
}

#[test]
fn the_sums_lie_around_the_interpolation() {
    let (y_true, y_pred) = examples();
    for curve in [Curve::Roc, Curve::Pr] {
        let with =
            |summation| area(&AUC::default().curve(curve).summation_method(summation), &y_true, &y_pred);
        let (low, high) = (with(Summation::Minoring), with(Summation::Majoring));
        let between = with(Summation::Interpolation);
        assert!(low < between && between < high, "{low} {between} {high}");
    }
}

#[test]
fn perfect_hopeless_and_guessing() {
    let y_true = [0.0, 0.0, 1.0, 1.0];
    for curve in [Curve::Roc, Curve::Pr, Curve::PrGain] {
        assert_eq!(area(&AUC::default().curve(curve), &y_true, &[0.1, 0.2, 0.8, 0.9]), 1.0, "{curve:?}");
    }
    let roc = |y_pred: &[f64]| area(&AUC::default(), &y_true, y_pred);
    assert_eq!(roc(&[0.9, 0.8, 0.2, 0.1]), 0.0);
    assert_eq!(roc(&[0.4; 4]), 0.5);
    assert_eq!(roc(&[0.0; 4]), 0.5);
    assert_eq!(roc(&[1.0; 4]), 0.5);
}

#[test]
fn nothing_and_one_kind_only_are_0() {
    let auc = AUC::default();
    assert_eq!(Metric::<Rank1<1>, Rank1<1>>::result(&auc), 0.0);
    assert_eq!(area(&auc, &[1.0, 1.0], &[0.3, 0.6]), 0.0);
    assert_eq!(area(&auc, &[0.0, 0.0], &[0.3, 0.6]), 0.0);
    assert_eq!(area(&auc.curve(Curve::Pr), &[0.0, 0.0], &[0.3, 0.6]), 0.0);
}

#[test]
fn numbers_outside_count_as_the_ends() {
    let y_true = [0.0, 1.0, 0.0, 1.0];
    let outside = area(&AUC::default(), &y_true, &[-5.0, 7.0, f64::NAN, f64::INFINITY]);
    assert_eq!(outside, area(&AUC::default(), &y_true, &[0.0, 1.0, 0.0, 1.0]));
    let logits = area(&AUC::from_logits(), &y_true, &[-1e9, 1e9, f64::NEG_INFINITY, f64::INFINITY]);
    assert_eq!(logits, 1.0);
}

#[test]
fn labels_have_areas_of_their_own() {
    let (t, p) = ([[0, 1], [1, 0], [1, 1], [0, 1]], [[0.1, 0.2], [0.8, 0.3], [0.6, 0.4], [0.7, 0.9]]);
    let value = |auc: AUC| Metric::<Rank1<2>, Rank1<2>>::value(&auc, &t, &p).unwrap();
    let first = area(&AUC::default(), &[0.0, 1.0, 1.0, 0.0], &[0.1, 0.8, 0.6, 0.7]);
    let second = area(&AUC::default(), &[1.0, 0.0, 1.0, 1.0], &[0.2, 0.3, 0.4, 0.9]);
    let multi = AUC::default().multi_label();
    assert_eq!(value(multi.clone()), (first + second) / 2.0);
    assert_eq!(value(multi.clone().label_weights([3.0, 1.0])), (3.0 * first + second) / 4.0);
    // A label that weighs nothing is not there.
    assert_eq!(value(AUC::default().label_weights([1.0, 0.0])), first);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let message = |auc: AUC| Metric::<Rank1<2>, Rank1<2>>::check(&auc).unwrap_err().to_string();
    for count in [0, 1] {
        let auc = AUC::default().num_thresholds(count);
        area(&auc, &[0.0, 1.0], &[0.2, 0.7]);
        let expected = format!("num_thresholds of AUC: expected at least 2, but found {count}");
        assert_eq!(message(auc), expected);
    }
    assert_eq!(
        message(AUC::default().thresholds([0.5, -1.0])),
        "thresholds of AUC: expected numbers from 0 to 1, but found -1"
    );
    assert_eq!(
        message(AUC::default().label_weights([1.0])),
        "label_weights of AUC: expected 2, one for each label, but found 1"
    );
    let error = Metric::<Rank2<3, 2>, Rank2<3, 2>>::check(&AUC::default().multi_label()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "multi_label of AUC: expected an output of one axis, the labels, but found 2 axes"
    );
}
