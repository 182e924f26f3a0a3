use keras_shapes::{
    Dims, Text, Window, channels_text, cropping_window, dilation_text, groups_fit, groups_text, image_text,
    strict_axis, strict_help, strict_lack, strict_text, window_axis, window_help, window_text,
};

use super::{Line, nonzero, stop, walked};

/// A size of a layer that must be given an image, where the macro does not know what it is given.
#[track_caller]
pub const fn image<T: Copy>(who: &str, before: &str, from: Dims, walk: &[Line<'_>], have: T) -> T {
    if let Some(text) = image_text(who, before, from) {
        let text = walked(text, walk, Text::new("(height, width, channels)"), from);
        stop(text.str("\nhelp: put a `Reshape<HEIGHT, WIDTH, CHANNELS>` before it"))
    }
    have
}

/// A convolution's channels, which must be those of the image. `shown` is the const's name, if it is one.
#[track_caller]
pub const fn channels(
    who: &str,
    before: &str,
    from: Dims,
    walk: &[Line<'_>],
    have: usize,
    shown: &str,
) -> usize {
    if from.rank != 3 || have == 0 {
        return have;
    }
    if from.numel() == 0 {
        return from.last();
    }
    if let Some(text) = channels_text(who, before, have, from) {
        let text = walked(text, walk, Text::new("").dims(from.with_last(have)), from);
        stop(if shown.is_empty() {
            text.str("\nhelp: write `").num(from.last()).str("`, or `_` to have it inferred")
        } else {
            let text = text.str("\nhelp: make `").str(shown).str("` equal to ").num(from.last());
            text.str(", or write `_` to have it inferred")
        })
    }
    have
}

/// One of two sides that are at least 1. `what` is the option that they are given by.
#[track_caller]
pub const fn side(who: &str, what: &str, sides: [usize; 2], axis: usize) -> usize {
    // One size that is meant for both is reported once.
    if axis == 1 && sides[0] == 0 { sides[1] } else { nonzero(who, what, sides[axis]) }
}

/// A side of a window, which must fit on the image.
#[track_caller]
pub const fn window(
    who: &str,
    before: &str,
    from: Dims,
    walk: &[Line<'_>],
    window: Window,
    axis: usize,
    shown: &str,
) -> usize {
    if let Some(at) = window_axis(window, from)
        && at == axis
        && let Some(text) = window_text(who, before, window, from)
        && let Some(help) = window_help(window, from, shown)
    {
        let [h, w] = window.span();
        let text =
            walked(text, walk, Text::new("").dims(Dims::new([h, w, from.last()])).str(" or larger"), from);
        stop(text.str("\nhelp: ").str(help.as_str()))
    }
    window.size[axis]
}

/// The first size of a cropping, which must leave something.
#[track_caller]
pub const fn cropped(
    who: &str,
    before: &str,
    from: Dims,
    walk: &[Line<'_>],
    cropping: [[usize; 2]; 2],
) -> usize {
    let window = cropping_window(cropping);
    if let Some(text) = window_text(who, before, window, from) {
        let [h, w] = window.size;
        let wants = Text::new("").dims(Dims::new([h, w, from.last()])).str(" or larger");
        stop(walked(text, walk, wants, from).str("\nhelp: take fewer rows and columns away"))
    }
    cropping[0][0]
}

/// A stride of a window that must leave nothing over.
#[track_caller]
pub const fn strict(
    who: &str,
    before: &str,
    from: Dims,
    walk: &[Line<'_>],
    window: Window,
    axis: usize,
) -> usize {
    if let Some(at) = strict_axis(window, from)
        && at == axis
        && let Some(text) = strict_text(who, before, window, from)
    {
        let [rows, columns] = strict_lack(window, from);
        let whole =
            Dims::new([from.d[0].saturating_add(rows), from.d[1].saturating_add(columns), from.last()]);
        let text = walked(text, walk, Text::new("").dims(whole), from);
        stop(text.str("\nhelp: ").str(strict_help(window, from).as_str()))
    }
    window.strides[axis]
}

/// A dilation rate, which cannot go with strides.
#[track_caller]
pub const fn dilation(who: &str, window: Window, axis: usize) -> usize {
    if axis == 0
        && let Some(text) = dilation_text(who, window)
    {
        stop(text.str("\nhelp: write `strides = 1` or `dilation_rate = 1`"))
    }
    window.dilation[axis]
}

/// The groups of a convolution. `shown` is the const's name, if it is one.
#[track_caller]
pub const fn groups(who: &str, have: usize, channels: usize, filters: usize, shown: &str) -> usize {
    let text = match groups_text(who, nonzero(who, "groups", have), channels, "channel") {
        Some(text) => Some(text),
        None => groups_text(who, have, filters, "filter"),
    };
    if let Some(text) = text {
        let fit = groups_fit(have, channels, filters);
        stop(if shown.is_empty() {
            text.str("\nhelp: write `").num(fit).str("`, say")
        } else {
            text.str("\nhelp: make `").str(shown).str("` ").num(fit).str(", say")
        })
    }
    have
}
