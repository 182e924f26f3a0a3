use crate::activations::Function;
use crate::backend::{Conv2d, Merging, Pad2d, Pool2d, Upsample2d};

/// What a layer computes outside of training, in terms of numbers alone: for what writes models down in other
/// forms. An activation that is not there is one of a person's own.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Operation {
    /// What goes in comes out.
    Identity,
    /// The same numbers in another shape.
    Reshape,
    /// An activation alone.
    Activation(Option<Function>),
    /// An activation of rows that lie along an axis.
    Along {
        /// Which of a sample's, counted from 0.
        axis: usize,
        /// What is done with each.
        activation: Option<Function>,
    },
    /// `activation(x · kernel + bias)`, along the last axis.
    Dense {
        /// Whether there is a bias.
        use_bias: bool,
        /// What follows.
        activation: Option<Function>,
    },
    /// A convolution, its kernel, bias and activation as of a dense layer.
    Conv2d {
        /// Its sizes.
        conv: Conv2d,
        /// Whether there is a bias.
        use_bias: bool,
        /// What follows.
        activation: Option<Function>,
    },
    /// Each channel by itself, then a convolution of single pixels with a bias and an activation.
    Separable2d {
        /// The first step: as many groups as channels.
        depthwise: Conv2d,
        /// The second step.
        pointwise: Conv2d,
        /// Whether there is a bias.
        use_bias: bool,
        /// What follows.
        activation: Option<Function>,
    },
    /// `a · sigmoid(b)` of the halves of an axis.
    Gate {
        /// Which of a sample's, counted from 0.
        axis: usize,
    },
    /// A pooling; one of the whole image may have an output without height and width.
    Pool2d(Pool2d),
    /// A border of zeros.
    Pad2d(Pad2d),
    /// Without the border: what remains, and how wide the border was.
    Crop2d(Pad2d),
    /// An image made larger.
    Upsample2d(Upsample2d),
    /// `gamma · (x - mean) / √(variance + epsilon) + beta`, along the last axis.
    Normalization {
        /// What is added to the variance.
        epsilon: f64,
        /// Whether there is a beta.
        center: bool,
        /// Whether there is a gamma.
        scale: bool,
    },
    /// Several values, element by element.
    Merge(Merging),
    /// Several values one after the other along an axis of a sample.
    Concatenate {
        /// Which, counted from 0.
        axis: usize,
    },
    /// The products of the vectors of two values along an axis of each.
    Dot {
        /// Which of a sample's, counted from 0.
        axes: [usize; 2],
        /// Whether each vector is divided by its length first.
        normalize: bool,
    },
}
