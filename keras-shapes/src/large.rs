use crate::{Dims, Text};

/// More numbers than this have more bytes than an array can, where each takes 8.
pub const MOST: usize = isize::MAX as usize / 8;

/// What is said of a layer with too many parameters; `None` if their bytes can be addressed.
///
/// ```
/// use keras_shapes::params_text;
/// assert!(params_text("layer 1", 6464).is_none());
/// let text = params_text("layer 1", usize::MAX).unwrap();
/// assert_eq!(text.as_str(), "layer 1: too many parameters for any memory");
/// ```
#[must_use]
pub const fn params_text(who: &str, params: usize) -> Option<Text> {
    if params <= MOST { None } else { Some(Text::new(who).str(": too many parameters for any memory")) }
}

/// What is said of a shape with too many numbers.
#[must_use]
pub const fn numel_text(who: &str, dims: Dims) -> Option<Text> {
    if dims.numel() <= MOST {
        return None;
    }
    Some(Text::new(who).str(": a sample of shape ").dims(dims).str(" is too large for any memory"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_addressed_passes() {
        assert!(params_text("layer 1", MOST).is_none());
        assert!(params_text("layer 1", MOST + 1).is_some());
        assert!(numel_text("layer 1", Dims::new([MOST])).is_none());
        let text = numel_text("layer 1", Dims::new([MOST, 2])).unwrap();
        assert!(
            text.as_str().starts_with("layer 1: a sample of shape (1152921504606846975, 2) is too large")
        );
    }
}
