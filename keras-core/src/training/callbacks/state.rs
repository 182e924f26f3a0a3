use super::Snapshot;

/// What a callback remembers, as a [checkpoint](crate::saving) keeps it: numbers, counts, texts and copies
/// of the weights, each under a name. What is `None` is not kept.
///
/// ```
/// use keras_core::training::callbacks::CallbackState;
/// let state = CallbackState::new("Patience").number("best", 0.25).count("wait", 3).text("note", None);
/// assert_eq!(state.get_number("best"), Some(0.25));
/// assert_eq!(state.get_count("wait"), Some(3));
/// assert_eq!(state.get_text("note"), None);
/// ```
#[derive(Clone)]
pub struct CallbackState {
    pub(crate) name: String,
    pub(crate) numbers: Vec<(String, f64)>,
    pub(crate) counts: Vec<(String, u64)>,
    pub(crate) texts: Vec<(String, String)>,
    pub(crate) weights: Vec<(String, Snapshot)>,
}

impl CallbackState {
    /// Of a callback of this name. It is given back to one of the same name; where there are several, to
    /// each in its turn.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        Self { name, numbers: Vec::new(), counts: Vec::new(), texts: Vec::new(), weights: Vec::new() }
    }
    /// With a number; its bits are kept, NaN's too.
    #[must_use]
    pub fn number(mut self, name: &str, value: impl Into<Option<f64>>) -> Self {
        self.numbers.extend(value.into().map(|value| (name.to_owned(), value)));
        self
    }
    /// With a count.
    #[must_use]
    pub fn count(mut self, name: &str, value: impl Into<Option<usize>>) -> Self {
        self.counts.extend(value.into().map(|value| (name.to_owned(), value as u64)));
        self
    }
    /// With a text.
    #[must_use]
    pub fn text<'a>(mut self, name: &str, value: impl Into<Option<&'a str>>) -> Self {
        self.texts.extend(value.into().map(|value| (name.to_owned(), value.to_owned())));
        self
    }
    /// With a copy of the weights.
    #[must_use]
    pub fn weights(mut self, name: &str, value: impl Into<Option<Snapshot>>) -> Self {
        self.weights.extend(value.into().map(|value| (name.to_owned(), value)));
        self
    }

    /// The number of this name, if there was one.
    #[must_use]
    pub fn get_number(&self, name: &str) -> Option<f64> {
        find(&self.numbers, name).copied()
    }
    /// The count of this name, if there was one.
    #[must_use]
    pub fn get_count(&self, name: &str) -> Option<usize> {
        find(&self.counts, name).and_then(|&count| usize::try_from(count).ok())
    }
    /// The text of this name, if there was one.
    #[must_use]
    pub fn get_text(&self, name: &str) -> Option<&str> {
        find(&self.texts, name).map(String::as_str)
    }
    /// The weights of this name, if there were any.
    #[must_use]
    pub fn get_weights(&self, name: &str) -> Option<Snapshot> {
        find(&self.weights, name).cloned()
    }
}

fn find<'a, T>(all: &'a [(String, T)], name: &str) -> Option<&'a T> {
    all.iter().find(|(other, _)| other == name).map(|(_, value)| value)
}
