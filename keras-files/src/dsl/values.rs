//! Values of fields in our words. An `Err` has what was found.

use serde_json::Value;

use super::table::Form;
use super::words::{ACTIVATIONS, Applied, CONSTRAINTS, INITIALIZERS, INTERPOLATIONS, PADDINGS, REGULARIZERS};
use crate::json::{Object, shown};

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
        Form::Padding => word(value, PADDINGS),
        Form::Interpolation => word(value, INTERPOLATIONS),
        Form::Axis => value.as_i64().map(|axis| axis.to_string()),
        Form::Axes => all(value, |axis| axis.as_i64().map(|axis| axis.to_string())),
        Form::AnyAxes => any_axes(value),
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

/// One axis, or up to three in a list.
fn any_axes(value: &Value) -> Option<String> {
    let one = |axis: &Value| axis.as_i64().map(|axis| axis.to_string());
    match value.as_array().map(Vec::as_slice) {
        None => one(value),
        Some([axis]) => one(axis),
        Some(list) if (2..=3).contains(&list.len()) => {
            let list: Option<Vec<String>> = list.iter().map(one).collect();
            list.map(|list| format!("({})", list.join(", ")))
        }
        Some(_) => None,
    }
}

fn word(value: &Value, words: &[(&str, &str)]) -> Option<String> {
    words.iter().find(|(word, _)| value == word).map(|(_, ours)| (*ours).to_owned())
}

/// An activation: its name, or an object with its name or of a layer.
pub fn activation(value: &Value) -> Written {
    if value.is_null() {
        return Ok("Linear".into());
    }
    if let Some(word) = ours(value) {
        return Ok(word);
    }
    if let Some(layer) = class(value).and_then(|class| of_layer(class, value.get("config")?.as_object()?)) {
        return Ok(layer);
    }
    let name =
        if value.is_string() { Some(value) } else { value.get("config").filter(|name| name.is_string()) };
    name.and_then(|name| word(name, ACTIVATIONS)).ok_or_else(|| shown(name.unwrap_or(value)))
}

/// An activation that is a layer of Keras'.
pub fn of_layer(class: &str, config: &Object) -> Option<String> {
    let number = |key: &str| config.get(key).and_then(Value::as_f64);
    Some(match class {
        "ReLU" => {
            let slope = number("negative_slope").unwrap_or(0.0);
            let threshold = number("threshold").unwrap_or(0.0);
            match number("max_value") {
                None if slope == 0.0 && threshold == 0.0 => "Relu".into(),
                Some(6.0) if slope == 0.0 && threshold == 0.0 => "Relu6".into(),
                most => {
                    let most = most.map_or_else(String::new, |most| format!("max_value = {}, ", real(most)));
                    let (slope, threshold) = (real(slope), real(threshold));
                    format!("RectifiedLinear<negative_slope = {slope}, {most}threshold = {threshold}>")
                }
            }
        }
        // Keras 2 calls it alpha, and its default is another one.
        "LeakyReLU" => {
            let slope = number("negative_slope").or_else(|| number("alpha")).unwrap_or(0.3);
            format!("LeakyRelu<{}>", real(slope))
        }
        "ELU" => match number("alpha").unwrap_or(1.0) {
            1.0 => "Elu".into(),
            alpha => format!("Elu<{}>", real(alpha)),
        },
        _ => return None,
    })
}

fn class(value: &Value) -> Option<&str> {
    value.get("class_name").and_then(Value::as_str)
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
fn applied(value: &Value, words: &[Applied]) -> Option<String> {
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
            ("fan_in", _) if draw == "truncated_normal" => {
                return Some(format!("VarianceScaling<{}>", real(scale)));
            }
            _ => return None,
        };
        return match draw {
            "uniform" => Some(format!("{kind}Uniform")),
            "truncated_normal" | "normal" => Some(format!("{kind}Normal")),
            _ => None,
        };
    }
    applied(value, INITIALIZERS)
}

fn regularizer(value: &Value) -> Option<String> {
    let rows = value.pointer("/config/mode");
    if rows.is_some_and(|mode| mode != "rows") {
        return None;
    }
    applied(value, REGULARIZERS)
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
    applied(value, CONSTRAINTS)
}
