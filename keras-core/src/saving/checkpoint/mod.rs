//! Whole trainings: weights, optimizer, random streams, and of a `fit` that goes on its place, its history
//! and what its callbacks remember.

mod about;
mod read;

use std::path::{Path, PathBuf};

pub(crate) use about::Counters;
use about::{About, CallbackAbout, Training, VERSION};
pub(crate) use read::load;

use super::pack::Pack;
use super::{CHECKPOINT, WEIGHTS, weights};
use crate::backend::Backend;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::optimizers::Optimizer;
use crate::training::callbacks::CallbackState;
use crate::training::{Compiled, History, Running};

/// What a checkpoint says beside weights and optimizer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checkpoint {
    pub(crate) path: PathBuf,
    pub(crate) epoch: usize,
    pub(crate) batch: usize,
    pub(crate) history: History,
}

impl Checkpoint {
    /// How many epochs of its `fit` had ended: the [`initial_epoch`](crate::training::Fit::initial_epoch)
    /// of one that goes on. 0 where it was not written by a callback.
    #[must_use]
    pub fn epoch(&self) -> usize {
        self.epoch
    }
    /// How many batches of the epoch after that had been trained on.
    #[must_use]
    pub fn batch(&self) -> usize {
        self.batch
    }
    /// The figures of the epochs that had ended.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }
}

/// Each layer of a model with its name.
fn layers<M: Model>() -> Vec<String> {
    M::LAYERS.iter().map(|layer| format!("{}: {}", layer.name, layer.title)).collect()
}

/// Writes a training to a file, whole or not at all.
pub(crate) fn save<M: Model, O: Optimizer, L, Ms>(
    compiled: &Compiled<M, O, L, Ms>,
    running: Option<&Running>,
    callbacks: &[CallbackState],
    path: &Path,
) -> Result<()> {
    let store = compiled.model.store();
    let mut pack = Pack::default();
    weights::pack(&mut pack, WEIGHTS, &compiled.model);
    if let Some(trained) = &compiled.trained {
        for name in trained.state.slot_names() {
            let Some(slot) = trained.state.slot(name) else { continue };
            let mut values = vec![<M::Backend as Backend>::Elem::default(); trained.state.slot_len(name)];
            store.device.read(slot, &mut values);
            pack.add(format!("optimizer/{name}"), vec![values.len()], &values);
        }
    }
    let training = running.map(|running| {
        for (name, figures) in running.history.figures() {
            pack.add(format!("history/{name}"), vec![figures.len()], figures);
        }
        if let Some(sums) = &running.sums {
            pack.add("epoch/sums".into(), vec![sums.len()], sums);
        }
        Training {
            position: running.position.clone(),
            epochs: running.history.epochs().to_vec(),
            figures: running.history.names().map(str::to_owned).collect(),
        }
    });
    let mut states = Vec::new();
    for (number, state) in callbacks.iter().enumerate() {
        for (name, snapshot) in &state.weights {
            let Some(values) = snapshot.0.downcast_ref::<Vec<<M::Backend as Backend>::Elem>>() else {
                let problem = format!("its weights `{name}` are not those of {}", M::NAME);
                return Err(Error::Callback { callback: state.name.clone(), problem });
            };
            pack.add(format!("callbacks/{number}/{name}"), vec![values.len()], values);
        }
        states.push(CallbackAbout {
            name: state.name.clone(),
            numbers: state.numbers.iter().map(|(name, v)| (name.clone(), v.to_bits())).collect(),
            counts: state.counts.clone(),
            texts: state.texts.clone(),
            weights: state.weights.iter().map(|(name, _)| name.clone()).collect(),
        });
    }
    let about = About {
        model: M::NAME.into(),
        layers: layers::<M>(),
        optimizer: compiled.optimizer.name().into(),
        configuration: format!("{:?}", compiled.optimizer),
        learning_rate: compiled.optimizer.learning_rate().to_bits(),
        state: compiled.trained.as_ref().map(|trained| trained.state.counters()),
        seed: store.seed,
        step: store.step,
        passes: compiled.passes,
        training,
        callbacks: states,
    };
    let text = serde_json::to_string(&about).map_err(|e| Error::file(path, e.to_string()))?;
    pack.about("format", CHECKPOINT);
    pack.about("version", VERSION);
    pack.about("training", text);
    pack.write(path)
}
