//! Keras' own files: `.keras`, `.weights.h5`, and the older `.h5` and `.hdf5`.
//!
//! [`keras_model!`](crate::keras_model!) makes a model of a whole file. Here are the weights of any such file
//! for a model that was written by hand: [`load_keras_weights`] goes by order,
//! [`load_keras_weights_by_name`] by the layers' names. Everything is compared before anything is loaded.
//! [`save_keras`] and [`save_keras_weights`] write files that Keras opens.

mod assign;
mod load;
mod pretrained;
mod save;

use std::path::Path;

use keras_files::{File, dsl::dsl};

use crate::error::{Error, Result};

#[cfg(feature = "onnx")]
pub(crate) use assign::{assign, layers};
pub use load::{load_keras_weights, load_keras_weights_by_name};
#[doc(hidden)]
pub use pretrained::pretrained;
pub use save::{save_keras, save_keras_weights};

/// The model in a file of Keras, as it would be written with [`sequential!`](crate::sequential!) or
/// [`model!`](crate::model!).
///
/// # Errors
/// If the file cannot be read, has no model in it, or has something that there are no words for: all of that.
pub fn model_text(path: impl AsRef<Path>) -> Result<String> {
    let path = path.as_ref();
    let graph = open(path)?.graph().map_err(damaged(path))?;
    dsl(&graph).map(|dsl| dsl.text()).map_err(damaged(path))
}

fn open(path: &Path) -> Result<File> {
    let bytes = std::fs::read(path).map_err(Error::io(path))?;
    File::from_bytes(&bytes).map_err(damaged(path))
}

fn damaged(path: &Path) -> impl FnOnce(keras_files::Error) -> Error {
    move |error| Error::file(path, error.problems.join("; "))
}
