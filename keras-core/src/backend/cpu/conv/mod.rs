//! Convolutions.

mod plain;

pub use plain::{back_input, back_weights, forward};
