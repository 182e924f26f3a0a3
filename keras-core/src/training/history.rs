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
    #[serde(with = "figures")]
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

    /// From its parts.
    pub(crate) fn of(epochs: Vec<usize>, figures: Vec<(String, Vec<f64>)>) -> Self {
        Self { epochs, figures }
    }

    /// All figures with their names.
    pub(crate) fn figures(&self) -> &[(String, Vec<f64>)] {
        &self.figures
    }

    /// The figures of the last epoch.
    pub(crate) fn last(&self) -> Logs {
        let whole = self.figures.iter().filter(|(_, values)| values.len() == self.epochs.len());
        whole.filter_map(|(name, values)| Some((name.as_str(), *values.last()?))).collect()
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

/// JSON has no NaN and no infinity: there they are the words `NaN`, `inf` and `-inf`.
mod figures {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Figure {
        Number(f64),
        Word(String),
    }

    pub fn serialize<S: Serializer>(figures: &[(String, Vec<f64>)], to: S) -> Result<S::Ok, S::Error> {
        let figure = |&v: &f64| if v.is_finite() { Figure::Number(v) } else { Figure::Word(v.to_string()) };
        let figures: Vec<(&String, Vec<Figure>)> =
            figures.iter().map(|(name, values)| (name, values.iter().map(figure).collect())).collect();
        figures.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, Vec<f64>)>, D::Error> {
        let number = |figure| match figure {
            Figure::Number(v) => Ok(v),
            Figure::Word(word) => word.parse().map_err(serde::de::Error::custom),
        };
        Vec::<(String, Vec<Figure>)>::deserialize(from)?
            .into_iter()
            .map(|(name, values)| Ok((name, values.into_iter().map(number).collect::<Result<_, _>>()?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_survives_json_whatever_happened() {
        let mut history = History::default();
        for (epoch, loss) in [0.1 + 0.2, f64::NAN, f64::INFINITY, f64::NEG_INFINITY].into_iter().enumerate() {
            history.push(epoch, &Logs::from_iter([("loss", loss)]));
        }
        let text = serde_json::to_string(&history).unwrap();
        let back: History = serde_json::from_str(&text).unwrap();
        assert_eq!(format!("{history:?}"), format!("{back:?}"));
        assert!(serde_json::from_str::<History>(r#"{"epochs":[0],"figures":[["loss",["x"]]]}"#).is_err());
    }
}
