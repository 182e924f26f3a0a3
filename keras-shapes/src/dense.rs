use crate::{Dims, Text};

/// How a dense layer and what comes in fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DenseFit {
    /// They do.
    Fits,
    /// It takes another number of features.
    Width,
    /// It takes flat features, but is given an image or the like.
    Flat,
}

/// Whether a dense layer that takes `inputs` features can stand behind `from`.
///
/// It works on the last dimension, at every position of a sequence or an image, as in Keras. A size
/// that is not the last dimension of an image is more likely a forgotten `Flatten` than a wrong number.
///
/// ```
/// use keras_shapes::{DenseFit, Dims, dense_fit};
/// assert_eq!(dense_fit(64, Dims::new([64])), DenseFit::Fits);
/// assert_eq!(dense_fit(8, Dims::new([26, 26, 8])), DenseFit::Fits);
/// assert_eq!(dense_fit(32, Dims::new([64])), DenseFit::Width);
/// assert_eq!(dense_fit(5408, Dims::new([26, 26, 8])), DenseFit::Flat);
/// ```
#[must_use]
pub const fn dense_fit(inputs: usize, from: Dims) -> DenseFit {
    if from.rank == 0 || from.rank > 3 {
        DenseFit::Flat
    } else if inputs == from.last() {
        DenseFit::Fits
    } else if from.rank == 3 || from.rank == 2 && inputs == from.numel() {
        DenseFit::Flat
    } else {
        DenseFit::Width
    }
}

/// What is said when they do not fit; `None` if they do.
#[must_use]
pub const fn dense_text(who: &str, before: &str, inputs: usize, from: Dims) -> Option<Text> {
    let text = Text::new(who);
    match dense_fit(inputs, from) {
        DenseFit::Fits => None,
        DenseFit::Width => {
            let text = text.str(" takes ").count(inputs, "feature");
            let text = if from.rank > 1 { text.str(" at every position") } else { text };
            let text = text.str(", but ").str(before).str(" gives ").num(from.last());
            Some(if from.rank > 1 { text.str(" in shape ").dims(from) } else { text })
        }
        DenseFit::Flat => {
            Some(text.str(" takes flat features, but ").str(before).str(" gives shape ").dims(from))
        }
    }
}

/// What is said when a dense layer's inputs cannot be inferred from what comes in: they can be from
/// flat features only, so that a forgotten `Flatten` does not go unnoticed.
#[must_use]
pub const fn infer_text(who: &str, before: &str, from: Dims) -> Option<Text> {
    if from.rank == 1 {
        return None;
    }
    let text = Text::new(who).str(": `_` is inferred from flat features only, but ");
    Some(text.str(before).str(" gives shape ").dims(from))
}

/// Why a dense layer of these sizes makes no sense.
#[must_use]
pub const fn dense_inputs_fault(inputs: usize, units: usize) -> Option<Text> {
    if inputs == 0 {
        Some(crate::zero_text("inputs"))
    } else if units == 0 {
        Some(crate::zero_text("units"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_name_both_layers_and_sizes() {
        let say =
            |inputs, from| dense_text("layer 2", "layer 1", inputs, from).map(|t| t.as_str().to_owned());
        assert_eq!(say(64, Dims::new([64])), None);
        assert_eq!(say(32, Dims::new([64])).unwrap(), "layer 2 takes 32 features, but layer 1 gives 64");
        assert_eq!(say(1, Dims::new([64])).unwrap(), "layer 2 takes 1 feature, but layer 1 gives 64");
        assert_eq!(
            say(4, Dims::new([10, 8])).unwrap(),
            "layer 2 takes 4 features at every position, but layer 1 gives 8 in shape (10, 8)"
        );
        assert_eq!(
            say(80, Dims::new([10, 8])).unwrap(),
            "layer 2 takes flat features, but layer 1 gives shape (10, 8)"
        );
    }

    #[test]
    fn only_flat_features_are_inferred() {
        assert!(infer_text("layer 2", "layer 1", Dims::new([7])).is_none());
        assert_eq!(
            infer_text("layer 2", "layer 1", Dims::new([2, 3])).unwrap().as_str(),
            "layer 2: `_` is inferred from flat features only, but layer 1 gives shape (2, 3)"
        );
    }
}
