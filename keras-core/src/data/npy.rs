mod header;

use std::io::Seek;
use std::path::Path;

use ndarray::{Array, ArrayBase, Data, Dimension};
use ndarray_npy::{ReadNpyError, ReadNpyExt, ReadableElement, WritableElement, WriteNpyExt};

use crate::error::{Error, Result};

/// Reads an array from one of NumPy's `.npy` files. Feature `npy`.
///
/// ```
/// use keras_core::data::{read_npy, write_npy};
/// use keras_core::ndarray::{Array2, array};
///
/// let path = std::env::temp_dir().join(format!("keras-core-{}.npy", std::process::id()));
/// write_npy(&path, &array![[1.0_f32, 2.0], [3.0, 4.0]])?;
/// let x: Array2<f32> = read_npy(&path)?;
/// assert_eq!(x, array![[1.0, 2.0], [3.0, 4.0]]);
/// assert!(read_npy::<f64, keras_core::ndarray::Ix2>(&path).is_err(), "these are f32 numbers");
/// # std::fs::remove_file(&path).unwrap();
/// # keras_core::Result::Ok(())
/// ```
///
/// # Errors
/// If the file cannot be read, is no such file, or holds other numbers or another number of axes.
pub fn read_npy<T: ReadableElement, D: Dimension>(path: impl AsRef<Path>) -> Result<Array<T, D>> {
    let path = path.as_ref();
    let mut file = std::fs::File::open(path).map_err(Error::io(path))?;
    let len = file.metadata().map_err(Error::io(path))?.len();
    header::check(&mut file, len, size_of::<T>()).map_err(|problem| Error::file(path, problem))?;
    file.rewind().map_err(Error::io(path))?;
    Array::read_npy(std::io::BufReader::new(file)).map_err(|e| match e {
        ReadNpyError::Io(source) => Error::Io { path: path.to_owned(), source },
        other => Error::file(path, other.to_string()),
    })
}

/// Writes an array to one of NumPy's `.npy` files. Feature `npy`.
///
/// # Errors
/// If the file cannot be written.
pub fn write_npy<T, S, D>(path: impl AsRef<Path>, array: &ArrayBase<S, D>) -> Result<()>
where
    T: WritableElement,
    S: Data<Elem = T>,
    D: Dimension,
{
    let path = path.as_ref();
    let mut bytes = Vec::new();
    array.write_npy(&mut bytes).map_err(|e| Error::file(path, e.to_string()))?;
    crate::saving::atomically(path, &bytes)
}
