//! Gradients in double precision, against central differences, on random shapes and numbers.

mod activations;
mod activity;
mod central;
mod graphs;
mod images;
mod layers;
mod losses;
mod regularizers;
