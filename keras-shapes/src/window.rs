use crate::Dims;

/// A window that slides over an image: a convolution's kernel, or a pool. Pairs are height and width.
///
/// ```
/// use keras_shapes::Window;
/// const KERNEL: Window = Window { size: [3, 3], strides: [1, 1], dilation: [1, 1], same: false };
/// assert_eq!(KERNEL.output([28, 28]), [26, 26]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many pixels it looks at.
    pub size: [usize; 2],
    /// How far it goes at each step.
    pub strides: [usize; 2],
    /// How far those pixels lie apart; 1 for neighbours.
    pub dilation: [usize; 2],
    /// Whether zeros around the image make the output as large as it is (divided by the strides,
    /// rounded up); otherwise the window stays inside.
    pub same: bool,
}

impl Window {
    /// How far it reaches, from its first pixel to its last: `dilation * (size - 1) + 1`.
    #[must_use]
    pub const fn span(self) -> [usize; 2] {
        [self.span_of(0), self.span_of(1)]
    }

    /// How many places it takes on an image, as Keras counts: `ceil(h / stride)` under `same`, else
    /// `(h - span) / stride + 1`, rounded down. 0 where it does not fit, or where a size is 0.
    #[must_use]
    pub const fn output(self, image: [usize; 2]) -> [usize; 2] {
        [self.output_of(0, image[0]), self.output_of(1, image[1])]
    }

    /// How many zeros stand above and left of the image. Of an odd number under `same` the smaller
    /// half; 0 otherwise.
    #[must_use]
    pub const fn before(self, image: [usize; 2]) -> [usize; 2] {
        [self.zeros(0, image[0]) / 2, self.zeros(1, image[1]) / 2]
    }

    /// How many zeros stand below and right of it.
    #[must_use]
    pub const fn after(self, image: [usize; 2]) -> [usize; 2] {
        [self.zeros(0, image[0]).div_ceil(2), self.zeros(1, image[1]).div_ceil(2)]
    }

    /// Whether it fits on an image at least once.
    #[must_use]
    pub const fn fits(self, image: [usize; 2]) -> bool {
        let [h, w] = self.output(image);
        h > 0 && w > 0
    }

    /// The rows and columns that its last step does not reach, as the strides do not divide what
    /// remains of the image; under `same`, by how many the last step goes too far. Where it fits only.
    #[must_use]
    pub const fn left_over(self, image: [usize; 2]) -> [usize; 2] {
        [self.left_over_of(0, image[0]), self.left_over_of(1, image[1])]
    }

    const fn span_of(self, axis: usize) -> usize {
        if self.size[axis] == 0 {
            return 0;
        }
        self.dilation[axis].saturating_mul(self.size[axis] - 1).saturating_add(1)
    }

    const fn output_of(self, axis: usize, image: usize) -> usize {
        let (span, stride) = (self.span_of(axis), self.strides[axis]);
        if span == 0 || stride == 0 {
            0
        } else if self.same {
            image.div_ceil(stride)
        } else if image < span {
            0
        } else {
            (image - span) / stride + 1
        }
    }

    const fn zeros(self, axis: usize, image: usize) -> usize {
        let output = self.output_of(axis, image);
        if !self.same || output == 0 {
            return 0;
        }
        let reach = (output - 1).saturating_mul(self.strides[axis]).saturating_add(self.span_of(axis));
        reach.saturating_sub(image)
    }

    const fn left_over_of(self, axis: usize, image: usize) -> usize {
        let output = self.output_of(axis, image);
        if output == 0 {
            0
        } else if self.same {
            output.saturating_mul(self.strides[axis]) - image
        } else {
            (image - self.span_of(axis)) % self.strides[axis]
        }
    }
}

/// What a convolution makes of an image (height, width, channels). Of anything else, no pixels.
#[must_use]
pub const fn conv2d(from: Dims, window: Window, filters: usize) -> Dims {
    let [h, w] = window.output(image(from));
    Dims::new([h, w, filters])
}

/// What a convolution of each channel by itself makes of an image: `multiplier` channels of each.
#[must_use]
pub const fn depthwise2d(from: Dims, window: Window, multiplier: usize) -> Dims {
    conv2d(from, window, channels(from).saturating_mul(multiplier))
}

/// What a pool makes of an image.
///
/// ```
/// use keras_shapes::{Dims, Window, pool2d};
/// let pool = Window { size: [2, 2], strides: [2, 2], dilation: [1, 1], same: false };
/// assert_eq!(pool2d(Dims::new([27, 27, 8]), pool), Dims::new([13, 13, 8]));
/// ```
#[must_use]
pub const fn pool2d(from: Dims, window: Window) -> Dims {
    conv2d(from, window, channels(from))
}

/// An image with rows added (above, below) and columns (left, right).
#[must_use]
pub const fn pad2d(from: Dims, padding: [[usize; 2]; 2]) -> Dims {
    let ([h, w], [[top, bottom], [left, right]]) = (image(from), padding);
    let h = h.saturating_add(top).saturating_add(bottom);
    let w = w.saturating_add(left).saturating_add(right);
    Dims::new([h, w, channels(from)])
}

