//! Predictions without an operating system and without an allocator, for small devices.
//!
//! A model is trained with `keras-core` and its weights are saved: `model.save_weights("net.safetensors")`. The
//! same layers, and the file, make a type that can do one thing:
//!
//! ```
//! keras_static::static_model! {
//!     pub struct Net< Dense<100, 64, Relu>, Dense<64, 1, Linear> > = "probe/weights/mlp.safetensors"
//! }
//! let y: [f32; 1] = Net::predict_static(&[0.5; 100]);
//! assert!(y[0].is_finite());
//! ```
//!
//! The words, the shapes and the messages are those of `sequential!`. The file is looked at while the program
//! is compiled: every variable must be there, of the shape that the layer says. Its bytes lie in the program
//! and are used where they are. What a prediction needs beside them is an array of
//! [`WORKSPACE`](StaticModel::WORKSPACE) floats.
#![no_std]
#![forbid(unsafe_code)]

#[doc(hidden)]
pub mod activations;
mod header;
#[doc(hidden)]
pub mod layers;
mod model;
mod shape;
#[cfg(test)]
mod tests;
mod weights;

pub use keras_macros::static_model;
pub use model::StaticModel;

/// What the macro names. Not for people: it may change in any release.
#[doc(hidden)]
pub mod __private {
    pub use keras_shapes::Dims;

    pub use crate::layers::Layer;
    pub use crate::model::{largest, params};
    pub use crate::shape::Shape;
    pub use crate::weights::{Numbers, check, find};
    pub use crate::{activations, layers};
}
