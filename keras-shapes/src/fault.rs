//! All that can be wrong with a layer on images, for the layer itself. The sentences go on from its name.

use crate::image::{channels_text, dilation_text, groups_text, image_text};
use crate::window::cropping_window;
use crate::{Dims, Text, Window, strict_text, window_text, zero_text};

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

/// What is wrong with a convolution of each channel by itself. The sentence goes on from the layer's name.
#[must_use]
pub const fn depthwise2d_fault(from: Dims, window: Window, strict: bool, multiplier: usize) -> Option<Text> {
    let zero = if multiplier == 0 { Some(zero_text("depth_multiplier")) } else { None };
    let own = first(zero, first(window_zero(window, "kernel_size"), dilation_text(IT, window)));
    first(own, first(image_text(IT, BEFORE, from), placed(from, window, strict)))
}

/// What is wrong with a convolution in two steps. The sentence goes on from the layer's name.
#[must_use]
pub const fn separable2d_fault(
    from: Dims,
    window: Window,
    strict: bool,
    channels: usize,
    filters: usize,
    multiplier: usize,
) -> Option<Text> {
    let zero = if multiplier == 0 { Some(zero_text("depth_multiplier")) } else { None };
    first(zero, conv2d_fault(from, window, strict, channels, filters, 1))
}

/// What is wrong with a pool that is given `from`. The sentence goes on from the layer's name.
#[must_use]
pub const fn pool2d_fault(from: Dims, window: Window, strict: bool) -> Option<Text> {
    let own = window_zero(window, "pool_size");
    first(own, first(image_text(IT, BEFORE, from), placed(from, window, strict)))
}

/// What is wrong with a cropping. The sentence goes on from the layer's name.
#[must_use]
pub const fn crop2d_fault(from: Dims, cropping: [[usize; 2]; 2]) -> Option<Text> {
    first(image_text(IT, BEFORE, from), placed(from, cropping_window(cropping), false))
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
        says(depthwise2d_fault(IMAGE, window(3, 1, 1, false), false, 0), "depth_multiplier cannot be 0");
        says(depthwise2d_fault(IMAGE, window(3, 0, 1, false), false, 1), "strides cannot be 0");
        assert!(depthwise2d_fault(IMAGE, window(3, 1, 1, false), false, 2).is_none());
        assert!(depthwise2d_fault(Dims::new([784]), window(3, 1, 1, false), false, 2).is_some());
        let separable = |channels, multiplier| {
            separable2d_fault(IMAGE, window(3, 1, 1, false), false, channels, 16, multiplier)
        };
        says(separable(8, 0), "depth_multiplier cannot be 0");
        says(separable(4, 2), "it takes 4 channels, but the layer before gives 8");
        assert!(separable(8, 2).is_none());
        assert!(crop2d_fault(IMAGE, [[13, 13], [0, 27]]).is_none());
        says(
            crop2d_fault(IMAGE, [[13, 14], [0, 0]]),
            "it needs an image of 28×1 or larger, but the layer before gives 27×28",
        );
        assert!(upsample2d_fault(IMAGE, [2, 0]).is_some());
        assert!(image_fault(IMAGE).is_none());
    }
}
