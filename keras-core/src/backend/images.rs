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
