//! The layers' names: as given, or Keras' automatic ones.

use std::collections::{HashMap, HashSet};

use keras_shapes::METHODS;
use syn::Ident;

use crate::diagnostics::{Errors, Message};
use crate::parse::Layer;

/// A layer's name, and the method that gives access to its weights if it was given.
pub struct Name {
    pub text: String,
    pub method: Option<Ident>,
}

/// The names of a model: all different.
pub struct Names {
    taken: HashSet<String>,
    /// Those that were given, and can be.
    given: HashMap<String, bool>,
}

impl Names {
    /// With those that are given. Names that cannot be are reported.
    pub fn new<'a>(all: impl IntoIterator<Item = &'a Ident>, errors: &mut Errors) -> Self {
        let (mut taken, mut names) = (HashSet::new(), HashMap::new());
        for name in all {
            let fits = given(name, &mut taken, errors);
            names.entry(plain(name)).or_insert(fits);
        }
        Self { taken, given: names }
    }

    /// The name of the next layer.
    pub fn next(&mut self, layer: &Layer) -> Name {
        let Some(name) = &layer.name else {
            return Name {
                text: automatic(&snake_case(&layer.word.name().to_string()), &mut self.taken),
                method: None,
            };
        };
        let text = plain(name);
        match self.given.insert(text.clone(), false) {
            // Only the first of several, in a `Repeat`, has it.
            Some(fits) => Name { text, method: fits.then(|| name.clone()) },
            None => Name { text, method: None },
        }
    }

    /// The name of a further use of a layer.
    pub fn again(&mut self, layer: &Layer) -> Name {
        let base = layer.name.as_ref().map_or_else(|| snake_case(&layer.word.name().to_string()), plain);
        Name { text: automatic(&base, &mut self.taken), method: None }
    }
}

/// Whether the name can be.
fn given(name: &Ident, taken: &mut HashSet<String>, errors: &mut Errors) -> bool {
    let before = errors.len();
    let text = plain(name);
    let base = text.strip_suffix("_mut").unwrap_or(&text);
    if METHODS.contains(&text.as_str()) || METHODS.contains(&base) {
        let message =
            Message::new(format!("a layer cannot be named `{text}`: models have a method of that name"));
        errors.at(name.span(), message.help(format!("write `{text}_layer`, say")));
    } else if taken.contains(&text) {
        let message = Message::new(format!("two layers are named `{text}`"));
        let help = format!("call it `{text}_2`, say, here and where it is used");
        errors.at(name.span(), message.help(help));
    } else if taken.contains(base) || taken.contains(&format!("{text}_mut")) {
        let message = Message::new(format!(
            "the names of two layers differ by `_mut` only, which is the name of a method: `{text}`"
        ));
        errors.at(name.span(), message.help(format!("write `{base}_2`, say")));
    }
    taken.insert(text);
    errors.len() == before
}

/// `dense`, then `dense_1`, ..
fn automatic(base: &str, taken: &mut HashSet<String>) -> String {
    let mut name = base.to_owned();
    let mut number = 0;
    while !taken.insert(name.clone()) {
        number += 1;
        name = format!("{base}_{number}");
    }
    name
}

pub fn plain(name: &Ident) -> String {
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
