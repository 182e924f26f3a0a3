//! What can be wrong with a layer that works on images, each as a sentence. `who` is the layer and
//! `before` what it is given its input by.

use crate::{Dims, Text, Window};

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
        says(groups_text("layer 2", 3, 8, "channel"), "layer 2 cannot divide 8 channels into 3 groups");
        let both = Window { strides: [2, 1], ..window(3, 1, 2, false) };
        says(
            dilation_text("layer 2", both),
            "layer 2 cannot have strides of (2, 1) and a dilation rate of 2 together",
        );
    }

    #[test]
    fn groups_divide_both() {
        assert_eq!(groups_fit(3, 8, 12), 2);
        assert_eq!(groups_fit(9, 4, 8), 4);
        assert_eq!(groups_fit(0, 0, 8), 1);
    }
}
