//! What can be wrong with a layer that works on images, each as a sentence. `who` is the layer and
//! `before` what it is given its input by.

use crate::window::image;
use crate::{Dims, Text, Window, zero_text};

/// Anything but an image (height, width, channels).
#[must_use]
pub const fn image_text(who: &str, before: &str, from: Dims) -> Option<Text> {
    if from.rank == 3 {
        return None;
    }
    Some(image_words(who, before).dims(from))
}

/// The same up to the shape, for one of which the sizes are not known.
#[must_use]
pub const fn image_words(who: &str, before: &str) -> Text {
    Text::new(who).str(" takes an image (height, width, channels), but ").str(before).str(" gives shape ")
}

/// An image of other channels than the layer takes.
#[must_use]
pub const fn channels_text(who: &str, before: &str, channels: usize, from: Dims) -> Option<Text> {
    if channels == from.last() {
        return None;
    }
    let text = Text::new(who).str(" takes ").count(channels, "channel").str(", but ");
    Some(text.str(before).str(" gives ").num(from.last()))
}

/// Where a window is larger than the image: 0 for its height, 1 for its width. `None` also where a
/// size is 0, which is another mistake.
#[must_use]
pub const fn window_axis(window: Window, from: Dims) -> Option<usize> {
    let (span, image) = (window.span(), image(from));
    if window.same || span[0] == 0 || span[1] == 0 || image[0] == 0 || image[1] == 0 {
        None
    } else if span[0] > image[0] {
        Some(0)
    } else if span[1] > image[1] {
        Some(1)
    } else {
        None
    }
}

/// A window that is larger than the image.
#[must_use]
pub const fn window_text(who: &str, before: &str, window: Window, from: Dims) -> Option<Text> {
    if window_axis(window, from).is_none() {
        return None;
    }
    let text = by(Text::new(who).str(" needs an image of "), window.span());
    Some(by(text.str(" or larger, but ").str(before).str(" gives "), image(from)))
}

/// What to write instead of its size, which is `shown` if it is a const.
#[must_use]
pub const fn window_help(window: Window, from: Dims, shown: &str) -> Option<Text> {
    let Some(axis) = window_axis(window, from) else { return None };
    let image = image(from);
    let most = most(window, image, axis);
    let other = self::most(window, image, 1 - axis);
    // One size is meant for both.
    let most = if window.size[0] == window.size[1] && other < most { other } else { most };
    let text = if shown.is_empty() {
        Text::new("write `").num(most).str("`")
    } else {
        Text::new("make `").str(shown).str("` ").num(most)
    };
    Some(text.str(if most > 1 { " or less" } else { "" }).str(", or add `padding = Same`"))
}

/// The largest size that fits.
const fn most(window: Window, image: [usize; 2], axis: usize) -> usize {
    let dilation = if window.dilation[axis] == 0 { 1 } else { window.dilation[axis] };
    (image[axis] - 1) / dilation + 1
}

/// Where strides leave something over: 0 for rows, 1 for columns.
#[must_use]
pub const fn strict_axis(window: Window, from: Dims) -> Option<usize> {
    match window.left_over(image(from)) {
        [0, 0] => None,
        [0, _] => Some(1),
        _ => Some(0),
    }
}

/// Strides that leave rows or columns over, where that is not wanted.
#[must_use]
pub const fn strict_text(who: &str, before: &str, window: Window, from: Dims) -> Option<Text> {
    let Some(axis) = strict_axis(window, from) else { return None };
    let what = if axis == 0 { "row" } else { "column" };
    let (rest, have) = (window.left_over(image(from))[axis], image(from)[axis]);
    let (span, stride) = (window.span()[axis], window.strides[axis]);
    let text = Text::new(who);
    let text = if window.same {
        let text = text.str(" goes past the ").count(have, what);
        text.str(" that ").str(before).str(" gives by ").num(rest)
    } else {
        let text = text.str(" leaves over ").num(rest).str(" of the ").count(have, what);
        text.str(" that ").str(before).str(" gives")
    };
    let text = text.str(": the stride ").num(stride).str(" does not divide ").num(have);
    Some(if window.same { text } else { text.str(" - ").num(span).str(" = ").num(have - span) })
}

/// The rows below and the columns on the right that an image lacks for strides to leave nothing over.
#[must_use]
pub const fn strict_lack(window: Window, from: Dims) -> [usize; 2] {
    let [rows, columns] = window.left_over(image(from));
    if window.same || rows == 0 && columns == 0 {
        return [rows, columns];
    }
    let rows = if rows == 0 { 0 } else { window.strides[0] - rows };
    [rows, if columns == 0 { 0 } else { window.strides[1] - columns }]
}

