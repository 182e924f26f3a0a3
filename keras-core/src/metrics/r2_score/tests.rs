use super::*;
use crate::shape::Rank1;

fn score(y_true: &[f64], y_pred: &[f64]) -> f64 {
    let mut metric = R2Score::default();
    let batch = Batch { y_true, y_pred, weights: None, samples: y_true.len() };
    Metric::<Rank1<1>, Rank1<1>>::update(&mut metric, &batch);
    Metric::<Rank1<1>, Rank1<1>>::result(&metric)
}

#[test]
fn targets_far_from_0_lose_nothing() {
    let (y_true, y_pred) = ([1e9 + 1.0, 1e9 + 4.0, 1e9 + 3.0], [1e9 + 2.0, 1e9 + 4.0, 1e9 + 4.0]);
    assert!((score(&y_true, &y_pred) - 4.0 / 7.0).abs() < 1e-12);
}

#[test]
fn targets_that_are_all_the_same_have_no_variance() {
    assert_eq!(score(&[0.1; 7], &[0.3; 7]), 0.0);
    assert!(score(&[0.1; 7], &[0.1; 7]).is_nan());
}

#[test]
fn nothing_seen_is_no_score() {
    let metric = R2Score::default().class_aggregation(ClassAggregation::None);
    let mut all = Vec::new();
    Metric::<Rank1<2>, Rank1<2>>::each_result(&metric, |score| all.push(score));
    assert!(all.len() == 2 && all.iter().all(|score| score.is_nan()));
}
