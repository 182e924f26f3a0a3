use super::*;
use crate::metrics::{F1Score, FBetaScore, Metric};
use crate::shape::{Rank1, Rank2};

type Out = Rank1<3>;

fn scores(average: Average, y_true: &[f64], y_pred: &[f64]) -> Vec<f64> {
    let mut metric = F1Score::default().average(average);
    let batch = Batch { y_true, y_pred, weights: None, samples: y_true.len() / 3 };
    Metric::<Out, Out>::update(&mut metric, &batch);
    metric.results()
}

#[test]
fn averages_are_of_the_classes_scores() {
    let y_true = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0];
    let y_pred = [0.9, 0.1, 0.0, 0.2, 0.7, 0.1, 0.1, 0.8, 0.1, 0.6, 0.3, 0.1];
    // Class 0: 2 found, 1 missed; class 1: 1 found, 1 too many; class 2 is not there.
    let near = |found: Vec<f64>, expected: &[f64]| {
        assert_eq!(found.len(), expected.len());
        assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-6), "{found:?}");
    };
    near(scores(Average::None, &y_true, &y_pred), &[0.8, 2.0 / 3.0, 0.0]);
    near(scores(Average::Macro, &y_true, &y_pred), &[(0.8 + 2.0 / 3.0) / 3.0]);
    near(scores(Average::Micro, &y_true, &y_pred), &[0.75]);
    near(scores(Average::Weighted, &y_true, &y_pred), &[(3.0 * 0.8 + 2.0 / 3.0) / 4.0]);
}

#[test]
fn a_row_of_zeros_says_nothing_and_equal_ones_say_all() {
    assert_eq!(scores(Average::None, &[1.0, 0.0, 0.0], &[0.0; 3]), [0.0; 3]);
    let all = scores(Average::None, &[1.0, 0.0, 1.0], &[0.3; 3]);
    assert!(all[0] > 0.99 && all[1] == 0.0 && all[2] > 0.99);
    assert_eq!(scores(Average::None, &[1.0, 0.0, 0.0], &[f64::NAN; 3]), [0.0; 3]);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let message = |metric: FBetaScore| Metric::<Out, Out>::check(&metric).unwrap_err().to_string();
    let beta = "beta of FBetaScore: expected a number above 0, but found 0";
    assert_eq!(message(FBetaScore::new(0.0)), beta);
    let threshold = "threshold of FBetaScore: expected a number above 0, 1 at most, but found 1.5";
    assert_eq!(message(FBetaScore::new(2.0).threshold(1.5)), threshold);
    let error = Metric::<Rank2<2, 3>, Rank2<2, 3>>::check(&F1Score::default()).unwrap_err().to_string();
    assert_eq!(error, "output of F1Score: expected one axis, the classes, but found 2 axes");
}
