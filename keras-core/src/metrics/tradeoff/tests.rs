use crate::metrics::{
    Batch, Metric, PrecisionAtRecall, RecallAtPrecision, SensitivityAtSpecificity, SpecificityAtSensitivity,
};
use crate::shape::Rank1;

type Out = Rank1<2>;

fn value<M: Metric<Out, Out>>(metric: &M, y_true: &[f64], y_pred: &[f64]) -> f64 {
    let mut metric = metric.clone();
    metric.update(&Batch { y_true, y_pred, weights: None, samples: y_true.len() / 2 });
    metric.result()
}

#[test]
fn a_class_alone_is_seen_as_if_the_others_were_not() {
    let (y_true, y_pred) = ([0.0, 1.0, 1.0, 1.0, 1.0, 0.0], [0.1, 0.4, 0.8, 0.2, 0.05, 0.3]);
    // Class 0: its negative at 0.1 lies between its positives.
    assert_eq!(value(&SensitivityAtSpecificity::new(1.0).class_id(0), &y_true, &y_pred), 0.5);
    assert_eq!(value(&SpecificityAtSensitivity::new(1.0).class_id(0), &y_true, &y_pred), 0.0);
    assert_eq!(value(&PrecisionAtRecall::new(1.0).class_id(0), &y_true, &y_pred), 2.0 / 3.0);
    assert_eq!(value(&RecallAtPrecision::new(1.0).class_id(1), &y_true, &y_pred), 0.5);
}

#[test]
fn nothing_is_0_and_one_threshold_is_a_half() {
    assert_eq!(value(&PrecisionAtRecall::new(0.5), &[], &[]), 0.0);
    assert_eq!(value(&RecallAtPrecision::new(0.5), &[0.0, 0.0], &[0.2, 0.9]), 0.0);
    let half = PrecisionAtRecall::new(0.1).num_thresholds(1);
    assert_eq!(value(&half, &[1.0, 0.0, 1.0, 0.0], &[0.6, 0.7, 0.4, 0.45]), 0.5);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let message = |metric: PrecisionAtRecall| Metric::<Out, Out>::check(&metric).unwrap_err().to_string();
    assert_eq!(
        message(PrecisionAtRecall::new(1.5)),
        "recall of PrecisionAtRecall: expected a number from 0 to 1, but found 1.5"
    );
    let none = PrecisionAtRecall::new(0.5).num_thresholds(0);
    assert_eq!(value(&none, &[1.0, 0.0], &[0.6, 0.7]), 0.0);
    assert_eq!(message(none), "num_thresholds of PrecisionAtRecall: expected at least 1, but found 0");
    let class = PrecisionAtRecall::new(0.5).class_id(2);
    assert_eq!(value(&class, &[1.0, 0.0], &[0.6, 0.7]), 0.0);
    assert_eq!(
        message(class),
        "class_id of PrecisionAtRecall: expected 0 to 1, a class of the output, but found 2"
    );
}
