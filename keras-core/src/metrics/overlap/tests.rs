use crate::metrics::{Batch, IoU, MeanIoU, Metric, OneHot, OneHotIoU, Sparse};
use crate::shape::{Ints, Rank0, Rank1, Rank2};

type Out = Rank1<4>;

/// Of one sample's class numbers.
fn mean(metric: &MeanIoU, y_true: [f64; 4], y_pred: [f64; 4]) -> f64 {
    let mut metric = metric.clone();
    let batch = Batch { y_true: &y_true, y_pred: &y_pred, weights: None, samples: 1 };
    Metric::<Out, Out>::update(&mut metric, &batch);
    Metric::<Out, Out>::result(&metric)
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-6, "{a}, but {b}");
}

#[test]
fn only_classes_that_occur_count() {
    near(mean(&MeanIoU::new(9), [0.0, 1.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0]), 1.0);
    near(mean(&MeanIoU::new(9), [0.0, 1.0, 1.0, 0.0], [8.0, 8.0, 8.0, 8.0]), 0.0);
}

#[test]
fn what_is_no_class_is_left_out() {
    let (y_true, y_pred) = ([0.0, 1.0, -1.0, 7.0], [0.0, 0.0, 0.0, 1.0]);
    near(mean(&MeanIoU::new(2), y_true, y_pred), 0.25);
    near(mean(&MeanIoU::new(2).ignore_class(1), y_true, y_pred), 1.0);
    near(mean(&MeanIoU::new(2), [0.0; 4], [f64::INFINITY; 4]), 0.0);
    near(mean(&MeanIoU::new(2), [-1.0; 4], [0.0; 4]), 0.0);
}

#[test]
fn all_kinds_of_targets_and_predictions_say_the_same() {
    let (classes, said) = ([0, 2, 1, 1], [0, 1, 1, 2]);
    let one_hot = |class: i32| core::array::from_fn::<f64, 3, _>(|i| f64::from(i == class as usize));
    let (y_true, y_pred) = (classes.map(one_hot), said.map(one_hot));
    let (numbers, floats) = (classes.map(|class| [class]), said.map(|class| [f64::from(class)]));
    let rows = y_true.map(|row| [row]);
    let iou = IoU::new(3, [1, 2]);
    let expected = (1.0 / 3.0) / 2.0;

    type One = Rank1<1>;
    type Row = Rank1<3>;
    near(Metric::<One, One>::value(&iou, &numbers, &floats).unwrap(), expected);
    let mut of_numbers = iou.clone();
    let floats_in_line = floats.as_flattened();
    let batch = Batch { y_true: &classes, y_pred: floats_in_line, weights: None, samples: 4 };
    Metric::<One, Ints<One>>::update(&mut of_numbers, &batch);
    near(Metric::<One, Ints<One>>::result(&of_numbers), expected);
    let scores: IoU<Sparse, OneHot> = iou.clone().one_hot_y_pred();
    near(Metric::<Row, Ints<Rank0>>::value(&scores, &classes, &y_pred).unwrap(), expected);
    let both: IoU<OneHot, OneHot> = scores.one_hot_y_true();
    near(Metric::<Row, Row>::value(&both, &y_true, &y_pred).unwrap(), expected);
    let targets: IoU<OneHot, Sparse> = iou.one_hot_y_true();
    near(Metric::<One, Rank2<1, 3>>::value(&targets, &rows, &floats).unwrap(), expected);
    let one_hot = OneHotIoU::new(3, [1, 2]);
    near(Metric::<Row, Row>::value(&one_hot, &y_true, &y_pred).unwrap(), expected);
    near(Metric::<One, Rank2<1, 3>>::value(&one_hot.sparse_y_pred(), &rows, &floats).unwrap(), expected);
}

#[test]
fn a_samples_weight_is_that_of_all_its_places() {
    let mut iou = IoU::new(2, [0]).one_hot_y_pred();
    let y_pred = [0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.1, 0.9];
    let batch = Batch { y_true: &[0, 0, 1, 1], y_pred: &y_pred, weights: Some(&[2.0, 3.0]), samples: 2 };
    Metric::<Rank2<2, 2>, Ints<Rank1<2>>>::update(&mut iou, &batch);
    near(Metric::<Rank2<2, 2>, Ints<Rank1<2>>>::result(&iou), 4.0 / 7.0);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let message = |iou: IoU| Metric::<Out, Out>::check(&iou).unwrap_err().to_string();
    assert_eq!(
        message(IoU::new(3, [0, 3])),
        "target_class_ids of IoU: expected classes from 0 to 2, but found 3"
    );
    assert_eq!(message(IoU::new(3, [])), "target_class_ids of IoU: expected at least one, but found none");
    assert_eq!(message(IoU::new(0, [0])), "num_classes of IoU: expected at least 1, but found 0");
}
