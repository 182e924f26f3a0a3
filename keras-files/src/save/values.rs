//! Values of fields, from our words to Keras'. `None` where there is nothing that Keras has.

use serde_json::{Map, Value, json};

use super::Known;
use super::word::{Word, parts};
use crate::dsl::table::Form;
use crate::dsl::words::{
    ACTIVATION_LAYERS, ACTIVATIONS, Applied, CONSTRAINTS, INITIALIZERS, INTERPOLATIONS, PADDINGS,
    REGULARIZERS,
};

/// What is given to a layer at a place, and the numbers that stand behind its names.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    pub key: &'a str,
    pub text: &'a str,
    pub known: &'a Known,
}

impl Given<'_> {
    pub fn value(self, form: Form) -> Option<Value> {
        match form {
            Form::Size => self.size(self.text),
            Form::Window => self.pair(self.text, |text| self.size(text)),
            Form::Sides => self.pair(self.text, |side| self.pair(side, |text| self.size(text))),
            Form::Flag => self.flag(),
            Form::Real => self.known.one(self.key).or_else(|| number(self.text)).map(Value::from),
            Form::Padding => keras(PADDINGS, self.text).map(Value::from),
            Form::Interpolation => keras(INTERPOLATIONS, self.text).map(Value::from),
            Form::Axis => whole(self.text),
            Form::Axes => {
                if self.text.starts_with(['(', '[']) {
                    self.pair(self.text, whole)
                } else {
                    whole(self.text)
                }
            }
            Form::AnyAxes => {
                let inside =
                    self.text.strip_prefix(['(', '[']).and_then(|text| text.strip_suffix([')', ']']));
                match inside.map(parts) {
                    Some(axes) => axes.into_iter().map(whole).collect::<Option<Vec<_>>>().map(Value::from),
                    None => whole(self.text),
                }
            }
            Form::Initializer => self.initializer(),
            Form::Regularizer => self.object("regularizers", REGULARIZERS),
            Form::Constraint => self.object("constraints", CONSTRAINTS),
        }
    }

    /// An activation: Keras' name for it, or its layer where it has a parameter.
    pub fn activation(self) -> Option<Value> {
        let word = Word::new(self.text)?;
        let layer = ACTIVATION_LAYERS.iter().find(|(_, ours, _)| *ours == word.name);
        let parameters = self.parameters(&word, layer.map_or(&[], |(.., keys)| keys))?;
        match layer {
            // A word without parameters is Keras' function with its defaults, if there is one.
            Some((class, _, keys)) if !parameters.is_empty() || keys.len() > 1 => {
                let config: Map<String, Value> = parameters
                    .into_iter()
                    .map(|(key, number)| {
                        let value = if number.is_finite() { number.into() } else { Value::Null };
                        (key.to_owned(), value)
                    })
                    .collect();
                Some(object("layers", class, config.into()))
            }
            _ if parameters.is_empty() => keras(ACTIVATIONS, word.name).map(Value::from),
            _ => None,
        }
    }

    fn size(self, text: &str) -> Option<Value> {
        let number = number(text).or_else(|| self.known.of(text))?;
        let is_size = number >= 0.0 && number.fract() == 0.0 && number < 9e15;
        is_size.then(|| Value::from(number as u64))
    }

    fn flag(self) -> Option<Value> {
        match self.text {
            "true" => Some(true.into()),
            "false" => Some(false.into()),
            text => self.known.of(text).map(|number| (number != 0.0).into()),
        }
    }

    /// One for both, or a pair.
    fn pair(self, text: &str, one: impl Fn(&str) -> Option<Value>) -> Option<Value> {
        let inside = text.strip_prefix(['(', '[']).and_then(|text| text.strip_suffix([')', ']']));
        match inside.map(parts).as_deref() {
            None => one(text).map(|value| json!([value, value])),
            Some([first, second]) => Some(json!([one(first)?, one(second)?])),
            Some(_) => None,
        }
    }

    /// The parameters that are given: by name or place in the text, or all of them by the compiler.
    fn parameters<'k>(self, word: &Word<'_>, keys: &[&'k str]) -> Option<Vec<(&'k str, f64)>> {
        let known = self.known.all(self.key);
        if !known.is_empty() {
            return (known.len() <= keys.len()).then(|| keys.iter().copied().zip(known).collect());
        }
        let mut given = Vec::new();
        for (place, text) in word.positional.iter().enumerate() {
            given.push((*keys.get(place)?, number(text)?));
        }
        for (name, text) in &word.named {
            given.push((*keys.iter().find(|key| *key == name)?, number(text)?));
        }
        Some(given)
    }

    fn object(self, module: &str, words: &[Applied]) -> Option<Value> {
        let word = Word::new(self.text)?;
        let (class, all) = words.iter().find(|(ours, _)| *ours == word.name)?;
        let keys: Vec<&str> = all.iter().map(|(key, _)| *key).collect();
        let given = self.parameters(&word, &keys)?;
        let config: Map<String, Value> =
            all.iter().map(|(key, default)| ((*key).to_owned(), (*default).into())).collect();
        let mut config = config;
        config.extend(given.into_iter().map(|(key, number)| (key.to_owned(), number.into())));
        Some(object(module, class, config.into()))
    }

    fn initializer(self) -> Option<Value> {
        if let Some(word) = Word::new(self.text).filter(|word| word.name == "VarianceScaling") {
            let given = self.parameters(&word, &["scale"])?;
            let scale = given.first().map_or(1.0, |(_, scale)| *scale);
            let config = json!({"scale": scale, "mode": "fan_in", "distribution": "truncated_normal"});
            return Some(object("initializers", "VarianceScaling", config));
        }
        self.object("initializers", INITIALIZERS)
    }
}

/// An object as Keras' `serialize` writes it.
pub fn object(module: &str, class: &str, config: Value) -> Value {
    json!({"module": format!("keras.{module}"), "class_name": class, "config": config, "registered_name": null})
}

fn keras(words: &[(&'static str, &str)], ours: &str) -> Option<&'static str> {
    words.iter().find(|(_, word)| *word == ours).map(|(keras, _)| *keras)
}

fn whole(text: &str) -> Option<Value> {
    text.replace('_', "").parse::<i64>().ok().map(Value::from)
}

/// A number as Rust writes it.
fn number(text: &str) -> Option<f64> {
    let text = text.replace('_', "");
    let plain = ["usize", "isize", "f64", "f32", "i32", "u32"].iter().find_map(|end| text.strip_suffix(end));
    let plain = plain.unwrap_or(&text);
    let base = |start: &str, base| plain.strip_prefix(start).map(|digits| u64::from_str_radix(digits, base));
    match base("0x", 16).or_else(|| base("0o", 8)).or_else(|| base("0b", 2)) {
        Some(whole) => whole.ok().map(|whole| whole as f64),
        None => plain.parse().ok().filter(|number: &f64| number.is_finite()),
    }
}
