//! The metrics that are no means: tables of confusion, areas, scores of classes.

use keras_core::metrics::{
    AUC, Average, BinaryIoU, ClassAggregation, ConcordanceCorrelation, Curve, F1Score, FBetaScore,
    FalseNegatives, FalsePositives, IoU, MeanIoU, Metric, OneHotIoU, OneHotMeanIoU, PearsonCorrelation,
    PrecisionAtRecall, R2Score, RecallAtPrecision, SensitivityAtSpecificity, SpecificityAtSensitivity, Sum,
    Summation, TrueNegatives, TruePositives,
};
use keras_core::shape::Rank1;

use crate::arguments::{given, take};
use crate::case::Case;
use crate::kwargs::Kwargs;
use crate::metrics::check as compare;

/// A metric that compares floats, in the shape of the case.
macro_rules! dense {
    ($case:expr, $metric:expr) => {
        match $case.tensor("input.0.y_pred").shape[1..] {
            [] | [1] => dense!($case, $metric, Rank1<1>),
            [3] => dense!($case, $metric, Rank1<3>),
            [5] => dense!($case, $metric, Rank1<5>),
            _ => Err("a shape that is not handled".into()),
        }
    };
    ($case:expr, $metric:expr, $shape:ty) => {
        compare::<$shape, $shape, _>($case, $metric, |metric| {
            let mut all = Vec::new();
            Metric::<$shape, $shape>::each_result(metric, |number| all.push(number));
            all
        })
    };
}

/// Calls the methods whose arguments the case has.
macro_rules! with {
    ($metric:expr, $kwargs:ident, $($option:ident: $t:ty),*) => {{
        let mut metric = $metric;
        $(if let Some(value) = take::<$t>($kwargs, stringify!($option)) {
            metric = metric.$option(value);
        })*
        metric
    }};
}

/// Compares, if it is one of these metrics.
pub fn check(case: &Case) -> Option<Result<(), String>> {
    let mut all = case.kwargs();
    let kwargs = &mut all;
    let outcome = match case.text("class") {
        "Sum" => sum(case),
        "TruePositives" => dense!(case, with!(TruePositives::default(), kwargs, thresholds: Vec<f64>)),
        "TrueNegatives" => dense!(case, with!(TrueNegatives::default(), kwargs, thresholds: Vec<f64>)),
        "FalsePositives" => dense!(case, with!(FalsePositives::default(), kwargs, thresholds: Vec<f64>)),
        "FalseNegatives" => dense!(case, with!(FalseNegatives::default(), kwargs, thresholds: Vec<f64>)),
        "SensitivityAtSpecificity" => {
            let metric = SensitivityAtSpecificity::new(given(kwargs, "specificity"));
            dense!(case, with!(metric, kwargs, num_thresholds: usize, class_id: usize))
        }
        "SpecificityAtSensitivity" => {
            let metric = SpecificityAtSensitivity::new(given(kwargs, "sensitivity"));
            dense!(case, with!(metric, kwargs, num_thresholds: usize, class_id: usize))
        }
        "PrecisionAtRecall" => {
            let metric = PrecisionAtRecall::new(given(kwargs, "recall"));
            dense!(case, with!(metric, kwargs, num_thresholds: usize, class_id: usize))
        }
        "RecallAtPrecision" => {
            let metric = RecallAtPrecision::new(given(kwargs, "precision"));
            dense!(case, with!(metric, kwargs, num_thresholds: usize, class_id: usize))
        }
        "AUC" => dense!(case, auc(kwargs)),
        "F1Score" => {
            let metric = F1Score::default().average(average(kwargs));
            dense!(case, with!(metric, kwargs, threshold: f64))
        }
        "FBetaScore" => {
            let metric = FBetaScore::new(take(kwargs, "beta").unwrap_or(1.0)).average(average(kwargs));
            dense!(case, with!(metric, kwargs, threshold: f64))
        }
        "R2Score" => {
            let metric = R2Score::default().class_aggregation(aggregation(kwargs));
            dense!(case, with!(metric, kwargs, num_regressors: usize))
        }
        "PearsonCorrelation" => dense!(case, with!(PearsonCorrelation::default(), kwargs, axis: isize)),
        "ConcordanceCorrelation" => {
            dense!(case, with!(ConcordanceCorrelation::default(), kwargs, axis: isize))
        }
        "IoU" => {
            let targets: Vec<usize> = given(kwargs, "target_class_ids");
            let metric = IoU::new(given(kwargs, "num_classes"), targets);
            let metric = with!(metric, kwargs, ignore_class: i32);
            match (sparse(kwargs, "sparse_y_true"), sparse(kwargs, "sparse_y_pred")) {
                (true, true) => dense!(case, metric),
                (false, false) => dense!(case, metric.one_hot_y_true().one_hot_y_pred()),
                _ => Err("targets of another shape are not handled".into()),
            }
        }
        "MeanIoU" => {
            let metric = with!(MeanIoU::new(given(kwargs, "num_classes")), kwargs, ignore_class: i32);
            match (sparse(kwargs, "sparse_y_true"), sparse(kwargs, "sparse_y_pred")) {
                (true, true) => dense!(case, metric),
                (false, false) => dense!(case, metric.one_hot_y_true().one_hot_y_pred()),
                _ => Err("targets of another shape are not handled".into()),
            }
        }
        "OneHotIoU" => {
            let targets: Vec<usize> = given(kwargs, "target_class_ids");
            let metric = OneHotIoU::new(given(kwargs, "num_classes"), targets);
            dense!(case, with!(metric, kwargs, ignore_class: i32))
        }
        "OneHotMeanIoU" => {
            dense!(case, with!(OneHotMeanIoU::new(given(kwargs, "num_classes")), kwargs, ignore_class: i32))
        }
        "BinaryIoU" => {
            let mut metric = take(kwargs, "threshold").map_or_else(BinaryIoU::default, BinaryIoU::new);
            if let Some(classes) = take::<Vec<usize>>(kwargs, "target_class_ids") {
                metric = metric.target_class_ids(classes);
            }
            dense!(case, metric)
        }
        _ => return None,
    };
    Some(match all.keys().next() {
        Some(unknown) => Err(format!("argument {unknown} is not handled")),
        None => outcome,
    })
}

