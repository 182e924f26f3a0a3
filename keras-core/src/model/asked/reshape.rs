use keras_shapes::{Dims, Text, hole_text, reshape_text};

use super::{Line, stop, walked};

/// What `_` stands for in a reshape whose other sizes multiply to `others`.
#[track_caller]
pub const fn hole(
    who: &str,
    before: &str,
    from: Dims,
    walk: &[Line<'_>],
    others: usize,
    shown: &str,
) -> usize {
    if from.numel() == 0 {
        return 0;
    }
    if let Some(text) = hole_text(who, before, from, others) {
        let text = walked(text, walk, Text::new(shown), from);
        stop(text.str("\nhelp: write sizes that multiply to ").num(from.numel()))
    }
    fill(from, others)
}

/// The same, or 0: for the shape after it, when the mistake has been reported.
pub const fn fill(from: Dims, others: usize) -> usize {
    match keras_shapes::hole(from, others) {
        Some(size) => size,
        None => 0,
    }
}

/// A reshape must keep the number of elements.
#[track_caller]
pub const fn reshape(who: &str, before: &str, from: Dims, walk: &[Line<'_>], to: Dims) {
    if from.numel() == 0 {
        return;
    }
    if let Some(text) = reshape_text(who, before, from, to) {
        let text = walked(text, walk, Text::new("").dims(to), from);
        stop(text.str("\nhelp: write sizes that multiply to ").num(from.numel()))
    }
}
