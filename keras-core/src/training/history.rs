use core::ops::Index;

use serde::{Deserialize, Serialize};

use super::Logs;

/// What a training was like: one number an epoch for the loss and each metric, as Keras' `History`.
///
/// ```
/// use keras_core::training::{History, Logs};
/// let mut history = History::default();
/// history.push(0, &Logs::from_iter([("loss", 0.5)]));
/// history.push(1, &Logs::from_iter([("loss", 0.25)]));
/// assert_eq!(history["loss"], [0.5, 0.25]);
/// println!("{:?}", history["loss"]);
/// assert_eq!(history.epochs(), [0, 1]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    epochs: Vec<usize>,
    figures: Vec<(String, Vec<f64>)>,
}

impl History {
    /// Adds an epoch.
    pub fn push(&mut self, epoch: usize, logs: &Logs) {
        self.epochs.push(epoch);
        for (name, value) in logs.iter() {
            match self.figures.iter_mut().find(|(n, _)| n == name) {
                Some((_, values)) => values.push(value),
                None => self.figures.push((name.to_owned(), vec![value])),
            }
        }
    }

    /// The epochs' numbers, from the initial one on.
    #[must_use]
    pub fn epochs(&self) -> &[usize] {
        &self.epochs
    }

    /// The figures of this name, one an epoch.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[f64]> {
        self.figures.iter().find(|(n, _)| n == name).map(|(_, values)| values.as_slice())
    }

    /// The names of the figures.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.figures.iter().map(|(name, _)| name.as_str())
    }
}

impl Index<&str> for History {
    /// Not a slice: `println!("{:?}", history["loss"])` needs something of a known size.
    type Output = Vec<f64>;
    /// # Panics
    /// If there is no figure of this name; [`get`](History::get) does not.
    fn index(&self, name: &str) -> &Vec<f64> {
        match self.figures.iter().find(|(n, _)| n == name) {
            Some((_, values)) => values,
            None => {
                let names: Vec<_> = self.names().collect();
                panic!("the history has no `{name}`; it has: {}", names.join(", "))
            }
        }
    }
}
