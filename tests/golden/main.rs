//! What Keras computes, and what we make of the same numbers.
//!
//! A golden file holds one case: inputs, and the outputs and gradients that Keras 3.15 computed from
//! them. Each is a safetensors file whose metadata says what it is.

#![allow(missing_docs)]

mod activations;
mod arguments;
mod case;
mod constraints;
mod fit;
mod initializers;
mod kwargs;
mod layers;
mod losses;
mod metrics;
mod models;
mod nets;
mod optimizers;
mod regularizers;
mod roster;
mod schedules;
mod scores;
mod several;
mod training;
mod weights;
