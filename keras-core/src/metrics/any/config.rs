//! Their configurations in Keras' form.

use serde_json::{Value, json};

use super::*;
use crate::config::{Configured, any_configured, class, object};
use crate::losses::of_logits;

/// A loss as a metric has no reduction, and is in another module. `written` are fields that the metric writes and
/// the loss does not, `unwritten` the others, where they are at their defaults.
fn of_loss<L: Configured>(loss: &L, written: Option<&str>, unwritten: Option<&str>) -> Result<Value> {
    let mut object = object(loss)?;
    object["module"] = "keras.metrics".into();
    let Some(config) = object["config"].as_object_mut() else { return Ok(object) };
    config.remove("reduction");
    if let Some(name) = unwritten.filter(|name| config.get(*name).is_some_and(|axis| *axis == -1)) {
        config.remove(name);
    }
    if let Some(name) = written {
        config.insert(name.into(), (-1).into());
    }
    config.insert("dtype".into(), "float32".into());
    Ok(object)
}

macro_rules! objects {
    ($one:ident: metrics $($metric:ident)*; losses $($loss:ident)*; $($both:ident $written:expr, $unwritten:expr;)*) => {
        impl $one {
            fn object(&self) -> Result<Value> {
                match self {
                    // Keras knows it by its name alone: as a class it is another metric.
                    Self::Accuracy(_) => Ok("accuracy".into()),
                    $(Self::$metric(metric) => object(metric),)*
                    $(Self::$loss(loss) => of_loss(loss, None, None),)*
                    $(Self::$both(loss) => of_loss(loss, $written, $unwritten),)*
                }
            }
        }
    };
}

objects! {
    One: metrics BinaryAccuracy CategoricalAccuracy TopKCategoricalAccuracy RootMeanSquaredError LogCoshError R2Score PearsonCorrelation ConcordanceCorrelation AUC Precision Recall TruePositives TrueNegatives FalsePositives FalseNegatives F1Score FBetaScore BinaryIoU ExactAccuracy PrecisionAtRecall RecallAtPrecision SensitivityAtSpecificity SpecificityAtSensitivity IoU IoUOfOneHot MeanIoU MeanIoUOfOneHot OneHotIoU OneHotMeanIoU;
    losses MeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError CategoricalCrossentropy CategoricalCrossentropyOfLogits KLDivergence Poisson CosineSimilarity Hinge SquaredHinge CategoricalHinge;
    BinaryCrossentropy None, Some("axis");
    BinaryCrossentropyOfLogits None, Some("axis");
}

objects! {
    SparseOne: metrics SparseCategoricalAccuracy SparseTopKCategoricalAccuracy IoUOfOneHot MeanIoUOfOneHot; losses;
    SparseCategoricalCrossentropy Some("axis"), None;
    SparseCategoricalCrossentropyOfLogits Some("axis"), None;
}

/// Whether targets and predictions are one-hot.
fn are_one_hot(config: &Value) -> bool {
    config["sparse_y_true"] == false && config["sparse_y_pred"] == false
}

/// Whether both are class numbers.
fn are_sparse(config: &Value) -> bool {
    config["sparse_y_true"] != false && config["sparse_y_pred"] != false
}

/// Whether targets are class numbers, and predictions have a number for each class.
fn says_scores(config: &Value) -> bool {
    config["sparse_y_true"] != false && config["sparse_y_pred"] == false
}

