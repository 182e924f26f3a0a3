//! Weights and whole trainings in files.
//!
//! Weights alone: [`Model::save_weights`](crate::Model::save_weights) and its `load_weights`. A checkpoint is
//! a whole training in one safetensors file: [`Compiled::save`](crate::training::Compiled::save) and its
//! `load`, and the callbacks `ModelCheckpoint` and `BackupAndRestore`. Its tensors are `weights/..`,
//! `optimizer/..` and `history/..`; all else stands in the header, with the version of the format and a
//! checksum of the whole file. Files are written beside the old one, brought to the disk and moved over it;
//! when they are read, nothing is believed and nothing is allocated that the model does not need.

mod archive;
mod checkpoint;
#[cfg(feature = "keras-files")]
pub mod keras;
mod load;
#[cfg(feature = "onnx")]
pub mod onnx;
mod pack;
mod seal;
mod weights;
mod write;

pub(crate) use archive::intact;
pub use checkpoint::Checkpoint;
pub(crate) use checkpoint::{Counters, load as load_checkpoint, save as save_checkpoint};
pub use load::{Load, Loaded};
#[doc(hidden)]
pub use seal::seal;
pub use weights::{load_weights, load_weights_with, save_weights};
pub(crate) use weights::{set_values, values};
#[cfg(any(feature = "npy", feature = "plot"))]
pub(crate) use write::atomically;
pub(crate) use write::{clean, copy};

/// The format of a checkpoint, as its header says.
const CHECKPOINT: &str = "keras-core checkpoint";
/// What stands before the names of weights in a checkpoint.
const WEIGHTS: &str = "weights/";
