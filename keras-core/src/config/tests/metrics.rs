//! Metrics.

use serde_json::json;

use super::{floats, reads_and_writes, said};
use crate::metrics::{AUC, AnyMetric, AnySparseMetric, F1Score, MeanIoU, Metric, OneHotIoU, Precision};
use crate::shape::Rank1;

type Out = Rank1<3>;

#[test]
fn what_keras_writes_is_read_and_written_again() {
    reads_and_writes::<AnyMetric>("metrics", 56);
    reads_and_writes::<AnySparseMetric>("sparse_metrics", 7);
}

#[test]
fn values_mean_what_they_say() {
    let read = |value| serde_json::from_value::<AnyMetric>(value).unwrap();
    let (y_true, y_pred) = ([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0]], [[0.2, 0.7, 0.4], [0.3, 0.6, 0.9]]);
    let value = |metric: &AnyMetric| Metric::<Out, Out>::value(metric, &y_true, &y_pred).unwrap();
    let auc =
        read(json!({"class_name": "AUC", "config": {"num_thresholds": 5, "curve": "PR", "name": "area"}}));
    assert_eq!(Metric::<Out, Out>::name(&auc), "area");
    let expected = AUC::default().num_thresholds(5).curve(crate::metrics::Curve::Pr);
    assert_eq!(value(&auc), Metric::<Out, Out>::value(&expected, &y_true, &y_pred).unwrap());
    let precision = read(json!({"class_name": "Precision", "config": {"thresholds": [0.25, 0.65]}}));
    let expected = Precision::default().thresholds([0.25, 0.65]);
    assert_eq!(
        Metric::<Out, Out>::values(&precision, &y_true, &y_pred).unwrap(),
        Metric::<Out, Out>::values(&expected, &y_true, &y_pred).unwrap()
    );
    let f1 = read(json!({"class_name": "F1Score", "config": {"average": "macro", "threshold": 0.5}}));
    let expected = F1Score::default().average(crate::metrics::Average::Macro).threshold(0.5);
    assert_eq!(value(&f1), Metric::<Out, Out>::value(&expected, &y_true, &y_pred).unwrap());
    // The class is Keras' `Accuracy`; the word depends on the output.
    let exact = read(json!({"class_name": "Accuracy", "config": {}}));
    assert_eq!([value(&exact), value(&read(json!("accuracy")))], [0.0, 0.5]);
    let one_hot: OneHotIoU<crate::metrics::Sparse> = serde_json::from_value(json!({
        "num_classes": 3, "target_class_ids": [1], "sparse_y_pred": true
    }))
    .unwrap();
    assert_eq!(one_hot, OneHotIoU::new(3, [1]).sparse_y_pred());
}

#[test]
fn what_is_wrong_is_named() {
    let metric = |class: &str, config| said::<AnyMetric>(json!({"class_name": class, "config": config}));
    assert_eq!(
        metric("AUC", json!({"curve": "ROCK"})),
        "curve of AUC: expected ROC or PR or PRGAIN, but found \"ROCK\""
    );
    assert!(metric("AUC", json!({"num_threshold": 3})).contains("such as `num_thresholds`"));
    assert!(metric("AUC", json!({"num_thresholds": 1_u64 << 40})).contains("at most"));
    assert!(metric("AUC", json!({"name": 3})).contains("name of AUC: expected a text"));
    assert!(metric("MeanIoU", json!({})).contains("num_classes of MeanIoU: expected a value"));
    assert!(metric("MeanIoU", json!({"num_classes": 3, "axis": 1})).contains("-1, the last"));
    assert!(metric("F1Score", json!({"average": "mean"})).contains("null or micro or macro or weighted"));
    assert!(metric("Recal", json!({})).contains("such as `Recall`"));
    assert!(metric("SparseCategoricalAccuracy", json!({})).contains("AnyMetric may be"));
    assert!(
        metric("MeanIoU", json!({"num_classes": 3, "sparse_y_pred": false})).contains("AnyMetric may be")
    );
    assert!(
        said::<MeanIoU>(json!({"num_classes": 3, "sparse_y_true": false}))
            .contains("sparse_y_true of MeanIoU: expected true, as its type says")
    );
    let again = serde_json::to_value("mse".parse::<AnyMetric>().unwrap()).unwrap();
    let mse = json!({"name": "mse", "dtype": "float32"});
    assert_eq!(floats(again["config"].clone()), mse);
}