fn auc(kwargs: &mut Kwargs) -> AUC {
    let logits = take(kwargs, "from_logits").unwrap_or(false);
    let metric = if logits { AUC::from_logits() } else { AUC::default() };
    let metric = with!(metric, kwargs, num_thresholds: usize);
    let mut metric = match take::<String>(kwargs, "curve").as_deref() {
        None | Some("ROC") => metric,
        Some("PR") => metric.curve(Curve::Pr),
        Some("PRGAIN") => metric.curve(Curve::PrGain),
        Some(other) => panic!("curve {other}"),
    };
    metric = match take::<String>(kwargs, "summation_method").as_deref() {
        None | Some("interpolation") => metric,
        Some("minoring") => metric.summation_method(Summation::Minoring),
        Some("majoring") => metric.summation_method(Summation::Majoring),
        Some(other) => panic!("summation_method {other}"),
    };
    if take(kwargs, "multi_label").unwrap_or(false) {
        metric = metric.multi_label();
    }
    metric = with!(metric, kwargs, thresholds: Vec<f64>, label_weights: Vec<f64>);
    // The shape says how many labels there are.
    kwargs.remove("num_labels");
    metric
}

fn average(kwargs: &mut Kwargs) -> Average {
    match take::<String>(kwargs, "average").as_deref() {
        None => Average::None,
        Some("micro") => Average::Micro,
        Some("macro") => Average::Macro,
        Some("weighted") => Average::Weighted,
        Some(other) => panic!("average {other}"),
    }
}

fn aggregation(kwargs: &mut Kwargs) -> ClassAggregation {
    match kwargs.remove("class_aggregation").map(|value| value.as_str().map(str::to_owned)) {
        Some(None) => ClassAggregation::None,
        None => ClassAggregation::UniformAverage,
        Some(Some(name)) if name == "uniform_average" => ClassAggregation::UniformAverage,
        Some(Some(name)) if name == "variance_weighted_average" => ClassAggregation::VarianceWeightedAverage,
        Some(Some(other)) => panic!("class_aggregation {other}"),
    }
}

fn sparse(kwargs: &mut Kwargs, name: &str) -> bool {
    take(kwargs, name).unwrap_or(true)
}

/// The accumulator, which is no metric of predictions.
fn sum(case: &Case) -> Result<(), String> {
    let mut sum = Sum::default();
    for i in 0..case.text("updates").parse().unwrap() {
        let weights = case.find(&format!("input.{i}.sample_weight"));
        for (j, &value) in case.tensor(&format!("input.{i}.values")).values.iter().enumerate() {
            sum.add(value, weights.map_or(1.0, |w| w.values[j]));
        }
        case.compare(&format!("output.{i}"), &[sum.value()], 1e-6)?;
    }
    case.compare("reset", &[Sum::default().value()], 1e-6)
}
