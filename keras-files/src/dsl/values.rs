//! Values of fields in our words. An `Err` has what was found.

use serde_json::Value;

use super::table::Form;
use crate::json::shown;

type Written = Result<String, String>;

/// A number as Rust writes it: `0.5`, `1.0`, `1e-7`.
pub fn real(number: f64) -> String {
    format!("{number:?}")
}

pub fn written(form: Form, value: &Value) -> Written {
    let text = match form {
        Form::Size => size(value),
        Form::Window => all(value, size),
        Form::Sides => {
            all(value, |side| all(side, |number| number.as_u64().map(|number| number.to_string())))
        }
        Form::Flag => value.as_bool().map(|flag| flag.to_string()),
        Form::Real => value.as_f64().map(real),
        Form::Padding => word(value, &[("valid", "Valid"), ("same", "Same")]),
        Form::Interpolation => word(value, &[("nearest", "Nearest"), ("bilinear", "Bilinear")]),
        Form::Axis => value.as_i64().map(|axis| axis.to_string()),
        Form::Axes => all(value, |axis| axis.as_i64().map(|axis| axis.to_string())),
        Form::Initializer => initializer(value),
        Form::Regularizer => regularizer(value),
        Form::Constraint => constraint(value),
    };
    text.ok_or_else(|| shown(value))
}

fn size(value: &Value) -> Option<String> {
    value.as_u64().filter(|size| *size > 0).map(|size| size.to_string())
}

/// One, or a list of two, which is one where they are the same.
fn all(value: &Value, one: impl Fn(&Value) -> Option<String>) -> Option<String> {
    match value.as_array().map(Vec::as_slice) {
        None => one(value),
        Some([first, second]) => {
            let (first, second) = (one(first)?, one(second)?);
            Some(if first == second { first } else { format!("({first}, {second})") })
        }
        Some(_) => None,
    }
}

fn word(value: &Value, words: &[(&str, &str)]) -> Option<String> {
    words.iter().find(|(word, _)| value == word).map(|(_, ours)| (*ours).to_owned())
}

/// An activation: its name, or an object with its name or of a layer.
pub fn activation(value: &Value) -> Written {
    const WORDS: &[(&str, &str)] = &[
        ("linear", "Linear"),
        ("relu", "Relu"),
        ("sigmoid", "Sigmoid"),
        ("tanh", "Tanh"),
        ("softmax", "Softmax"),
        ("gelu", "Gelu"),
        ("silu", "Silu"),
        ("swish", "Silu"),
        ("elu", "Elu"),
        ("selu", "Selu"),
        ("softplus", "Softplus"),
        ("leaky_relu", "LeakyRelu"),
        ("celu", "Celu"),
        ("exponential", "Exponential"),
        ("hard_shrink", "HardShrink"),
        ("hard_sigmoid", "HardSigmoid"),
        ("hard_silu", "HardSilu"),
        ("hard_swish", "HardSilu"),
        ("hard_tanh", "HardTanh"),
        ("log_sigmoid", "LogSigmoid"),
        ("log_softmax", "LogSoftmax"),
        ("mish", "Mish"),
        ("relu6", "Relu6"),
        ("soft_shrink", "SoftShrink"),
        ("softsign", "Softsign"),
        ("sparse_plus", "SparsePlus"),
        ("sparse_sigmoid", "SparseSigmoid"),
        ("sparsemax", "KerasSparsemax"),
        ("squareplus", "Squareplus"),
        ("tanh_shrink", "TanhShrink"),
        ("threshold", "Threshold"),
    ];
    if value.is_null() {
        return Ok("Linear".into());
    }
    if let Some(word) = ours(value) {
        return Ok(word);
    }
    let name =
        if value.is_string() { Some(value) } else { value.get("config").filter(|name| name.is_string()) };
    name.and_then(|name| word(name, WORDS)).ok_or_else(|| shown(name.unwrap_or(value)))
}

