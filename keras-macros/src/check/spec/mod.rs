//! What the built-in layers are given between `<` and `>`.

mod features;
mod image;
mod merge;
mod real;

pub use features::{
    ACTIVATION, ACTIVITY_REGULARIZATION, BATCH_NORMALIZATION, DENSE, DROPOUT, FLATTEN, GLU, INPUT_USAGE,
    RESHAPE_USAGE, SOFTMAX,
};
pub use image::{
    AVERAGE_POOLING_2D, CONV2D, CROPPING_2D, DEPTHWISE_CONV_2D, GLOBAL_AVERAGE_POOLING_2D,
    GLOBAL_MAX_POOLING_2D, MAX_POOLING_2D, SEPARABLE_CONV_2D, SPATIAL_DROPOUT_2D, UP_SAMPLING_2D,
    ZERO_PADDING_2D,
};
pub use merge::{MERGES, Merging};
pub use real::Real;

use super::words::{ACTIVATIONS, CONSTRAINTS, Family, INITIALIZERS, INTERPOLATIONS, PADDINGS, REGULARIZERS};

/// What can stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Size,
    /// A size that `_` can stand for: what the layer takes.
    Inputs,
    /// A size for height and width, or a pair of them.
    Pair,
    Activation,
    Real(Real),
    /// A flag, perhaps a const.
    Flag,
    /// A flag that the shape or the type follows from.
    Switch,
    Initializer,
    Regularizer,
    Constraint,
    Padding,
    Interpolation,
    /// An axis, counted from the batch.
    Axis,
    /// One, or a pair of them.
    Axes,
    /// One, or a list of up to three.
    AnyAxes,
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
    /// One that could stand anywhere.
    pub example: &'static str,
}

const fn slot(name: &'static str, takes: Takes) -> Slot {
    Slot { name, takes }
}

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
            Self::Size | Self::Inputs => "a number",
            Self::Pair => "a number or a pair `(height, width)`",
            Self::Activation => "an activation",
            Self::Real(real) => real.describe(),
            Self::Flag | Self::Switch => "`true` or `false`",
            Self::Initializer => "an initializer",
            Self::Regularizer => "a regularizer",
            Self::Constraint => "a constraint",
            Self::Padding => "`Valid` or `Same`",
            Self::Interpolation => "`Nearest` or `Bilinear`",
            Self::Axis => "an axis (1 is the first behind the batch, -1 the last)",
            Self::Axes => "an axis or a pair of them (1 is the first behind the batch, -1 the last)",
            Self::AnyAxes => {
                "an axis or a list of up to three (1 is the first behind the batch, -1 the last)"
            }
        }
    }

    /// Whether it is one of the sizes of a layer.
    pub fn is_size(self) -> bool {
        matches!(self, Self::Size | Self::Inputs | Self::Pair)
    }

    /// The words that are meant where the word itself does not tell: ours, or a person's own.
    pub fn functions(self) -> Option<&'static Family> {
        match self {
            Self::Activation => Some(&ACTIVATIONS),
            Self::Initializer => Some(&INITIALIZERS),
            Self::Regularizer => Some(&REGULARIZERS),
            Self::Constraint => Some(&CONSTRAINTS),
            _ => None,
        }
    }

    /// The words that it must be one of.
    pub fn family(self) -> Option<&'static Family> {
        match self {
            Self::Padding => Some(&PADDINGS),
            Self::Interpolation => Some(&INTERPOLATIONS),
            _ => None,
        }
    }
}
