use std::path::Path;

use keras_files::dsl::dsl;
use onnx_files::{Imported, import};

use crate::error::{Error, Result};
use crate::model::Model;
use crate::saving::keras::{assign, layers};

/// The model in an ONNX file, as it would be written with [`sequential!`](crate::sequential!) or
/// [`model!`](crate::model!).
///
/// # Errors
/// If the file cannot be read, or has something that there are no words for: all of that.
pub fn model_text(path: impl AsRef<Path>) -> Result<String> {
    let path = path.as_ref();
    let bytes = std::fs::read(path).map_err(Error::io(path))?;
    let made = read(&bytes).map_err(damaged(path))?;
    dsl(&made.graph).map(|dsl| dsl.text()).map_err(damaged(path))
}

fn read(bytes: &[u8]) -> onnx_files::Result<Imported> {
    import(&onnx_files::Model::from_bytes(bytes)?)
}

fn damaged(path: &Path) -> impl FnOnce(onnx_files::Error) -> Error {
    move |error| Error::file(path, error.problems.join("; "))
}

/// A model that `onnx_model!` made of this file, with its weights.
///
/// # Errors
/// If the file is another one than the model was made of.
pub fn pretrained<M: Model>(device: M::Backend, bytes: &[u8], path: &str) -> Result<M> {
    let path = Path::new(path);
    let mut model = M::new_on(device, 0)?;
    let made = read(bytes).map_err(damaged(path))?;
    let (mut pairs, mut differences) = (Vec::new(), Vec::new());
    for layer in layers::<M>() {
        match made.weights.iter().find(|weights| weights.path == layer.name) {
            Some(weights) => pairs.push((layer, weights)),
            None => differences.push(format!("`{}` is not in the file", layer.name)),
        }
    }
    assign(&mut model, &pairs, differences, path)?;
    Ok(model)
}
