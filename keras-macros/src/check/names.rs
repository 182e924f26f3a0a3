//! The layers' names: as given, or Keras' automatic ones.

use std::collections::HashSet;

use syn::Ident;

use crate::diagnostics::{Errors, Message};
use crate::parse::{Layer, Word};

/// What a model's methods are called already.
const TAKEN: [&str; 27] = [
    "new",
    "new_on",
    "device",
    "compile",
    "fit",
    "evaluate",
    "predict",
    "predict_into",
    "predict_on_batch",
    "train_on_batch",
    "test_on_batch",
    "summary",
    "save_weights",
    "load_weights",
    "save",
    "load",
    "weights",
    "weights_mut",
    "layers",
    "store",
    "store_mut",
    "split",
    "forward",
    "backward",
    "init_layer",
    "clone",
    "fmt",
];

/// One name for each layer, all different. Names that cannot be are reported.
pub fn assign<'a>(layers: impl Iterator<Item = &'a Layer> + Clone, errors: &mut Errors) -> Vec<String> {
    let mut taken = HashSet::new();
    for layer in layers.clone() {
        if let Some(name) = &layer.name {
            given(name, &mut taken, errors);
        }
    }
    layers
        .map(|layer| match &layer.name {
            Some(name) => plain(name),
            None => automatic(&layer.word, &mut taken),
        })
        .collect()
}

fn given(name: &Ident, taken: &mut HashSet<String>, errors: &mut Errors) {
    let text = plain(name);
    let base = text.strip_suffix("_mut").unwrap_or(&text);
    if TAKEN.contains(&text.as_str()) || TAKEN.contains(&base) {
        let message =
            Message::new(format!("a layer cannot be named `{text}`: models have a method of that name"));
        errors.at(name.span(), message.help(format!("write `{text}_layer: ..`, say")));
    } else if taken.contains(&text) {
        let message = Message::new(format!("two layers are named `{text}`"));
        errors.at(name.span(), message.help(format!("write `{text}_2: ..`, say")));
    } else if taken.contains(base) || taken.contains(&format!("{text}_mut")) {
        let message = Message::new(format!(
            "the names of two layers differ by `_mut` only, which is the name of a method: `{text}`"
        ));
        errors.at(name.span(), message.help(format!("write `{base}_2: ..`, say")));
    }
    taken.insert(text);
}

/// `dense`, then `dense_1`, ..
fn automatic(word: &Word, taken: &mut HashSet<String>) -> String {
    let base = snake_case(&word.name().to_string());
    let mut name = base.clone();
    let mut number = 0;
    while !taken.insert(name.clone()) {
        number += 1;
        name = format!("{base}_{number}");
    }
    name
}

fn plain(name: &Ident) -> String {
    let text = name.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}

/// As Keras does it: `MaxPool2D` is `max_pool2d`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (i, letter) in letters.iter().enumerate() {
        let after_lower = i > 0 && (letters[i - 1].is_lowercase());
        let before_lower = i > 0 && letters.get(i + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (after_lower || before_lower) && !text.ends_with('_') {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_keras() {
        for (name, snake) in [
            ("Dense", "dense"),
            ("MyLayer", "my_layer"),
            ("MaxPool2D", "max_pool2d"),
            ("GRUCell", "gru_cell"),
        ] {
            assert_eq!(snake_case(name), snake);
        }
    }
}
