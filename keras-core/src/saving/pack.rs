//! Writing safetensors files.

use std::path::Path;

use safetensors::Dtype;
use safetensors::tensor::TensorView;

use super::seal::{self, seal};
use super::write::atomically;
use crate::element::Element;
use crate::error::{Error, Result};

/// What goes into a file.
#[derive(Default)]
pub struct Pack {
    tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)>,
    about: Vec<(String, String)>,
}

impl Pack {
    /// Adds a text.
    pub fn about(&mut self, name: &str, text: impl Into<String>) {
        self.about.push((name.into(), text.into()));
    }

    /// Adds a tensor, as `f32`, or as `f64` where that is what the numbers are.
    pub fn add<E: Element>(&mut self, name: String, sizes: Vec<usize>, values: &[E]) {
        let (dtype, bytes) = if size_of::<E>() == 8 {
            (Dtype::F64, values.iter().flat_map(|v| v.f64().to_le_bytes()).collect())
        } else {
            (Dtype::F32, values.iter().flat_map(|v| (v.f64() as f32).to_le_bytes()).collect())
        };
        self.tensors.push((name, dtype, sizes, bytes));
    }

    /// Writes all of it, with a checksum: either the whole file or nothing.
    pub fn write(self, path: &Path) -> Result<()> {
        let problem = |e: safetensors::SafeTensorError| Error::file(path, e.to_string());
        let mut views = Vec::with_capacity(self.tensors.len());
        for (name, dtype, sizes, bytes) in &self.tensors {
            views.push((name, TensorView::new(*dtype, sizes.clone(), bytes).map_err(problem)?));
        }
        let about = self.about.into_iter().chain([(seal::KEY.to_owned(), seal::blank())]).collect();
        let mut file = safetensors::serialize(views, Some(about)).map_err(problem)?;
        seal(&mut file);
        atomically(path, &file)
    }
}
