//! The layers, one file each, with the names and type parameters that `keras-core` has. Images lie row by row,
//! channels last.

mod activation;
mod batch_normalization;
mod conv2d;
mod dense;
mod depthwise_conv_2d;
mod global_pooling_2d;
mod pooling_2d;
mod separable_conv_2d;
mod up_sampling_2d;
mod window;
mod zero_padding_2d;

pub use activation::Activation;
pub use batch_normalization::BatchNormalization;
pub use conv2d::Conv2D;
pub use dense::Dense;
pub use depthwise_conv_2d::DepthwiseConv2D;
pub use global_pooling_2d::{GlobalAveragePooling2D, GlobalMaxPooling2D};
pub use pooling_2d::{AveragePooling2D, MaxPooling2D};
pub use separable_conv_2d::SeparableConv2D;
pub use up_sampling_2d::{Nearest, UpSampling2D};
pub use window::{Padding, Same, SlidingWindow, Strict, Valid, Window};
pub use zero_padding_2d::ZeroPadding2D;

use keras_shapes::Dims;

use crate::shape::Shape;
use crate::weights::Numbers;

/// A variable of a layer.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// Its name in the layer: `kernel`, `bias`, ..
    pub name: &'static str,
    /// Its shape.
    pub dims: Dims,
}

/// A layer that is given the shape `In`.
///
/// One that [changes](Self::IN_PLACE) its input in place gets it as `y`, and its `x` is empty.
pub trait Layer<In: Shape>: Default {
    /// The shape that it makes.
    const OUT: Dims;
    /// What it learned and remembers, as the file has it.
    const VARIABLES: &'static [Variable] = &[];
    /// Whether it makes as many numbers as it is given, each from its own row.
    const IN_PLACE: bool = false;
    /// Computes all of `y`; the weights are in the order of [`VARIABLES`](Self::VARIABLES).
    fn run(&self, weights: &[Numbers], x: &[f32], y: &mut [f32]);
}
