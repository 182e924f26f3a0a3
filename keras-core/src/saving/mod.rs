//! Weights in files.

mod safetensors;
mod write;

pub use self::safetensors::{load_weights, save_weights};
#[cfg(feature = "npy")]
pub(crate) use write::atomically;
