use core::ops::Index;

/// Figures by name, in order: `loss`, the metrics, then the same of the validation data with `val_`
/// before.
///
/// ```
/// use keras_core::training::Logs;
/// let logs = Logs::from_iter([("loss", 0.5), ("accuracy", 0.9)]);
/// assert_eq!(logs["loss"], 0.5);
/// assert_eq!(logs.get("val_loss"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Logs {
    names: Vec<String>,
    values: Vec<f64>,
}

impl Logs {
    /// The figure of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        self.names.iter().position(|n| n == name).map(|i| self.values[i])
    }

    /// Sets a figure, in its place or last.
    pub fn set(&mut self, name: &str, value: f64) {
        match self.names.iter().position(|n| n == name) {
            Some(i) => self.values[i] = value,
            None => {
                self.names.push(name.to_owned());
                self.values.push(value);
            }
        }
    }

    /// The figures with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.names.iter().map(String::as_str).zip(self.values.iter().copied())
    }

    /// The names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The figures, to be overwritten in place.
    pub(crate) fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }
}

impl Index<&str> for Logs {
    type Output = f64;
    /// # Panics
    /// If there is no figure of this name; [`get`](Logs::get) does not.
    fn index(&self, name: &str) -> &f64 {
        match self.names.iter().position(|n| n == name) {
            Some(i) => &self.values[i],
            None => panic!("no figure is called `{name}`; there are: {}", self.names.join(", ")),
        }
    }
}

impl<S: Into<String>> FromIterator<(S, f64)> for Logs {
    fn from_iter<I: IntoIterator<Item = (S, f64)>>(figures: I) -> Self {
        let (names, values) = figures.into_iter().map(|(n, v)| (n.into(), v)).unzip();
        Self { names, values }
    }
}