/// What to write so that strides leave nothing over.
#[must_use]
pub const fn strict_help(window: Window, from: Dims) -> Text {
    let [rows, columns] = strict_lack(window, from);
    let text = Text::new("put `ZeroPadding2D<((0, ").num(rows).str("), (0, ").num(columns);
    text.str("))>` before it, or leave out `strict = true`")
}

/// Strides and a dilation together, which Keras has not.
#[must_use]
pub const fn dilation_text(who: &str, window: Window) -> Option<Text> {
    let ([sh, sw], [dh, dw]) = (window.strides, window.dilation);
    if (sh <= 1 && sw <= 1) || (dh <= 1 && dw <= 1) {
        return None;
    }
    let text = pair(Text::new(who).str(" cannot have strides of "), window.strides);
    Some(pair(text.str(" and a dilation rate of "), window.dilation).str(" together"))
}

/// Groups that do not divide what is `counted`: "channel", "filter".
#[must_use]
pub const fn groups_text(who: &str, groups: usize, count: usize, counted: &str) -> Option<Text> {
    if groups > 0 && count.is_multiple_of(groups) {
        return None;
    }
    let text = Text::new(who).str(" cannot divide ").count(count, counted);
    Some(text.str(" into ").count(groups, "group"))
}

/// The largest number of groups up to `groups` that divides both.
#[must_use]
pub const fn groups_fit(groups: usize, channels: usize, filters: usize) -> usize {
    let mut fit = if groups < channels { groups } else { channels };
    while fit > 1 && !(channels.is_multiple_of(fit) && filters.is_multiple_of(fit)) {
        fit -= 1;
    }
    if fit == 0 { 1 } else { fit }
}

/// What is wrong with a convolution that is given `from`. The sentence goes on from the layer's name.
#[must_use]
pub const fn conv2d_fault(
    from: Dims,
    window: Window,
    strict: bool,
    channels: usize,
    filters: usize,
    groups: usize,
) -> Option<Text> {
    let zero = match (channels, filters, groups) {
        (0, _, _) => Some(zero_text("channels")),
        (_, 0, _) => Some(zero_text("filters")),
        (_, _, 0) => Some(zero_text("groups")),
        _ => None,
    };
    let own = first(zero, first(window_zero(window, "kernel_size"), dilation_text(IT, window)));
    let own = first(own, groups_text(IT, groups, channels, "channel"));
    let own = first(own, groups_text(IT, groups, filters, "filter"));
    let given = first(image_text(IT, BEFORE, from), channels_text(IT, BEFORE, channels, from));
    first(own, first(given, placed(from, window, strict)))
}

/// What is wrong with a pool that is given `from`. The sentence goes on from the layer's name.
#[must_use]
pub const fn pool2d_fault(from: Dims, window: Window, strict: bool) -> Option<Text> {
    let own = window_zero(window, "pool_size");
    first(own, first(image_text(IT, BEFORE, from), placed(from, window, strict)))
}

/// What is wrong with an upsampling. The sentence goes on from the layer's name.
#[must_use]
pub const fn upsample2d_fault(from: Dims, size: [usize; 2]) -> Option<Text> {
    let zero = if size[0] == 0 || size[1] == 0 { Some(zero_text("size")) } else { None };
    first(zero, image_text(IT, BEFORE, from))
}

/// What is wrong with any other layer on images. The sentence goes on from the layer's name.
#[must_use]
pub const fn image_fault(from: Dims) -> Option<Text> {
    image_text(IT, BEFORE, from)
}

const IT: &str = "it";
const BEFORE: &str = "the layer before";

const fn placed(from: Dims, window: Window, strict: bool) -> Option<Text> {
    let strict = if strict { strict_text(IT, BEFORE, window, from) } else { None };
    first(window_text(IT, BEFORE, window, from), strict)
}

const fn window_zero(window: Window, size: &str) -> Option<Text> {
    let ([h, w], [sh, sw], [dh, dw]) = (window.size, window.strides, window.dilation);
    if h == 0 || w == 0 {
        Some(zero_text(size))
    } else if sh == 0 || sw == 0 {
        Some(zero_text("strides"))
    } else if dh == 0 || dw == 0 {
        Some(zero_text("dilation_rate"))
    } else {
        None
    }
}

const fn first(a: Option<Text>, b: Option<Text>) -> Option<Text> {
    if a.is_some() { a } else { b }
}

/// `5×5`
const fn by(text: Text, size: [usize; 2]) -> Text {
    text.num(size[0]).str("×").num(size[1])
}

