//! What Keras calls its things, each name once: the macros look them up while they expand, `keras-core`
//! when a program runs.

mod activations;
mod constraints;
mod initializers;
mod losses;
mod metrics;
mod optimizers;
mod regularizers;
mod schedules;
mod spelling;

pub use activations::ACTIVATIONS;
pub use constraints::CONSTRAINTS;
pub use initializers::INITIALIZERS;
pub use losses::LOSSES;
pub use metrics::METRICS;
pub use optimizers::OPTIMIZERS;
pub use regularizers::REGULARIZERS;
pub use schedules::SCHEDULES;
pub use spelling::{folded, nearest, slips};

/// One thing that Keras names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its type in `keras-core`: `MeanSquaredError`.
    pub class: &'static str,
    /// Its name in words: `mean_squared_error`.
    pub name: &'static str,
    /// What else Keras calls it: `mse`.
    pub aliases: &'static [&'static str],
    /// How it is written where its name alone does not say enough.
    pub usage: Option<&'static str>,
}

impl Name {
    const fn new(class: &'static str, name: &'static str) -> Self {
        Self { class, name, aliases: &[], usage: None }
    }

    const fn or(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    const fn written(self, usage: &'static str) -> Self {
        Self { usage: Some(usage), ..self }
    }

    /// All that it is called; its name comes first.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> {
        [self.name, self.class].into_iter().chain(self.aliases.iter().copied())
    }
}

/// All things of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// What one of them is called: `optimizer`.
    pub what: &'static str,
    /// The things.
    pub all: &'static [Name],
}

impl Names {
    /// The thing of this name, whatever its case and with or without underscores.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<&'static Name> {
        let word = folded(word);
        self.all.iter().find(|name| name.spellings().any(|spelling| folded(spelling) == word))
    }

    /// The name that was probably meant: the one that is the fewest slips away, if these are fewer than half
    /// of its letters. It is spelt as the word is: in words, or as a class.
    #[must_use]
    pub fn nearest(&self, word: &str) -> Option<&'static str> {
        let is_class = word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
        let spellings = self.all.iter().flat_map(|name| {
            let (first, second) = if is_class { (name.class, name.name) } else { (name.name, name.class) };
            [first, second].into_iter().chain(name.aliases.iter().copied())
        });
        nearest(word, spellings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Names; 8] =
        [ACTIVATIONS, CONSTRAINTS, INITIALIZERS, LOSSES, METRICS, OPTIMIZERS, REGULARIZERS, SCHEDULES];

    #[test]
    fn every_spelling_finds_its_own() {
        for names in ALL {
            for name in names.all {
                for spelling in name.spellings() {
                    assert_eq!(names.find(spelling), Some(name), "{}: {spelling}", names.what);
                    assert_eq!(names.find(&spelling.to_uppercase()), Some(name), "{spelling}");
                }
            }
        }
    }

    #[test]
    fn slips_are_answered_with_what_was_meant() {
        for (names, word, meant) in [
            (OPTIMIZERS, "adma", "adam"),
            (OPTIMIZERS, "Addam", "Adam"),
            (OPTIMIZERS, "rmspop", "rmsprop"),
            (LOSSES, "msse", "mse"),
            (LOSSES, "MeanSquareError", "MeanSquaredError"),
            (LOSSES, "sparse_categorical_cross_entropies", "sparse_categorical_crossentropy"),
            (METRICS, "acuracy", "accuracy"),
            (INITIALIZERS, "glorot_unifrom", "glorot_uniform"),
            (REGULARIZERS, "l3", "l1"),
        ] {
            assert_eq!(names.nearest(word), Some(meant), "{word}");
            assert_eq!(names.find(word), None, "{word}");
        }
        for word in ["", "gradient descent", "xyz"] {
            assert_eq!(OPTIMIZERS.nearest(word), None, "{word}");
        }
    }
}