/// An image with rows taken away (above, below) and columns (left, right). 0 where nothing remains.
#[must_use]
pub const fn crop2d(from: Dims, cropping: [[usize; 2]; 2]) -> Dims {
    let [h, w] = cropping_window(cropping).output(image(from));
    Dims::new([h, w, channels(from)])
}

/// The window that has a place for each pixel that remains.
#[must_use]
pub const fn cropping_window([[top, bottom], [left, right]]: [[usize; 2]; 2]) -> Window {
    let size = [top.saturating_add(bottom).saturating_add(1), left.saturating_add(right).saturating_add(1)];
    Window { size, strides: [1, 1], dilation: [1, 1], same: false }
}

/// An image of which every pixel becomes so many rows and columns.
#[must_use]
pub const fn upsample2d(from: Dims, size: [usize; 2]) -> Dims {
    let [h, w] = image(from);
    Dims::new([h.saturating_mul(size[0]), w.saturating_mul(size[1]), channels(from)])
}

/// One number a channel: flat features, or an image of one pixel where the dimensions are kept.
#[must_use]
pub const fn global_pool(from: Dims, keepdims: bool) -> Dims {
    if keepdims { Dims::new([1, 1, channels(from)]) } else { Dims::new([channels(from)]) }
}

/// The height and width of a sample; no pixels where it is no image.
pub(crate) const fn image(from: Dims) -> [usize; 2] {
    if from.rank == 3 { [from.d[0], from.d[1]] } else { [0, 0] }
}

const fn channels(from: Dims) -> usize {
    if from.rank == 3 { from.d[2] } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(size: usize, stride: usize, dilation: usize, same: bool) -> Window {
        Window { size: [size; 2], strides: [stride; 2], dilation: [dilation; 2], same }
    }

    /// The places are counted one by one, and compared with the formulas.
    #[test]
    fn outputs_are_the_places_that_the_window_takes() {
        for (size, stride, dilation) in [(1, 1, 1), (2, 2, 1), (3, 1, 1), (3, 2, 1), (3, 1, 2), (2, 3, 1)] {
            for h in 1..12 {
                let valid = window(size, stride, dilation, false);
                let places = (0..h).step_by(stride).filter(|y| y + dilation * (size - 1) < h).count();
                assert_eq!(valid.output([h, h]), [places; 2], "{valid:?} on {h}");
                assert_eq!(valid.before([h, h]), [0, 0]);
                let same = window(size, stride, dilation, true);
                let places = (0..h).step_by(stride).count();
                assert_eq!(same.output([h, h]), [places; 2], "{same:?} on {h}");
                let reach = (places - 1) * stride + dilation * (size - 1) + 1;
                let ([above, _], [below, _]) = (same.before([h, h]), same.after([h, h]));
                assert_eq!(above + below, reach.saturating_sub(h), "{same:?} on {h}");
                assert!(below == above || below == above + 1);
            }
        }
    }

    #[test]
    fn remainders() {
        assert_eq!(window(2, 2, 1, false).left_over([27, 28]), [1, 0]);
        assert_eq!(window(3, 2, 1, false).left_over([27, 28]), [0, 1]);
        assert_eq!(window(3, 2, 1, true).left_over([27, 28]), [1, 0]);
        assert_eq!(window(5, 2, 1, false).left_over([4, 4]), [0, 0]);
    }

    #[test]
    fn nothing_overflows_or_divides_by_zero() {
        const MAX: usize = usize::MAX;
        for same in [false, true] {
            for size in [0, 1, MAX] {
                for stride in [0, 1, 2, MAX] {
                    let w = window(size, stride, MAX, same);
                    for h in [0, 1, MAX - 1] {
                        let _ = (w.output([h, h]), w.before([h, h]), w.after([h, h]), w.left_over([h, h]));
                    }
                }
            }
        }
        assert_eq!(window(3, 0, 1, false).output([9, 9]), [0, 0]);
        assert!(!window(3, 1, 1, true).fits([0, 9]));
    }

    #[test]
    fn shapes_of_images() {
        let image = Dims::new([4, 6, 3]);
        assert_eq!(conv2d(image, window(3, 1, 1, true), 8), Dims::new([4, 6, 8]));
        assert_eq!(depthwise2d(image, window(3, 1, 1, false), 4), Dims::new([2, 4, 12]));
        assert_eq!(depthwise2d(image, window(3, 1, 1, false), usize::MAX).last(), usize::MAX);
        assert_eq!(pad2d(image, [[1, 2], [3, 4]]), Dims::new([7, 13, 3]));
        assert_eq!(crop2d(image, [[1, 2], [0, 4]]), Dims::new([1, 2, 3]));
        assert_eq!(crop2d(image, [[1, 3], [0, 4]]).numel(), 0);
        assert_eq!(crop2d(image, [[usize::MAX, 3], [0, 4]]).numel(), 0);
        assert_eq!(upsample2d(image, [2, 3]), Dims::new([8, 18, 3]));
        assert_eq!(global_pool(image, false), Dims::new([3]));
        assert_eq!(global_pool(image, true), Dims::new([1, 1, 3]));
        assert_eq!(conv2d(Dims::new([784]), window(3, 1, 1, false), 8), Dims::new([0, 0, 8]));
    }
}
