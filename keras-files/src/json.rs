//! Short ways through a JSON value.

use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// An object.
pub type Object = Map<String, Value>;

/// An object's field that is an object.
pub fn object<'a>(value: &'a Value, key: &str, what: &str) -> Result<&'a Object> {
    let found = value.get(key).and_then(Value::as_object);
    found.ok_or_else(|| Error::new(format!("the configuration of {what} lacks `{key}`")))
}

/// A list of sizes, the first of which is the batch: `[null, 28, 28, 1]`.
pub fn shape(value: &Value) -> Option<Vec<Option<usize>>> {
    let sizes = value.as_array()?;
    let size = |size: &Value| match size {
        Value::Null => Some(None),
        size => size.as_u64().and_then(|size| usize::try_from(size).ok()).map(Some),
    };
    sizes.iter().skip(1).map(size).collect()
}

/// What a value is, in a message: not too long.
pub fn shown(value: &Value) -> String {
    let mut text = match value.get("class_name").and_then(Value::as_str) {
        Some(class) => class.to_owned(),
        None => value.to_string(),
    };
    if let Some((end, _)) = text.char_indices().nth(60) {
        text.truncate(end);
        text += "..";
    }
    text
}
