//! How a window fits on an image.

use crate::window::image;
use crate::{Dims, Text, Window};

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
    let text = text.str(" or larger");
    let text = match window.dilation {
        [0 | 1, 0 | 1] => text,
        rate => {
            let text = by(text.str(" ("), window.size).str(" pixels that lie ");
            (if rate[0] == rate[1] { text.num(rate[0]) } else { by(text, rate) }).str(" apart)")
        }
    };
    Some(by(text.str(", but ").str(before).str(" gives "), image(from)))
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

/// `5×5`
const fn by(text: Text, size: [usize; 2]) -> Text {
    text.num(size[0]).str("×").num(size[1])
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
            window_text("layer 2", "layer 1", window(15, 1, 2, false), IMAGE),
            "layer 2 needs an image of 29×29 or larger (15×15 pixels that lie 2 apart), but layer 1 gives 27×28",
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
    }
}
