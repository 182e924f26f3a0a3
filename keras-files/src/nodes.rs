//! How a layer was called: the nodes of a functional model, as Keras 3 and Keras 2 write them.

use serde_json::Value;

use crate::json::{Object, shown};

/// A value: the layer that made it, in which of its calls, and which of that call's values.
pub type Key = (String, usize, usize);

/// The values that a call takes, or what about it cannot be said in a model of ours.
pub fn arguments(node: &Value) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    if let Some(arguments) = node.get("args") {
        tensors(arguments, &mut keys, 0);
        keywords(node.get("kwargs").and_then(Value::as_object))?;
        return Ok(keys);
    }
    for tensor in node.as_array().into_iter().flatten() {
        keys.extend(key(tensor));
        keywords(tensor.get(3).and_then(Value::as_object))?;
    }
    Ok(keys)
}

/// Arguments of the call that change nothing are let through.
fn keywords(keywords: Option<&Object>) -> Result<(), String> {
    for (name, value) in keywords.into_iter().flatten() {
        if !value.is_null() && value != false {
            return Err(format!("is called with `{name}` = {}, which has no counterpart yet", shown(value)));
        }
    }
    Ok(())
}

fn tensors(value: &Value, keys: &mut Vec<Key>, depth: usize) {
    if depth > 8 {
        return;
    }
    if let Some(history) = value.pointer("/config/keras_history") {
        keys.extend(key(history));
    } else if let Some(values) = value.as_array() {
        values.iter().for_each(|value| tensors(value, keys, depth + 1));
    } else if let Some(values) = value.as_object() {
        values.values().for_each(|value| tensors(value, keys, depth + 1));
    }
}

/// `["dense", 0, 0]`, perhaps with more behind it.
fn key(value: &Value) -> Option<Key> {
    let number = |at: usize| value.get(at)?.as_u64().and_then(|number| usize::try_from(number).ok());
    Some((value.get(0)?.as_str()?.to_owned(), number(1)?, number(2)?))
}

/// A model's inputs or outputs: one, a list of them, or several by name.
pub fn ends(value: Option<&Value>) -> Vec<Key> {
    match value {
        Some(Value::Array(values)) => match key(&Value::Array(values.clone())) {
            Some(key) => vec![key],
            None => values.iter().flat_map(|value| ends(Some(value))).collect(),
        },
        Some(Value::Object(values)) => values.values().flat_map(|value| ends(Some(value))).collect(),
        _ => Vec::new(),
    }
}
