//! Reads and writes Keras' own files: `.keras`, `.weights.h5`, and the older `.h5` and `.hdf5`.
//!
//! [`File`] opens one. [`Graph`] is its layers and how they are connected, models in models unfolded;
//! [`dsl`] writes that in the words of `sequential!` and `model!`; [`File::weights`] has the numbers.
//! [`save`] is the way back.
//! Nothing here knows how a layer computes.
//!
//! The HDF5 inside is read and written by `hdf5-pure`: it does both, needs no C, and has no dependency but
//! the `flate2` that is used anyway. The zip around it is read here: a `.keras` has three entries, stored or
//! deflated, which is a page of code.
#![forbid(unsafe_code)]

mod error;
mod file;
mod graph;
mod json;
mod legacy;
mod names;
mod nodes;
mod weights;
mod zip;

pub mod dsl;
pub mod save;

pub use error::{Error, Result};
pub use file::File;
pub use graph::{Call, Graph, Input, Layer};
pub use names::{camel, ident, snake};
pub use weights::{LayerWeights, Variable, Weights};
pub use zip::zip;
