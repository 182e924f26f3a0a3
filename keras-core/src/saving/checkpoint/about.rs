//! What a checkpoint's header says: numbers and names. Floats are kept as their bits, so that they come
//! back as they were.

use serde::{Deserialize, Serialize};

use crate::training::Position;

/// The version that is written; others are not read.
pub const VERSION: &str = "1";

/// No honest counter is larger; it leaves room to count on.
const MOST: u64 = 1 << 53;

#[derive(Debug, Serialize, Deserialize)]
pub struct About {
    pub model: String,
    /// Each layer as written, with its name.
    pub layers: Vec<String>,
    pub optimizer: String,
    /// For people: how the optimizer was made.
    pub configuration: String,
    pub learning_rate: u64,
    pub state: Option<Counters>,
    pub seed: u64,
    pub step: u64,
    pub passes: u64,
    pub training: Option<Training>,
    pub callbacks: Vec<CallbackAbout>,
}

/// What an optimizer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    pub iterations: u64,
    pub begun: bool,
    /// The factor of the loss and the steps since it was changed.
    pub scale: Option<(u64, u64)>,
}

/// A `fit` that goes on.
#[derive(Debug, Serialize, Deserialize)]
pub struct Training {
    pub position: Position,
    pub epochs: Vec<usize>,
    pub figures: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct CallbackAbout {
    pub name: String,
    pub numbers: Vec<(String, u64)>,
    pub counts: Vec<(String, u64)>,
    pub texts: Vec<(String, String)>,
    pub weights: Vec<String>,
}

impl About {
    /// What makes no sense, if anything does not.
    pub fn fault(&self) -> Option<String> {
        let mut counters = vec![("step", self.step), ("passes", self.passes)];
        if let Some(state) = &self.state {
            counters.push(("iterations", state.iterations));
            counters.extend(state.scale.map(|(_, good)| ("steps of a scale", good)));
        }
        if let Some(Training { position, .. }) = &self.training {
            counters.push(("epoch", position.epoch as u64));
            counters.push(("batch", position.batch as u64));
            counters.push(("pass", position.pass));
        }
        for callback in &self.callbacks {
            counters.extend(callback.counts.iter().map(|(name, count)| (name.as_str(), *count)));
        }
        let (name, count) = counters.into_iter().find(|(_, count)| *count > MOST)?;
        Some(format!("its {name} is {count}, but no training counts beyond {MOST}"))
    }
}
