use crate::{Dims, Text};

/// What `Flatten` makes: all elements in a row.
///
/// ```
/// use keras_shapes::{Dims, flatten};
/// assert_eq!(flatten(Dims::new([28, 28, 1])), Dims::new([784]));
/// ```
#[must_use]
pub const fn flatten(from: Dims) -> Dims {
    Dims::new([from.numel()])
}

/// Whether a sample of one shape can be read as one of another.
#[must_use]
pub const fn reshape_fits(from: Dims, to: Dims) -> bool {
    from.numel() == to.numel()
}

/// What is said when it cannot.
#[must_use]
pub const fn reshape_text(who: &str, before: &str, from: Dims, to: Dims) -> Option<Text> {
    if reshape_fits(from, to) {
        return None;
    }
    let text = Text::new(who).str(" makes ").count(to.numel(), "element").str(" of shape ").dims(to);
    Some(text.str(", but ").str(before).str(" gives ").num(from.numel()).str(" of shape ").dims(from))
}

/// The size that `_` stands for in `Reshape<7, _, 16>`: what is left of the elements of `from` when
/// the other sizes multiply to `others`. `None` if they do not divide.
///
/// ```
/// use keras_shapes::{Dims, hole};
/// assert_eq!(hole(Dims::new([784]), 7 * 16), Some(7));
/// assert_eq!(hole(Dims::new([784]), 10), None);
/// ```
#[must_use]
pub const fn hole(from: Dims, others: usize) -> Option<usize> {
    let numel = from.numel();
    if others == 0 || numel == 0 || !numel.is_multiple_of(others) { None } else { Some(numel / others) }
}

/// What is said when there is no such size.
#[must_use]
pub const fn hole_text(who: &str, before: &str, from: Dims, others: usize) -> Option<Text> {
    if hole(from, others).is_some() {
        return None;
    }
    let text = Text::new(who).str(": no size fits `_`, because ").str(before).str(" gives ");
    let text = text.count(from.numel(), "element").str(" of shape ").dims(from);
    Some(text.str(", which ").num(others).str(" does not divide"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_name_both_counts() {
        let text = reshape_text("layer 2", "layer 1", Dims::new([780]), Dims::new([28, 28])).unwrap();
        assert_eq!(
            text.as_str(),
            "layer 2 makes 784 elements of shape (28, 28), but layer 1 gives 780 of shape (780)"
        );
        let text = hole_text("layer 2", "layer 1", Dims::new([780]), 28).unwrap();
        assert_eq!(
            text.as_str(),
            "layer 2: no size fits `_`, because layer 1 gives 780 elements of shape (780), which 28 does not divide"
        );
        assert!(reshape_text("", "", Dims::new([4]), Dims::new([2, 2])).is_none());
        assert!(hole_text("", "", Dims::new([4]), 2).is_none());
    }
}
