//! Activations, with the names that `keras-core` has.

mod elementwise;
mod softmax;

pub use elementwise::{
    Elu, Exponential, Gelu, HardSigmoid, HardSilu, LeakyRelu, Linear, Mish, Relu, Relu6, Selu, Sigmoid, Silu,
    Softplus, Softsign, Tanh,
};
pub use softmax::{LogSoftmax, Softmax};

/// A function of the numbers of a row.
pub trait Activate: Default {
    /// Changes rows of `width` in place.
    fn rows(&self, width: usize, y: &mut [f32]);
}
