//! Keras for Rust, with shapes proved by the compiler.
#![warn(missing_docs)]

// The macros name paths through `::keras_core`, here too.
extern crate self as keras_core;

pub mod activations;
pub mod backend;
pub mod data;
pub mod element;
mod error;
pub mod initializers;
pub mod layers;
pub mod losses;
pub mod metrics;
pub mod model;
pub mod optimizers;
pub mod prelude;
#[doc(hidden)]
pub mod private;
pub mod proof;
pub mod saving;
pub mod shape;
mod tensor;
pub mod training;

pub use error::{Error, Result};
pub use keras_macros::sequential;
pub use model::Model;
pub use ndarray;
pub use tensor::Tensor;

#[doc(hidden)]
pub use private as __private;
