//! The words of the language: layers, and what they are given.

pub use super::functions::{ACTIVATIONS, CONSTRAINTS, INITIALIZERS, REGULARIZERS};
use crate::diagnostics::{nearest, same_word};

/// A word, and the parameters that it takes.
#[derive(Debug)]
pub struct BuiltIn {
    pub name: &'static str,
    /// Their names and defaults, in the order in which `new` takes them.
    pub parameters: &'static [(&'static str, f64)],
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
    pub aliases: &'static [(&'static str, &'static str)],
}

/// What a word turned out to be.
#[derive(Debug)]
pub enum Found {
    Exact(&'static BuiltIn),
    /// Not one of them, but very likely this one was meant.
    Near(&'static BuiltIn),
    No,
}

pub const fn word(name: &'static str) -> BuiltIn {
    BuiltIn { name, parameters: &[] }
}

pub const fn with(name: &'static str, parameters: &'static [(&'static str, f64)]) -> BuiltIn {
    BuiltIn { name, parameters }
}

pub const LAYERS: Family = Family {
    what: "layer",
    module: "layers",
    words: &[
        word("Input"),
        word("Dense"),
        word("Activation"),
        word("Softmax"),
        word("Glu"),
        word("ActivityRegularization"),
        word("Dropout"),
        word("Flatten"),
        word("Reshape"),
        word("Conv2D"),
        word("DepthwiseConv2D"),
        word("SeparableConv2D"),
        word("MaxPooling2D"),
        word("AveragePooling2D"),
        word("GlobalMaxPooling2D"),
        word("GlobalAveragePooling2D"),
        word("BatchNormalization"),
        word("SpatialDropout2D"),
        word("ZeroPadding2D"),
        word("UpSampling2D"),
        word("Cropping2D"),
        word("Add"),
        word("Subtract"),
        word("Multiply"),
        word("Average"),
        word("Maximum"),
        word("Minimum"),
        word("Concatenate"),
        word("Dot"),
    ],
    aliases: &[
        ("Linear", "Dense"),
        ("InputLayer", "Input"),
        ("Convolution2D", "Conv2D"),
        ("Convolution2d", "Conv2D"),
        ("DepthwiseConvolution2D", "DepthwiseConv2D"),
        ("SeparableConvolution2D", "SeparableConv2D"),
        ("MaxPool2D", "MaxPooling2D"),
        ("MaxPool2d", "MaxPooling2D"),
        ("MaxPool", "MaxPooling2D"),
        ("AvgPool2D", "AveragePooling2D"),
        ("AvgPool2d", "AveragePooling2D"),
        ("AveragePool2D", "AveragePooling2D"),
        ("AvgPooling2D", "AveragePooling2D"),
        ("GlobalMaxPool2D", "GlobalMaxPooling2D"),
        ("GlobalMaxPool2d", "GlobalMaxPooling2D"),
        ("GlobalAvgPool2D", "GlobalAveragePooling2D"),
        ("GlobalAvgPool2d", "GlobalAveragePooling2D"),
        ("GlobalAveragePool2D", "GlobalAveragePooling2D"),
        ("BatchNorm", "BatchNormalization"),
        ("BatchNorm2D", "BatchNormalization"),
        ("BatchNorm2d", "BatchNormalization"),
        ("Dropout2D", "SpatialDropout2D"),
        ("Dropout2d", "SpatialDropout2D"),
        ("ZeroPad2D", "ZeroPadding2D"),
        ("ZeroPad2d", "ZeroPadding2D"),
        ("Upsample", "UpSampling2D"),
        ("UpSample2D", "UpSampling2D"),
        ("Concat", "Concatenate"),
        ("Sum", "Add"),
        ("Mul", "Multiply"),
        ("Sub", "Subtract"),
    ],
};

pub const PADDINGS: Family =
    Family { what: "padding", module: "layers", words: &[word("Valid"), word("Same")], aliases: &[] };

pub const INTERPOLATIONS: Family = Family {
    what: "interpolation",
    module: "layers",
    words: &[word("Nearest"), word("Bilinear")],
    aliases: &[("Linear", "Bilinear"), ("linear", "Bilinear")],
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
        for (word, meant) in [
            ("relu", "Relu"),
            ("swish", "Silu"),
            ("LeakyReLU", "LeakyRelu"),
            ("ReLU6", "Relu6"),
            ("hard_swish", "HardSilu"),
            ("log_softmax", "LogSoftmax"),
        ] {
            assert!(matches!(ACTIVATIONS.find(word), Found::Near(w) if w.name == meant), "{word}");
        }
        for (word, meant) in [
            ("he_normal", "HeNormal"),
            ("xavier_uniform", "GlorotUniform"),
            ("random_normal", "RandomNormal"),
            ("LecunNorm", "LecunNormal"),
        ] {
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
