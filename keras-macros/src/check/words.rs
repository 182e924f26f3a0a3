//! The words of the language: layers, activations, initializers.

use crate::diagnostics::{nearest, same_word};

/// A word, and the name of its parameter if it takes one.
#[derive(Debug)]
pub struct BuiltIn {
    pub name: &'static str,
    pub parameter: Option<&'static str>,
}

/// A family of words.
#[derive(Debug)]
pub struct Family {
    /// What one of them is called.
    pub what: &'static str,
    /// The core's module that they lie in.
    pub module: &'static str,
    pub words: &'static [BuiltIn],
    /// What others call them.
    aliases: &'static [(&'static str, &'static str)],
}

/// What a word turned out to be.
#[derive(Debug)]
pub enum Found {
    Exact(&'static BuiltIn),
    /// Not one of them, but very likely this one was meant.
    Near(&'static BuiltIn),
    No,
}

const fn word(name: &'static str) -> BuiltIn {
    BuiltIn { name, parameter: None }
}

const fn with(name: &'static str, parameter: &'static str) -> BuiltIn {
    BuiltIn { name, parameter: Some(parameter) }
}

pub const LAYERS: Family = Family {
    what: "layer",
    module: "layers",
    words: &[
        word("Input"),
        word("Dense"),
        word("Activation"),
        word("Dropout"),
        word("Flatten"),
        word("Reshape"),
    ],
    aliases: &[("Linear", "Dense"), ("InputLayer", "Input")],
};

pub const ACTIVATIONS: Family = Family {
    what: "activation",
    module: "activations",
    words: &[
        word("Linear"),
        word("Relu"),
        word("Sigmoid"),
        word("Tanh"),
        word("Softmax"),
        word("Gelu"),
        word("Silu"),
        with("Elu", "alpha"),
        word("Selu"),
        word("Softplus"),
        with("LeakyRelu", "negative_slope"),
    ],
    aliases: &[("swish", "Silu"), ("identity", "Linear"), ("Identity", "Linear")],
};

pub const INITIALIZERS: Family = Family {
    what: "initializer",
    module: "initializers",
    words: &[
        word("Zeros"),
        word("Ones"),
        with("Constant", "value"),
        word("GlorotUniform"),
        word("GlorotNormal"),
        word("HeUniform"),
        word("HeNormal"),
    ],
    aliases: &[
        ("XavierUniform", "GlorotUniform"),
        ("XavierNormal", "GlorotNormal"),
        ("KaimingUniform", "HeUniform"),
        ("KaimingNormal", "HeNormal"),
    ],
};

impl Family {
    pub fn find(&self, name: &str) -> Found {
        if let Some(exact) = self.exact(name) {
            return Found::Exact(exact);
        }
        let alias =
            self.aliases.iter().find(|(alias, _)| *alias == name || is_lower(name) && same_word(alias, name));
        let near = alias.map(|(_, name)| *name).or_else(|| nearest(name, self.names()));
        near.and_then(|name| self.exact(name)).map_or(Found::No, Found::Near)
    }

    pub fn exact(&self, name: &str) -> Option<&'static BuiltIn> {
        self.words.iter().find(|word| word.name == name)
    }

    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().map(|word| word.name)
    }
}

/// Whether a word is spelt as Python functions are; types in Rust never are.
pub fn is_lower(name: &str) -> bool {
    !name.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_are_near() {
        for (word, meant) in [("relu", "Relu"), ("swish", "Silu"), ("LeakyReLU", "LeakyRelu")] {
            assert!(matches!(ACTIVATIONS.find(word), Found::Near(w) if w.name == meant), "{word}");
        }
        for (word, meant) in [("he_normal", "HeNormal"), ("xavier_uniform", "GlorotUniform")] {
            assert!(matches!(INITIALIZERS.find(word), Found::Near(w) if w.name == meant), "{word}");
        }
    }

    #[test]
    fn words_are_their_own_nearest() {
        for family in [LAYERS, ACTIVATIONS, INITIALIZERS] {
            for name in family.names() {
                assert!(matches!(family.find(name), Found::Exact(w) if w.name == name), "{name}");
            }
        }
        assert!(matches!(ACTIVATIONS.find("Swish"), Found::No));
    }
}
