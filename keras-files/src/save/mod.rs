//! A model as Keras' own files: its configuration and its weights.
//!
//! [`Model`] is what there is to say of a model, [`keras`] makes a `.keras` of it, [`weights`] a `.weights.h5`.
//! A layer's configuration comes from its words by the table that [`dsl`](crate::dsl) reads configurations with.

mod hdf5;
mod known;
mod layer;
mod model;
mod order;
mod values;
mod word;

pub use known::Known;

use crate::error::{Error, Result};
use crate::graph::Call;
use crate::zip::zip;
use layer::Written;

/// The version of Keras whose form the files have.
pub const KERAS: &str = "3.15.1";

/// A model.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// The names and sizes of what it takes.
    pub inputs: Vec<(String, Vec<usize>)>,
    /// Its layers, each once.
    pub layers: Vec<Layer>,
    /// What is computed, in order: call `i` makes value `inputs.len() + i`.
    pub calls: Vec<Call>,
    /// The values that it gives.
    pub outputs: Vec<usize>,
}

/// A layer.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Its name, unique among layers and inputs.
    pub name: String,
    /// As it is written: `Dense<_, 64, Relu>`.
    pub title: String,
    /// The numbers behind the names in it.
    pub known: Known,
    /// The sizes of what it makes.
    pub output: Vec<usize>,
    /// Whether it is not to be trained.
    pub frozen: bool,
    /// Its variables in Keras' order: sizes and numbers.
    pub variables: Vec<(Vec<usize>, Vec<f32>)>,
}

/// A `.keras` file. `date` is when it is written, as `2026-01-31@12:00:00`.
///
/// # Errors
/// If the model has something that Keras has not: all of that.
pub fn keras(model: &Model, date: &str) -> Result<Vec<u8>> {
    let layers = layers(model)?;
    let config = model::config(model, &layers).to_string();
    let metadata = serde_json::json!({"keras_version": KERAS, "date_saved": date}).to_string();
    let weights = hdf5::file(model, &layers)?;
    zip(&[
        ("metadata.json", metadata.as_bytes()),
        ("config.json", config.as_bytes()),
        ("model.weights.h5", &weights),
    ])
}

/// A `.weights.h5` file.
///
/// # Errors
/// If the model has something that Keras has not: all of that.
pub fn weights(model: &Model) -> Result<Vec<u8>> {
    hdf5::file(model, &layers(model)?)
}

fn layers(model: &Model) -> Result<Vec<Written>> {
    let mut problems = Vec::new();
    let layers: Vec<Written> =
        model.layers.iter().filter_map(|layer| layer::written(layer, &mut problems)).collect();
    if problems.is_empty() { Ok(layers) } else { Err(Error { problems }) }
}

impl Model {
    /// Whether each layer takes what the one before it makes.
    fn is_chain(&self) -> bool {
        let mut uses = vec![0; self.layers.len()];
        self.calls.iter().for_each(|call| uses[call.layer] += 1);
        self.inputs.len() == 1
            && self.outputs == [self.calls.len()]
            && self.calls.iter().enumerate().all(|(i, call)| call.values == [i])
            && uses.iter().all(|uses| *uses == 1)
    }

    /// The sizes of a value.
    fn sizes(&self, value: usize) -> &[usize] {
        match value.checked_sub(self.inputs.len()) {
            Some(call) => &self.layers[self.calls[call].layer].output,
            None => &self.inputs[value].1,
        }
    }
}
