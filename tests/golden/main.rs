//! What Keras computes, and what we make of the same numbers.
//!
//! A golden file holds one case: inputs, and the outputs and gradients that Keras 3.15 computed from
//! them. Each is a safetensors file whose metadata says what it is.

mod activations;
mod case;
mod initializers;
mod losses;
mod metrics;
