//! What kernels on images are told of sizes. Images lie row by row, channels last.

/// A convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conv2d {
    /// Height, width and channels of an image.
    pub input: [usize; 3],
    /// Height, width and filters of what it becomes.
    pub output: [usize; 3],
    /// Height and width of the kernel.
    pub kernel: [usize; 2],
    /// How far it moves, down and to the right.
    pub strides: [usize; 2],
    /// How far its elements are apart.
    pub dilation: [usize; 2],
    /// Rows of zeros above the image, and columns left of it; what is missing below and to the right
    /// is zeros too.
    pub before: [usize; 2],
    /// Into how many groups channels and filters fall; each filter sees the channels of its group.
    /// The kernel is (height, width, channels / groups, filters).
    pub groups: usize,
}

/// How a window is summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// The largest element; its gradient goes to the first one that is as large.
    Max,
    /// The mean of the elements that lie in the image.
    Average,
}

/// A pooling of windows, channel by channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool2d {
    /// How.
    pub pooling: Pooling,
    /// Height, width and channels of an image.
    pub input: [usize; 3],
    /// Height and width of what it becomes.
    pub output: [usize; 2],
    /// Height and width of the window.
    pub size: [usize; 2],
    /// How far it moves, down and to the right.
    pub strides: [usize; 2],
    /// How far the window may lie outside of the image, above and to the left.
    pub before: [usize; 2],
}

/// How an image is made larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upsampling {
    /// Each pixel is repeated.
    Nearest,
    /// What lies between the centres of pixels is interpolated linearly.
    Bilinear,
}

/// An image made larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upsample2d {
    /// How.
    pub upsampling: Upsampling,
    /// Height, width and channels of an image.
    pub input: [usize; 3],
    /// How many rows and columns a pixel becomes.
    pub size: [usize; 2],
}

/// An image with a border of zeros around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pad2d {
    /// Height, width and channels of the image without the border.
    pub input: [usize; 3],
    /// Rows above and below, columns left and right.
    pub padding: [[usize; 2]; 2],
}

impl Conv2d {
    /// Channels that one filter sees.
    #[must_use]
    pub const fn depth(&self) -> usize {
        self.input[2] / self.groups
    }

    /// Elements of the kernel.
    #[must_use]
    pub const fn weights(&self) -> usize {
        self.kernel[0] * self.kernel[1] * self.depth() * self.output[2]
    }

    /// Elements of an image.
    #[must_use]
    pub const fn image(&self) -> usize {
        self.input[0] * self.input[1] * self.input[2]
    }

    /// Elements of what an image becomes.
    #[must_use]
    pub const fn map(&self) -> usize {
        self.output[0] * self.output[1] * self.output[2]
    }

    /// The row or column (`axis` 0 or 1) of the image that element `k` of the kernel meets at place
    /// `o` of the output; `None` in the zeros around it.
    #[must_use]
    pub const fn place(&self, axis: usize, o: usize, k: usize) -> Option<usize> {
        let at = o * self.strides[axis] + k * self.dilation[axis];
        if at < self.before[axis] || at - self.before[axis] >= self.input[axis] {
            return None;
        }
        Some(at - self.before[axis])
    }
}

impl Pool2d {
    /// Elements of an image.
    #[must_use]
    pub const fn image(&self) -> usize {
        self.input[0] * self.input[1] * self.input[2]
    }

    /// Elements of what an image becomes.
    #[must_use]
    pub const fn map(&self) -> usize {
        self.output[0] * self.output[1] * self.input[2]
    }

    /// The rows or columns (`axis` 0 or 1) of the image that the window covers at place `o` of the
    /// output: the first one, and the one behind the last.
    #[must_use]
    #[inline(always)]
    pub const fn window(&self, axis: usize, o: usize) -> [usize; 2] {
        let start = o * self.strides[axis];
        let end = (start + self.size[axis]).saturating_sub(self.before[axis]);
        let end = if end < self.input[axis] { end } else { self.input[axis] };
        [start.saturating_sub(self.before[axis]), end]
    }
}

impl Upsample2d {
    /// Elements of an image.
    #[must_use]
    pub const fn image(&self) -> usize {
        self.input[0] * self.input[1] * self.input[2]
    }

    /// Elements of what an image becomes.
    #[must_use]
    pub const fn map(&self) -> usize {
        self.image() * self.size[0] * self.size[1]
    }

    /// The two rows or columns (`axis` 0 or 1) of the image that row or column `o` of the output lies
    /// between, and the share of the second one. Centres of pixels are at halves.
    #[must_use]
    #[inline(always)]
    pub const fn between(&self, axis: usize, o: usize) -> ([usize; 2], f64) {
        let size = self.size[axis];
        // Twice as far as `o`'s centre lies behind the first pixel's, in pixels of the output.
        let behind = 2 * o + 1;
        if behind < size {
            return ([0, 0], 0.0);
        }
        let first = (behind - size) / (2 * size);
        let share = ((behind - size) % (2 * size)) as f64 / (2 * size) as f64;
        let last = self.input[axis] - 1;
        ([first, if first < last { first + 1 } else { last }], share)
    }
}

impl Pad2d {
    /// Elements of an image without the border.
    #[must_use]
    pub const fn image(&self) -> usize {
        self.input[0] * self.input[1] * self.input[2]
    }

    /// Elements of a row without the border.
    #[must_use]
    pub const fn row(&self) -> usize {
        self.input[1] * self.input[2]
    }

    /// Elements of a row with the border.
    #[must_use]
    pub const fn padded_row(&self) -> usize {
        (self.input[1] + self.padding[1][0] + self.padding[1][1]) * self.input[2]
    }

    /// Elements of an image with the border.
    #[must_use]
    pub const fn padded(&self) -> usize {
        (self.input[0] + self.padding[0][0] + self.padding[0][1]) * self.padded_row()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_between_pixels() {
        let up = |size| Upsample2d { upsampling: Upsampling::Bilinear, input: [3, 3, 1], size: [size; 2] };
        let all = |size: usize| (0..3 * size).map(move |o| up(size).between(0, o)).collect::<Vec<_>>();
        assert_eq!(all(1), [([0, 1], 0.0), ([1, 2], 0.0), ([2, 2], 0.0)]);
        let twice =
            [([0, 0], 0.0), ([0, 1], 0.25), ([0, 1], 0.75), ([1, 2], 0.25), ([1, 2], 0.75), ([2, 2], 0.25)];
        assert_eq!(all(2), twice);
        // Output 4 of 9: its centre is at 4.5 / 3 = 1.5, the centre of pixel 1.
        assert_eq!(all(3)[4], ([1, 2], 0.0));
    }
}