any_configured! {
    One as AnyMetric, METRICS, |this| this.object();
    Accuracy => ExactAccuracy;
    BinaryAccuracy => BinaryAccuracy;
    CategoricalAccuracy => CategoricalAccuracy;
    TopKCategoricalAccuracy => TopKCategoricalAccuracy;
    MeanSquaredError => MeanSquaredError;
    MeanAbsoluteError => MeanAbsoluteError;
    MeanAbsolutePercentageError => MeanAbsolutePercentageError;
    MeanSquaredLogarithmicError => MeanSquaredLogarithmicError;
    BinaryCrossentropy if of_logits => BinaryCrossentropy<Logits>;
    BinaryCrossentropy => BinaryCrossentropy;
    CategoricalCrossentropy if of_logits => CategoricalCrossentropy<Logits>;
    CategoricalCrossentropy => CategoricalCrossentropy;
    KLDivergence => KLDivergence;
    Poisson => Poisson;
    CosineSimilarity => CosineSimilarity;
    Hinge => Hinge;
    SquaredHinge => SquaredHinge;
    CategoricalHinge => CategoricalHinge;
    RootMeanSquaredError => RootMeanSquaredError;
    LogCoshError => LogCoshError;
    R2Score => R2Score;
    PearsonCorrelation => PearsonCorrelation;
    ConcordanceCorrelation => ConcordanceCorrelation;
    AUC => AUC;
    Precision => Precision;
    Recall => Recall;
    TruePositives => TruePositives;
    TrueNegatives => TrueNegatives;
    FalsePositives => FalsePositives;
    FalseNegatives => FalseNegatives;
    F1Score => F1Score;
    FBetaScore => FBetaScore;
    BinaryIoU => BinaryIoU;
    PrecisionAtRecall => PrecisionAtRecall;
    RecallAtPrecision => RecallAtPrecision;
    SensitivityAtSpecificity => SensitivityAtSpecificity;
    SpecificityAtSensitivity => SpecificityAtSensitivity;
    IoU if are_sparse => IoU;
    IoU if are_one_hot => IoU<OneHot, OneHot>;
    MeanIoU if are_sparse => MeanIoU;
    MeanIoU if are_one_hot => MeanIoU<OneHot, OneHot>;
    OneHotIoU => OneHotIoU;
    OneHotMeanIoU => OneHotMeanIoU;
}

any_configured! {
    SparseOne as AnySparseMetric, METRICS, |this| this.object();
    SparseCategoricalAccuracy => SparseCategoricalAccuracy;
    SparseTopKCategoricalAccuracy => SparseTopKCategoricalAccuracy;
    SparseCategoricalCrossentropy if of_logits => SparseCategoricalCrossentropy<Logits>;
    SparseCategoricalCrossentropy => SparseCategoricalCrossentropy;
    IoU if says_scores => IoU<Sparse, OneHot>;
    MeanIoU if says_scores => MeanIoU<Sparse, OneHot>;
}

/// The name in a configuration, which must be a text where there is one.
fn name(value: &Value) -> Result<Option<String>> {
    let Some((class, config)) = class(value)? else { return Ok(None) };
    match config.get("name") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(name)) => Ok(Some(name.clone())),
        Some(other) => Err(Error::argument(format!("name of {class}"), "a text", other)),
    }
}

macro_rules! named_configurations {
    ($($any:ident, $one:ident;)*) => {$(
        impl serde::Serialize for $any {
            /// As Keras' `serialize`: with `class_name` and `config`; the accuracy that depends on the output as its
            /// name alone.
            fn serialize<Ser: serde::Serializer>(&self, to: Ser) -> core::result::Result<Ser::Ok, Ser::Error> {
                let mut object = self.metric.object().map_err(serde::ser::Error::custom)?;
                if let Some(called) = &self.called {
                    match object.get_mut("config") {
                        Some(config) => config["name"] = json!(called),
                        None => object = json!(called),
                    }
                }
                serde::Serialize::serialize(&object, to)
            }
        }

        impl<'de> serde::Deserialize<'de> for $any {
            /// From a name, or from what Keras' `serialize` gives.
            fn deserialize<De: serde::Deserializer<'de>>(from: De) -> core::result::Result<Self, De::Error> {
                let value = <Value as serde::Deserialize>::deserialize(from)?;
                let read = || match value.as_str() {
                    Some(word) => word.parse(),
                    None => Ok(Self { called: name(&value)?, metric: $one::of_config(value.clone())? }),
                };
                read().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
named_configurations! {
    AnyMetric, One;
    AnySparseMetric, SparseOne;
}