/// As it is written: `2`, `(2, 3)`.
const fn pair(text: Text, pair: [usize; 2]) -> Text {
    if pair[0] == pair[1] { text.num(pair[0]) } else { text.dims(Dims::new(pair)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMAGE: Dims = Dims::new([27, 28, 8]);

    fn window(size: usize, stride: usize, dilation: usize, same: bool) -> Window {
        Window { size: [size; 2], strides: [stride; 2], dilation: [dilation; 2], same }
    }

    #[track_caller]
    fn says(text: Option<Text>, sentence: &str) {
        assert_eq!(text.unwrap().as_str(), sentence);
    }

    #[test]
    fn sentences_have_both_numbers() {
        says(
            image_text("layer 2", "layer 1", Dims::new([784])),
            "layer 2 takes an image (height, width, channels), but layer 1 gives shape (784)",
        );
        says(channels_text("layer 2", "layer 1", 3, IMAGE), "layer 2 takes 3 channels, but layer 1 gives 8");
        says(
            window_text("layer 2", "layer 1", window(15, 1, 2, false), IMAGE),
            "layer 2 needs an image of 29×29 or larger, but layer 1 gives 27×28",
        );
        says(
            strict_text("layer 2", "layer 1", window(2, 2, 1, false), IMAGE),
            "layer 2 leaves over 1 of the 27 rows that layer 1 gives: the stride 2 does not divide 27 - 2 = 25",
        );
        says(
            strict_text("layer 2", "layer 1", window(3, 2, 1, false), IMAGE),
            "layer 2 leaves over 1 of the 28 columns that layer 1 gives: the stride 2 does not divide 28 - 3 = 25",
        );
        says(
            strict_text("layer 2", "layer 1", window(3, 2, 1, true), IMAGE),
            "layer 2 goes past the 27 rows that layer 1 gives by 1: the stride 2 does not divide 27",
        );
        says(groups_text("layer 2", 3, 8, "channel"), "layer 2 cannot divide 8 channels into 3 groups");
        let both = Window { strides: [2, 1], ..window(3, 1, 2, false) };
        says(
            dilation_text("layer 2", both),
            "layer 2 cannot have strides of (2, 1) and a dilation rate of 2 together",
        );
    }

    #[test]
    fn helps_fit() {
        let help = |window, shown| window_help(window, IMAGE, shown);
        says(help(window(30, 1, 1, false), ""), "write `27` or less, or add `padding = Same`");
        says(help(window(15, 1, 2, false), "SIZE"), "make `SIZE` 14 or less, or add `padding = Same`");
        for (size, stride, same) in [(2, 2, false), (3, 2, false), (3, 2, true), (5, 3, false), (2, 5, true)]
        {
            let window = window(size, stride, 1, same);
            let [rows, columns] = strict_lack(window, IMAGE);
            assert_eq!(window.left_over([27 + rows, 28 + columns]), [0, 0], "{window:?}");
            assert!(rows < stride && columns < stride);
        }
        let odd = strict_help(window(2, 2, 1, false), IMAGE);
        assert_eq!(
            odd.as_str(),
            "put `ZeroPadding2D<((0, 1), (0, 0))>` before it, or leave out `strict = true`"
        );
        assert_eq!(groups_fit(3, 8, 12), 2);
        assert_eq!(groups_fit(9, 4, 8), 4);
        assert_eq!(groups_fit(0, 0, 8), 1);
    }

    #[test]
    fn faults_go_on_from_the_name() {
        let fault = |window, strict, channels, filters, groups| {
            conv2d_fault(IMAGE, window, strict, channels, filters, groups)
        };
        assert!(fault(window(3, 1, 1, false), true, 8, 16, 4).is_none());
        assert!(fault(window(3, 1, 3, true), true, 8, 16, 1).is_none());
        says(fault(window(0, 1, 1, false), false, 8, 16, 1), "kernel_size cannot be 0");
        says(fault(window(3, 0, 1, false), false, 8, 16, 1), "strides cannot be 0");
        says(fault(window(3, 1, 0, false), false, 8, 16, 1), "dilation_rate cannot be 0");
        says(fault(window(3, 1, 1, false), false, 8, 16, 0), "groups cannot be 0");
        says(fault(window(3, 1, 1, false), false, 8, 0, 1), "filters cannot be 0");
        says(fault(window(3, 1, 1, false), false, 8, 15, 2), "it cannot divide 15 filters into 2 groups");
        says(
            fault(window(3, 1, 1, false), false, 4, 16, 1),
            "it takes 4 channels, but the layer before gives 8",
        );
        says(
            pool2d_fault(IMAGE, window(30, 1, 1, false), false),
            "it needs an image of 30×30 or larger, but the layer before gives 27×28",
        );
        assert!(pool2d_fault(IMAGE, window(2, 2, 1, false), false).is_none());
        assert!(pool2d_fault(IMAGE, window(2, 2, 1, false), true).is_some());
        assert!(upsample2d_fault(IMAGE, [2, 0]).is_some());
        assert!(image_fault(IMAGE).is_none());
    }
}
