//! Weights in files.

#[cfg(feature = "keras-files")]
pub mod keras;
mod safetensors;
mod write;

pub use self::safetensors::{load_weights, save_weights};
#[cfg(any(feature = "npy", feature = "plot"))]
pub(crate) use write::atomically;
