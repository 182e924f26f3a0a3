//! What the built-in layers are given between `<` and `>`.

/// What can stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Size,
    Activation,
    Rate,
    Flag,
    Initializer,
}

/// A place in the list of arguments.
#[derive(Debug)]
pub struct Slot {
    /// Its name as an option, and in messages.
    pub name: &'static str,
    pub takes: Takes,
}

/// The arguments of a layer.
#[derive(Debug)]
pub struct Spec {
    pub layer: &'static str,
    /// In order; they can also be named.
    pub positional: &'static [Slot],
    /// How many of those there must be.
    pub needed: usize,
    /// Those that are always named.
    pub options: &'static [Slot],
    pub usage: &'static str,
}

const fn slot(name: &'static str, takes: Takes) -> Slot {
    Slot { name, takes }
}

pub const DENSE: Spec = Spec {
    layer: "Dense",
    positional: &[
        slot("inputs", Takes::Size),
        slot("units", Takes::Size),
        slot("activation", Takes::Activation),
    ],
    needed: 2,
    options: &[
        slot("use_bias", Takes::Flag),
        slot("kernel_initializer", Takes::Initializer),
        slot("bias_initializer", Takes::Initializer),
    ],
    usage: "Dense<INPUTS, UNITS, Activation = Linear, use_bias = true, kernel_initializer = GlorotUniform, bias_initializer = Zeros>",
};

pub const ACTIVATION: Spec = Spec {
    layer: "Activation",
    positional: &[slot("activation", Takes::Activation)],
    needed: 1,
    options: &[],
    usage: "Activation<Relu>",
};

pub const DROPOUT: Spec = Spec {
    layer: "Dropout",
    positional: &[slot("rate", Takes::Rate)],
    needed: 1,
    options: &[],
    usage: "Dropout<RATE>",
};

pub const FLATTEN: Spec =
    Spec { layer: "Flatten", positional: &[], needed: 0, options: &[], usage: "Flatten" };

pub const RESHAPE_USAGE: &str = "Reshape<HEIGHT, WIDTH, CHANNELS>, of 1 to 4 sizes";
pub const INPUT_USAGE: &str = "Input<FEATURES> or Input<HEIGHT, WIDTH, CHANNELS>, of 1 to 4 sizes";

impl Spec {
    pub fn find(&self, name: &str) -> Option<&'static Slot> {
        self.positional.iter().chain(self.options).find(|slot| slot.name == name)
    }

    /// The names that an option can have.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.options.iter().chain(self.positional).map(|slot| slot.name)
    }
}

impl Takes {
    pub fn describe(self) -> &'static str {
        match self {
            Self::Size => "a size",
            Self::Activation => "an activation",
            Self::Rate => "a rate from 0.0 to 1.0",
            Self::Flag => "`true` or `false`",
            Self::Initializer => "an initializer",
        }
    }
}
