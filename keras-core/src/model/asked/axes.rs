use keras_shapes::{Dims, MOST_AXES, axes_text, halved_text};

use super::stop;

/// A layer works along axes that there are.
#[track_caller]
pub const fn along(who: &str, axes: [isize; MOST_AXES], from: Dims) {
    if from.numel() > 0
        && let Some(text) = axes_text(who, axes, from)
    {
        stop(text.str("\nhelp: make it -1, the last one"))
    }
}

/// The size of an axis has a half.
#[track_caller]
pub const fn half(who: &str, axis: isize, from: Dims) {
    if from.numel() > 0
        && let Some(text) = halved_text(who, axis, from)
    {
        stop(text.str("\nhelp: make it even, or halve another axis"))
    }
}
