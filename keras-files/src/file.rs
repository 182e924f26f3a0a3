use std::path::Path;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::weights::Weights;
use crate::{legacy, zip};

const MOST_CONFIG: usize = 256 << 20;
const MOST_WEIGHTS: usize = u32::MAX as usize;

/// A file of Keras, opened.
///
/// ```
/// let error = keras_files::File::from_bytes(b"PK no").unwrap_err();
/// assert_eq!(error.to_string(), "this is not a file of Keras: neither a zip (.keras) nor HDF5 (.h5)");
/// ```
#[derive(Debug)]
pub struct File {
    config: Option<Value>,
    hdf5: Option<Vec<u8>>,
}

impl File {
    /// Opens a file.
    ///
    /// # Errors
    /// If it cannot be read, or is not a file of Keras.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|error| Error::new(error.to_string()))?;
        Self::from_bytes(&bytes)
    }

    /// Opens what was read.
    ///
    /// # Errors
    /// If it is not a file of Keras.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        if zip::is_zip(bytes) {
            let config = zip::entry(bytes, "config.json", MOST_CONFIG)?
                .ok_or_else(|| Error::new("this zip is not a file of Keras: it has no `config.json`"))?;
            let hdf5 = zip::entry(bytes, "model.weights.h5", MOST_WEIGHTS)?;
            return Ok(Self { config: Some(parse(&config)?), hdf5 });
        }
        if !hdf5_pure::is_hdf5_bytes(bytes) {
            return Err(Error::new("this is not a file of Keras: neither a zip (.keras) nor HDF5 (.h5)"));
        }
        let config = legacy::config(bytes)?.map(|text| parse(text.as_bytes())).transpose()?;
        Ok(Self { config, hdf5: Some(bytes.to_vec()) })
    }

    /// Whether it says which layers there are, or has weights alone.
    #[must_use]
    pub fn has_layers(&self) -> bool {
        self.config.is_some()
    }

    /// Its configuration, as it stands in it.
    #[must_use]
    pub fn config(&self) -> Option<&Value> {
        self.config.as_ref()
    }

    /// Its layers.
    ///
    /// # Errors
    /// If it has none, or is damaged.
    pub fn graph(&self) -> Result<Graph> {
        let config = self.config.as_ref().ok_or_else(|| {
            Error::new("this file has weights alone: which layers they are of stands in a `.keras` or an `.h5` of the whole model")
        })?;
        Graph::new(config)
    }

    /// Its weights.
    ///
    /// # Errors
    /// If it has none, or is damaged.
    pub fn weights(&self) -> Result<Weights> {
        let bytes = self.hdf5.clone();
        let bytes = bytes.ok_or_else(|| Error::new("the zip has no `model.weights.h5`"))?;
        Weights::read(bytes, self.config.as_ref())
    }
}

fn parse(bytes: &[u8]) -> Result<Value> {
    serde_json::from_slice(bytes)
        .map_err(|error| Error::new(format!("the model's configuration is not JSON: {error}")))
}
