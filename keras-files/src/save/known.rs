/// The numbers that stand behind names and expressions in a layer's words: the size `UNITS` by its text, the rate of
/// `Dropout<RATE>` and the parameters of an option's value by the option's name.
#[derive(Clone, Debug, Default)]
pub struct Known {
    all: Vec<(String, f64)>,
}

impl Known {
    /// Adds one.
    pub fn add(&mut self, name: &str, number: f64) {
        self.all.push((plain(name), number));
    }

    /// All that have this name, in order.
    pub(super) fn all(&self, name: &str) -> Vec<f64> {
        self.all.iter().filter(|(known, _)| known == name).map(|(_, number)| *number).collect()
    }

    pub(super) fn one(&self, name: &str) -> Option<f64> {
        self.all.iter().find(|(known, _)| known == name).map(|(_, number)| *number)
    }

    /// What a text stands for.
    pub(super) fn of(&self, text: &str) -> Option<f64> {
        self.one(&plain(text))
    }
}

/// Without spaces and the braces around a const expression.
fn plain(text: &str) -> String {
    let mut text = text.trim();
    while let Some(inside) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
        text = inside.trim();
    }
    text.split_whitespace().collect()
}
