use crate::metrics::{Batch, ConcordanceCorrelation, Metric, PearsonCorrelation};
use crate::shape::{Rank1, Rank2};

fn pearson(axis: isize, y_true: &[f64; 12], y_pred: &[f64; 12], weights: Option<&[f64]>) -> f64 {
    let mut metric = PearsonCorrelation::default().axis(axis);
    Metric::<Rank2<3, 2>, Rank2<3, 2>>::check(&metric).unwrap();
    let batch = Batch { y_true, y_pred, weights, samples: 2 };
    Metric::<Rank2<3, 2>, Rank2<3, 2>>::update(&mut metric, &batch);
    Metric::<Rank2<3, 2>, Rank2<3, 2>>::result(&metric)
}

#[test]
fn lines_run_along_the_axis() {
    // Along axis 1, the two features of the first sample rise together with their targets, and those of
    // the second fall.
    let y_true = [0.0, 5.0, 1.0, 6.0, 2.0, 7.0, 0.0, 5.0, 1.0, 6.0, 2.0, 7.0];
    let y_pred = [1.0, 2.0, 2.0, 4.0, 3.0, 6.0, 9.0, 6.0, 8.0, 4.0, 7.0, 2.0];
    assert!(pearson(1, &y_true, &y_pred, None).abs() < 1e-12);
    assert!((pearson(-2, &y_true, &y_pred, Some(&[3.0, 1.0])) - 0.5).abs() < 1e-12);
    // Along the last axis every row of the first sample rises, every row of the second falls.
    assert!(pearson(-1, &y_true, &y_pred, None).abs() < 1e-12);
    assert!((pearson(2, &y_true, &y_pred, Some(&[0.0, 1.0])) + 1.0).abs() < 1e-12);
}

#[test]
fn the_batch_may_be_the_axis() {
    let mut metric = ConcordanceCorrelation::default().axis(0);
    let numbers = [1.0, -1.0, 2.0, -2.0, 4.0, -5.0];
    let batch = Batch { y_true: &numbers, y_pred: &numbers, weights: None, samples: 3 };
    Metric::<Rank1<2>, Rank1<2>>::update(&mut metric, &batch);
    assert!((Metric::<Rank1<2>, Rank1<2>>::result(&metric) - 1.0).abs() < 1e-6);
}

#[test]
fn numbers_that_are_all_the_same_have_none() {
    let (flat, line) = ([[0.1, 0.1, 0.1]], [[1.0, 2.0, 3.0]]);
    let value = Metric::<Rank1<3>, Rank1<3>>::value(&PearsonCorrelation::default(), &flat, &flat);
    assert!(value.unwrap().is_nan());
    let value = Metric::<Rank1<3>, Rank1<3>>::value(&ConcordanceCorrelation::default(), &flat, &line);
    assert!(value.unwrap().abs() < 1e-12);
}

#[test]
fn an_axis_that_is_not_there_is_refused() {
    let metric = PearsonCorrelation::default().axis(2);
    let error = Metric::<Rank1<3>, Rank1<3>>::check(&metric).unwrap_err().to_string();
    let expected =
        "axis of PearsonCorrelation: expected an axis from -2 to 1, the batch being 0, but found 2";
    assert_eq!(error, expected);
}
