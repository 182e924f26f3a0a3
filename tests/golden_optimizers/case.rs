//! One golden case: a file of tensors with a description.

use std::collections::HashMap;
use std::path::Path;

use safetensors::{Dtype, SafeTensors};
use serde_json::{Map, Value};

/// A tensor of floats, widened.
#[derive(Clone)]
pub struct Array {
    pub shape: Vec<usize>,
    pub values: Vec<f64>,
}

/// A case as its file has it.
pub struct Case {
    pub name: String,
    meta: HashMap<String, String>,
    tensors: HashMap<String, Array>,
}

impl Case {
    pub fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap();
        let (_, header) = SafeTensors::read_metadata(&bytes).unwrap();
        let file = SafeTensors::deserialize(&bytes).unwrap();
        let floats = file.tensors().into_iter().filter_map(|(name, view)| {
            let values = match view.dtype() {
                Dtype::F32 => {
                    view.data().as_chunks().0.iter().map(|b| f32::from_le_bytes(*b).into()).collect()
                }
                Dtype::F64 => view.data().as_chunks().0.iter().map(|b| f64::from_le_bytes(*b)).collect(),
                _ => return None,
            };
            Some((name, Array { shape: view.shape().to_vec(), values }))
        });
        Self {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            meta: header.metadata().clone().unwrap(),
            tensors: floats.collect(),
        }
    }

    /// A value of the description that is a plain word.
    pub fn word(&self, key: &str) -> &str {
        &self.meta[key]
    }

    /// A value of the description that is JSON.
    pub fn json(&self, key: &str) -> Value {
        serde_json::from_str(&self.meta[key]).unwrap()
    }

    /// The arguments as given.
    pub fn kwargs(&self) -> Map<String, Value> {
        self.json("kwargs").as_object().unwrap().clone()
    }

    /// A tensor as Keras computed it in 32 bits.
    pub fn f32(&self, name: &str) -> &Array {
        self.tensors.get(name).unwrap_or_else(|| panic!("{}: no tensor {name}", self.name))
    }

    /// The same in 64 bits; where that is no other number, the file has it once.
    pub fn f64(&self, name: &str) -> &Array {
        self.tensors.get(&format!("f64.{name}")).unwrap_or_else(|| self.f32(name))
    }

    /// The names of the 32-bit tensors that begin with this.
    pub fn names<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.tensors.keys().map(String::as_str).filter(move |name| name.starts_with(prefix))
    }
}

/// The largest difference, as a share of the largest number of the reference if that is above 1.
pub fn error(mine: &[f64], reference: &[f64]) -> f64 {
    assert_eq!(mine.len(), reference.len());
    let largest = reference.iter().fold(1.0_f64, |max, v| max.max(v.abs()));
    // A NaN of mine must not get lost in a maximum.
    let difference = mine.iter().zip(reference).map(|(m, r)| (m - r).abs());
    difference.fold(0.0, |max: f64, d| if d.is_nan() { f64::INFINITY } else { max.max(d) }) / largest
}
