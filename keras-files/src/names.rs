//! Keras' names and classes as words of Rust.

use keras_shapes::METHODS;

/// What no layer can be called beside [`METHODS`]: what a model of a file has more, and words of Rust and of
/// the macros.
const TAKEN: &[&str] = &[
    "pretrained",
    "rules",
    "as",
    "break",
    "const",
    "continue",
    "crate",
    "else",
    "enum",
    "extern",
    "false",
    "fn",
    "for",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "match",
    "mod",
    "move",
    "mut",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "type",
    "unsafe",
    "use",
    "where",
    "while",
    "async",
    "await",
    "dyn",
    "abstract",
    "become",
    "box",
    "do",
    "final",
    "gen",
    "macro",
    "override",
    "priv",
    "try",
    "typeof",
    "unsized",
    "virtual",
    "yield",
    "input",
    "layer",
    "block",
    "output",
];

/// A layer's name, or its path, as a word of Rust: `encoder/e1` is `encoder_e1`. What a model has a method or
/// the language a word for gets `_layer` behind it.
#[must_use]
pub fn ident(path: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let mut word: String = path.chars().map(plain).collect();
    if word.starts_with(|c: char| c.is_ascii_digit() || c == '_') || word.is_empty() {
        word.insert_str(0, "layer");
    }
    let base = word.strip_suffix("_mut").unwrap_or(&word);
    let taken = |word: &str| METHODS.contains(&word) || TAKEN.contains(&word);
    if taken(base) || taken(&word) || base != word {
        word += "_layer";
    }
    word
}

/// A class as Keras' files write it: `Conv2D` is `conv2d`, `GlobalMaxPooling2D` `global_max_pooling2d`.
#[must_use]
pub fn snake(class: &str) -> String {
    let chars: Vec<char> = class.chars().collect();
    let mut word = String::new();
    for (i, c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| chars[i]);
        let behind = chars.get(i + 1).is_some_and(char::is_ascii_lowercase);
        let starts = c.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase()
                    || (before.is_ascii_uppercase() || before.is_ascii_digit()) && behind
            });
        if starts {
            word.push('_');
        }
        word.push(c.to_ascii_lowercase());
    }
    word
}

/// A model's name as a type's: `multi_io` is `MultiIo`.
#[must_use]
pub fn camel(name: &str) -> String {
    let mut word = String::new();
    let mut upper = true;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            upper = true;
        } else {
            word.push(if upper { c.to_ascii_uppercase() } else { c });
            upper = false;
        }
    }
    if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        word.insert_str(0, "Net");
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_written_as_keras_does() {
        for (class, written) in [
            ("Dense", "dense"),
            ("Conv2D", "conv2d"),
            ("DepthwiseConv2D", "depthwise_conv2d"),
            ("BatchNormalization", "batch_normalization"),
            ("PReLU", "p_re_lu"),
            ("ReLU", "re_lu"),
            ("LSTM", "lstm"),
            ("Conv2DTranspose", "conv2d_transpose"),
        ] {
            assert_eq!(snake(class), written);
        }
    }

    #[test]
    fn names_become_words() {
        assert_eq!(ident("encoder/e1"), "encoder_e1");
        assert_eq!(ident("fit"), "fit_layer");
        assert_eq!(ident("2nd"), "layer2nd");
        assert_eq!(ident("type"), "type_layer");
        assert_eq!(camel("multi_io"), "MultiIo");
    }
}
