use core::cmp::Ordering;
use core::ops::Index;
use std::collections::HashMap;

/// The classes of a column of text, in order: class number 0 is the first.
///
/// They are sorted, as numbers if they all are numbers and else as text, so that they do not depend
/// on the order of the rows. [`Table::categories`](crate::data::Table::categories) makes them.
///
/// ```
/// use keras_core::data::Categories;
///
/// let species = Categories::new(["cat", "ant", "cat"]);
/// assert_eq!(species.len(), 2);
/// assert_eq!((species.number("cat"), species.number("dog")), (Some(1), None));
/// assert_eq!(&species[0], "ant");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Categories {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Categories {
    /// The different ones of these names, sorted.
    pub fn new<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        let mut names: Vec<String> = names.into_iter().map(Into::into).collect();
        names.sort_unstable();
        names.dedup();
        let value = |name: &String| name.parse::<f64>().ok().filter(|v| v.is_finite());
        if names.iter().all(|name| value(name).is_some()) {
            // Stable, so that `1` and `1.0`, which stay two classes, keep their order.
            names.sort_by(|a, b| value(a).partial_cmp(&value(b)).unwrap_or(Ordering::Equal));
        }
        let numbers = names.iter().cloned().zip(0..).collect();
        Self { names, numbers }
    }

    /// How many classes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names, by number.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name of a class number; `categories[number]` is the same and panics if there is none.
    #[must_use]
    pub fn name(&self, number: usize) -> Option<&str> {
        self.names.get(number).map(String::as_str)
    }

    /// The number of a class.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }
}

impl Index<usize> for Categories {
    type Output = str;

    fn index(&self, number: usize) -> &str {
        &self.names[number]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_as_text_or_as_numbers() {
        assert_eq!(Categories::new(["b", "10", "a", "9", "b"]).names(), ["10", "9", "a", "b"]);
        assert_eq!(Categories::new(["10", "9", "-1", "9"]).names(), ["-1", "9", "10"]);
        assert_eq!(Categories::new(["nan", "2", "10"]).names(), ["10", "2", "nan"]);
        assert!(Categories::new(Vec::<String>::new()).is_empty());
    }

    #[test]
    fn names_and_numbers() {
        let classes = Categories::new(["x", "y"]);
        assert_eq!((classes.name(1), classes.name(2)), (Some("y"), None));
        assert_eq!((classes.number("x"), classes.number("z")), (Some(0), None));
    }
}
