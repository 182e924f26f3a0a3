//! A layer's configuration, from its words: the table of `dsl` read backwards.

use serde_json::{Map, Value, json};

use super::values::{Given, object};
use super::word::Word;
use super::{Known, Layer};
use crate::dsl::table::{Form, ROWS, Row};
use crate::graph::said;

/// A layer as Keras has it.
pub struct Written {
    pub class: &'static str,
    pub config: Map<String, Value>,
}

/// What cannot be written of a layer becomes a problem.
pub fn written(layer: &Layer, problems: &mut Vec<String>) -> Option<Written> {
    let mut writer = Writer { layer, config: Map::new(), problems: Vec::new() };
    let class = writer.class();
    problems.extend(writer.problems.iter().map(|problem| said(&layer.name, &layer.title, problem)));
    Some(Written { class: class?, config: writer.config })
}

struct Writer<'a> {
    layer: &'a Layer,
    config: Map<String, Value>,
    problems: Vec<String>,
}

impl<'a> Writer<'a> {
    fn class(&mut self) -> Option<&'static str> {
        let layer = self.layer;
        let word = Word::new(&layer.title);
        let Some(word) = word else { return self.missing() };
        if word.name == "Activation" {
            return self.activation(&word);
        }
        if word.name == "Glu" {
            return self.gated(&word);
        }
        if word.name == "Reshape" {
            self.config.insert("target_shape".into(), json!(layer.output));
            return Some("Reshape");
        }
        let Some(row) = ROWS.iter().find(|row| row.class == word.name) else { return self.missing() };
        self.row(row, &word);
        Some(row.class)
    }

    fn missing<T>(&mut self) -> Option<T> {
        self.problems.push("is no layer that Keras has".into());
        None
    }

    fn row(&mut self, row: &'static Row, word: &Word<'a>) {
        let inferred = usize::from(row.inferred);
        for (place, text) in word.positional.iter().enumerate().skip(inferred) {
            match row.positional.get(place - inferred) {
                Some((key, form)) => self.field(key, *form, text),
                None if row.activation && place - inferred == row.positional.len() => self.activates(text),
                None => self.problems.push(format!("is given `{text}`, which has no name in Keras")),
            }
        }
        for (key, text) in &word.named {
            let form = row.positional.iter().find(|(known, _)| known == key).map(|(_, form)| *form);
            let form =
                form.or_else(|| row.fields.iter().find(|field| field.key == *key).map(|field| field.form));
            match form {
                Some(form) => self.field(key, form, text),
                None if *key == "activation" && row.activation => self.activates(text),
                // What comes in is known; whether windows must fit was asked of the compiler.
                None if row.inferred && ["inputs", "channels"].contains(key) || *key == "strict" => {}
                None => self.problems.push(format!("has `{key}` = {text}, which Keras has no name for")),
            }
        }
    }

    fn given<'b>(&'b self, key: &'b str, text: &'b str) -> Given<'b>
    where
        'a: 'b,
    {
        let known: &Known = &self.layer.known;
        Given { key, text, known }
    }

    fn field(&mut self, key: &str, form: Form, text: &str) {
        match self.given(key, text).value(form) {
            Some(value) => {
                self.config.insert(key.into(), value);
            }
            // How a weight began makes no difference any more: the weights are in the file.
            None if form == Form::Initializer => {}
            None => self.wrong(key, text),
        }
    }

    fn activates(&mut self, text: &str) {
        match self.given("activation", text).activation() {
            Some(value) => {
                self.config.insert("activation".into(), value);
            }
            None => self.wrong("activation", text),
        }
    }

    fn wrong(&mut self, key: &str, text: &str) {
        self.problems.push(format!("has `{key}` = {text}, which Keras does not have"));
    }

    /// A layer of ours, an activation of Keras', which halves the last axis.
    fn gated(&mut self, word: &Word<'a>) -> Option<&'static str> {
        let axis = word.named.iter().map(|(_, text)| text).chain(&word.positional);
        for text in axis.filter(|text| **text != "-1") {
            self.wrong("axis", text);
        }
        self.config.insert("activation".into(), "glu".into());
        Some("Activation")
    }

    /// `Activation<Relu>`: where it has a parameter, Keras has a layer for it or nothing.
    fn activation(&mut self, word: &Word<'a>) -> Option<&'static str> {
        let named = word.named.iter().find(|(key, _)| *key == "activation").map(|(_, text)| text);
        let text = word.positional.first().or(named).copied().unwrap_or_default();
        for (key, text) in word.named.iter().filter(|(key, text)| *key != "activation" && *text != "-1") {
            self.wrong(key, text);
        }
        let value = self.given("activation", text).activation();
        let Some(value) = value else {
            self.wrong("activation", text);
            return None;
        };
        let class = value.get("class_name").and_then(Value::as_str);
        let layer = crate::dsl::words::ACTIVATION_LAYERS.iter().find(|(keras, ..)| Some(*keras) == class);
        let Some((class, ..)) = layer else {
            self.config.insert("activation".into(), value);
            return Some("Activation");
        };
        self.config.extend(value.get("config").and_then(Value::as_object).cloned().unwrap_or_default());
        Some(class)
    }
}

/// The type of numbers that all layers compute in.
pub fn policy() -> Value {
    let mut policy = object("", "DTypePolicy", json!({"name": "float32"}));
    policy["module"] = "keras".into();
    policy
}
