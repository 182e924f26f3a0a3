//! ONNX files: models written for other programs to run. Those of others are read by
//! [`onnx_model!`](crate::onnx_model!); [`model_text`] prints what it makes of one.
//!
//! [`save`], or [`Model::save_onnx`](crate::Model::save_onnx), writes a model with its weights, in `f32`, as it
//! predicts: without dropout, with the moving figures of batch normalisations. The batch is open. What the file
//! takes and gives is shaped as here, images with their channels last; inside, where ONNX has the channels
//! first, numbers are turned around as rarely as possible: a convnet does so at its ends and before a `Flatten`.
//!
//! The operators are those of ONNX's set 20. What it has no operator for, as some activations, is put together
//! of others. A layer or an activation of one's own can be written where it says that it computes the same as
//! one of the library's: [`Layer::operation`](crate::layers::Layer::operation),
//! [`Activate::function`](crate::activations::Activate::function).
//!
//! ```
//! use keras_core::prelude::*;
//!
//! sequential! { struct Net< Input<28, 28, 1>, Conv2D<_, 8, 3, Relu>, Flatten, Dense<_, 10, Softmax> > }
//! # let folder = tempfile::tempdir().unwrap();
//! # let path = folder.path().join("net.onnx");
//! Net::<Cpu>::new(7).save_onnx(&path)?;
//! # keras_core::Result::Ok(())
//! ```

mod builder;
mod functions;
mod images;
mod joined;
mod layers;
mod read;
mod sparse;
mod write;

pub use read::model_text;
#[doc(hidden)]
pub use read::pretrained;
pub use write::save;
