use serde_json::Value;

use super::table::{ROWS, Row};
use super::values::{activation, real, written as value_written};
use crate::graph::Layer;
use crate::json::shown;

/// Fields that say nothing about what is computed.
const SILENT: &[&str] = &[
    "name",
    "trainable",
    "dtype",
    "batch_input_shape",
    "batch_shape",
    "input_shape",
    "input_dtype",
    "seed",
    "autocast",
    "build_config",
    "input_dim",
];

/// A layer in our words. What there is no word for becomes a problem.
pub fn written(layer: &Layer, problems: &mut Vec<String>, notes: &mut Vec<String>) -> String {
    let mut writer = Writer { layer, read: SILENT.to_vec(), problems: Vec::new(), notes: Vec::new() };
    let text = writer.layer();
    if text.is_some() {
        writer.rest();
    }
    problems.extend(writer.problems.iter().map(|problem| layer.says(problem)));
    notes.extend(writer.notes.iter().map(|note| layer.says(note)));
    text.unwrap_or_default()
}

struct Writer<'a> {
    layer: &'a Layer,
    /// The fields that were looked at.
    read: Vec<&'static str>,
    problems: Vec<String>,
    notes: Vec<String>,
}

impl Writer<'_> {
    fn layer(&mut self) -> Option<String> {
        if let Some(row) = ROWS.iter().find(|row| row.class == self.layer.class) {
            return Some(self.row(row));
        }
        let activation = match self.layer.class.as_str() {
            "Activation" => {
                let value = self.field("activation").cloned().unwrap_or_default();
                self.activation(&value)
            }
            "ReLU" => self.relu(),
            "LeakyReLU" => {
                // Keras 2 calls it alpha, and its default is another one.
                let slope = self.field("negative_slope").cloned().or_else(|| self.field("alpha").cloned());
                let slope = slope.as_ref().and_then(Value::as_f64).unwrap_or(0.3);
                format!("LeakyRelu<{}>", real(slope))
            }
            "ELU" => match self.field("alpha").and_then(Value::as_f64).unwrap_or(1.0) {
                1.0 => "Elu".into(),
                alpha => format!("Elu<{}>", real(alpha)),
            },
            "Softmax" => {
                self.only("axis", &[Value::from(-1)]);
                "Softmax".into()
            }
            "Identity" => "Linear".into(),
            "Reshape" => return Some(self.reshape()),
            _ => {
                self.problems.push("does not exist yet".into());
                return None;
            }
        };
        Some(format!("Activation<{activation}>"))
    }

    /// A field, `None` where it is null.
    fn field(&mut self, key: &'static str) -> Option<&Value> {
        self.read.push(key);
        self.layer.field(key)
    }

    /// A field that can be this only.
    fn only(&mut self, key: &'static str, allowed: &[Value]) {
        if let Some(value) = self.field(key).cloned()
            && !allowed.contains(&value)
        {
            self.problems.push(format!("has `{key}` = {}, which does not exist yet", shown(&value)));
        }
    }

    fn row(&mut self, row: &Row) -> String {
        let mut parts = Vec::new();
        if row.inferred {
            // A row of features each is more than can be inferred.
            let built = self.layer.built.as_deref().filter(|sizes| row.class == "Dense" && sizes.len() > 1);
            let features = built.and_then(|sizes| *sizes.last()?);
            parts.push(features.map_or_else(|| "_".to_owned(), |features| features.to_string()));
        }
        for (key, form) in row.positional {
            match self.field(key).map(|value| value_written(*form, value)) {
                Some(Ok(text)) => parts.push(text),
                Some(Err(problem)) => self.wrong(key, &problem),
                None => self.wrong(key, "null"),
            }
        }
        if row.activation {
            let value = self.field("activation").cloned().unwrap_or(Value::Null);
            let word = self.activation(&value);
            if word != "Linear" {
                parts.push(word);
            }
        }
        for field in row.fields {
            let Some(value) = self.field(field.key).cloned() else { continue };
            // What a start value or a rule is makes no difference to what the layer computes.
            let aside = field.key.ends_with("_initializer");
            match value_written(field.form, &value) {
                Ok(text) => {
                    let first = row.positional.first().map(|(key, _)| *key);
                    let default =
                        if first == Some(field.default) { parts[0].as_str() } else { field.default };
                    if text != default {
                        parts.push(format!("{} = {text}", field.key));
                    }
                }
                Err(problem) if aside => {
                    self.notes
                        .push(format!("has `{}` = {problem}: left out, the weights are known", field.key));
                }
                Err(problem) => self.wrong(field.key, &problem),
            }
        }
        if row.class == "BatchNormalization" {
            self.last_axis();
        }
        if parts.is_empty() { row.class.to_owned() } else { format!("{}<{}>", row.class, parts.join(", ")) }
    }

    fn wrong(&mut self, key: &str, problem: &str) {
        self.problems.push(format!("has `{key}` = {problem}, which does not exist yet"));
    }

    fn activation(&mut self, value: &Value) -> String {
        match activation(value) {
            Ok(word) => word,
            Err(problem) => {
                self.wrong("activation", &problem);
                String::new()
            }
        }
    }

    fn relu(&mut self) -> String {
        let number = |value: Option<&Value>| value.and_then(Value::as_f64).unwrap_or(0.0);
        let slope = number(self.field("negative_slope"));
        let threshold = number(self.field("threshold"));
        match self.field("max_value").and_then(Value::as_f64) {
            None if slope == 0.0 && threshold == 0.0 => "Relu".into(),
            Some(6.0) if slope == 0.0 && threshold == 0.0 => "Relu6".into(),
            most => {
                let most = most.map_or_else(String::new, |most| format!("max_value = {}, ", real(most)));
                let (slope, threshold) = (real(slope), real(threshold));
                format!("RectifiedLinear<negative_slope = {slope}, {most}threshold = {threshold}>")
            }
        }
    }

    fn reshape(&mut self) -> String {
        let sizes = self.field("target_shape").and_then(Value::as_array).cloned().unwrap_or_default();
        let sizes: Vec<String> =
            sizes.iter().map(|size| if size == -1 { "_".into() } else { size.to_string() }).collect();
        format!("Reshape<{}>", sizes.join(", "))
    }

    /// The axis must be the last one, however it is written.
    fn last_axis(&mut self) {
        let Some(value) = self.field("axis").cloned() else { return };
        let axis = if let Some([axis]) = value.as_array().map(Vec::as_slice) { axis.clone() } else { value };
        let rank = self.layer.built.as_ref().map(Vec::len);
        if axis != -1 && (rank.is_none() || axis.as_u64() != rank.and_then(|rank| u64::try_from(rank).ok())) {
            self.wrong("axis", &shown(&axis));
        }
    }

    /// The fields that nobody looked at.
    fn rest(&mut self) {
        self.only("data_format", &["channels_last".into()]);
        if let Some(value) = self.layer.field("activity_regularizer") {
            self.notes.push(format!(
                "has `activity_regularizer` = {}: left out, it only matters in training",
                shown(value)
            ));
        }
        let dtype = self.layer.field("dtype").map(|dtype| dtype.pointer("/config/name").unwrap_or(dtype));
        if let Some(dtype) = dtype.filter(|dtype| *dtype != "float32") {
            self.problems.push(format!("computes in {}, which does not exist yet", shown(dtype)));
        }
        // Old and new names for what is off unless it says otherwise.
        let renorm = ["renorm_momentum", "renorm_clipping"];
        let off = ["synchronized", "renorm", "virtual_batch_size", "fused", "sparse", "ragged"];
        for (key, value) in &self.layer.config {
            let is_off = off.contains(&key.as_str()) && (value == false || key == "fused");
            let is_off = is_off || renorm.contains(&key.as_str());
            let known = self.read.contains(&key.as_str()) || is_off || key == "activity_regularizer";
            if !known && !value.is_null() {
                self.problems.push(format!("has `{key}` = {}, which does not exist yet", shown(value)));
            }
        }
    }
}
