use super::*;
use crate::shape::{Rank0, Rank1};

type Out = Rank1<3>;

fn named<M: Metric<Out, Out>>(metric: &M) -> &str {
    metric.name()
}

#[test]
fn every_name_of_the_table_is_of_one_of_the_two() {
    for name in keras_shapes::names::METRICS.all {
        for spelling in name.spellings() {
            let any = spelling.parse::<AnyMetric>();
            let sparse = spelling.parse::<AnySparseMetric>();
            let both = name.class == "Accuracy";
            if name.usage.is_some() {
                assert!(any.unwrap_err().to_string().contains("::new("), "{spelling}");
                continue;
            }
            assert_eq!(any.is_ok() == sparse.is_ok(), both, "{spelling}");
            if let Ok(any) = any {
                assert_eq!(named(&any), spelling);
                assert!(format!("{:?}", any.metric).starts_with(name.class), "{any:?}");
            }
        }
    }
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    for (word, known) in [("acuracy", "accuracy"), ("Precison", "Precision"), ("f1score_", "f1_score")] {
        let said = word.parse::<AnyMetric>().map(|metric| format!("{metric:?}"));
        match word {
            "f1score_" => assert!(said.unwrap().contains("F1Score")),
            _ => assert!(said.unwrap_err().to_string().contains(&format!("such as `{known}`"))),
        }
    }
    let said = "how good it is".parse::<AnyMetric>().unwrap_err().to_string();
    assert!(said.contains("the name of one: accuracy, binary_accuracy"), "{said}");
}

#[test]
fn it_is_the_metric_inside() {
    let (y_true, y_pred) = ([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], [[0.2, 0.7, 0.1], [0.3, 0.6, 0.1]]);
    let all = |metric: AnyMetric| Metric::<Out, Out>::values(&metric, &y_true, &y_pred).unwrap();
    let same = |metric: AnyMetric, expected: Vec<f64>| assert_eq!(all(metric), expected);
    let f1 = F1Score::default();
    same(f1.clone().into(), Metric::<Out, Out>::values(&f1, &y_true, &y_pred).unwrap());
    same("accuracy".parse().unwrap(), vec![0.5]);
    let mse = MeanSquaredError::default();
    same("mse".parse().unwrap(), Metric::<Out, Out>::values(&mse, &y_true, &y_pred).unwrap());
    let sparse: AnySparseMetric = "accuracy".parse().unwrap();
    assert_eq!(Metric::<Out, Ints<Rank0>>::value(&sparse, &[1, 0], &y_pred).unwrap(), 0.5);
    let wrong: AnyMetric = TopKCategoricalAccuracy::new(7).into();
    assert!(Metric::<Out, Out>::check(&wrong).unwrap_err().to_string().contains("k of"));
}

#[test]
fn two_halves_make_the_whole() {
    let batch = |y_pred| Batch { y_true: &[0.0, 1.0, 0.0], y_pred, weights: None, samples: 1 };
    let (first, second) = ([0.2, 0.7, 0.1], [0.3, 0.6, 0.1]);
    for word in ["mae", "auc", "precision", "f1_score", "r2_score"] {
        let mut all: AnyMetric = word.parse().unwrap();
        Metric::<Out, Out>::reset(&mut all);
        let (mut mine, mut theirs) = (all.clone(), all.clone());
        Metric::<Out, Out>::update(&mut all, &batch(&first));
        Metric::<Out, Out>::update(&mut all, &batch(&second));
        Metric::<Out, Out>::update(&mut mine, &batch(&first));
        Metric::<Out, Out>::update(&mut theirs, &batch(&second));
        Merge::<Out, Out>::merge(&mut mine, &theirs);
        assert_eq!(Metric::<Out, Out>::result(&mine), Metric::<Out, Out>::result(&all), "{word}");
    }
}
