//! Reads and writes ONNX files.
//!
//! [`Model`] is a file as it stands there: [`Model::from_bytes`] reads it, [`Model::to_bytes`] writes it. ONNX
//! is written in protocol buffers, of which the dozen messages that are needed are read and written here: it
//! takes neither a compiler of theirs nor another crate. [`import`] makes of one the layers of a model in our
//! words, with their weights; `keras_files::dsl` writes that down.
#![forbid(unsafe_code)]

mod error;
mod import;
mod proto;
mod read;
mod tensor;
mod wire;
mod write;

pub use error::{Error, Result};
pub use import::{Imported, import, operators};
pub use proto::{Attribute, Data, Graph, Model, Node, Size, Tensor, Value};
pub use tensor::read as read_tensor;

#[cfg(test)]
mod tests;