/// An activation by our name, with its parameters in order: of a file of another form, `{"ours": "Elu",
/// "numbers": [0.5]}`.
fn ours(value: &Value) -> Option<String> {
    let name = value.get("ours")?.as_str()?;
    let known = keras_shapes::names::ACTIVATIONS.all.iter().find(|known| known.class == name)?;
    let numbers: Option<Vec<f64>> = value.get("numbers")?.as_array()?.iter().map(Value::as_f64).collect();
    let numbers: Vec<String> = numbers?.into_iter().map(real).collect();
    Some(format!("{}<{}>", known.class, numbers.join(", ")))
}

/// A class with its parameters, those that are at their defaults left out.
fn applied(value: &Value, words: &[(&str, &[(&str, f64)])]) -> Option<String> {
    let class = value.get("class_name")?.as_str()?;
    let (name, parameters) = words.iter().find(|(word, _)| *word == class)?;
    let given = |key: &str| value.pointer(&format!("/config/{key}"));
    let mut written = Vec::new();
    for (key, default) in *parameters {
        match given(key).map(Value::as_f64) {
            Some(Some(number)) if number != *default => written.push(format!("{key} = {}", real(number))),
            Some(None) => return None,
            _ => {}
        }
    }
    Some(if written.is_empty() { (*name).into() } else { format!("{name}<{}>", written.join(", ")) })
}

fn initializer(value: &Value) -> Option<String> {
    if value.get("class_name").is_some_and(|class| class == "VarianceScaling") {
        let field = |key: &str| value.pointer(&format!("/config/{key}"));
        let scale = field("scale").and_then(Value::as_f64)?;
        let (mode, draw) = (field("mode")?.as_str()?, field("distribution")?.as_str()?);
        let kind = match (mode, scale) {
            ("fan_avg", 1.0) => "Glorot",
            ("fan_in", 2.0) => "He",
            ("fan_in", 1.0) => "Lecun",
            _ => return None,
        };
        return match draw {
            "uniform" => Some(format!("{kind}Uniform")),
            "truncated_normal" | "normal" => Some(format!("{kind}Normal")),
            _ => None,
        };
    }
    applied(
        value,
        &[
            ("Zeros", &[]),
            ("Ones", &[]),
            ("Constant", &[("value", 0.0)]),
            ("GlorotUniform", &[]),
            ("GlorotNormal", &[]),
            ("HeUniform", &[]),
            ("HeNormal", &[]),
            ("LecunUniform", &[]),
            ("LecunNormal", &[]),
            ("RandomUniform", &[("minval", -0.05), ("maxval", 0.05)]),
            ("RandomNormal", &[("mean", 0.0), ("stddev", 0.05)]),
            ("TruncatedNormal", &[("mean", 0.0), ("stddev", 0.05)]),
            ("Orthogonal", &[("gain", 1.0)]),
            ("Identity", &[("gain", 1.0)]),
        ],
    )
}

fn regularizer(value: &Value) -> Option<String> {
    let rows = value.pointer("/config/mode");
    if rows.is_some_and(|mode| mode != "rows") {
        return None;
    }
    applied(
        value,
        &[
            ("L1", &[("l1", 0.01)]),
            ("L2", &[("l2", 0.01)]),
            ("L1L2", &[("l1", 0.0), ("l2", 0.0)]),
            ("OrthogonalRegularizer", &[("factor", 0.01)]),
        ],
    )
}

fn constraint(value: &Value) -> Option<String> {
    if value.pointer("/config/axis").is_some_and(|axis| axis != 0) {
        return None;
    }
    let class = value.get("class_name")?;
    let at = |key: &str, default: f64| {
        value
            .pointer(&format!("/config/{key}"))
            .and_then(Value::as_f64)
            .is_none_or(|number| number == default)
    };
    if class == "MinMaxNorm" && !(at("min_value", 0.0) && at("max_value", 1.0) && at("rate", 1.0)) {
        return None;
    }
    applied(
        value,
        &[("NonNeg", &[]), ("UnitNorm", &[]), ("MaxNorm", &[("max_value", 2.0)]), ("MinMaxNorm", &[])],
    )
}
