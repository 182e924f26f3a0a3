//! Convolutions of each channel by itself: as many groups as channels, and as many filters.
//!
//! The gradient by the images is such a convolution, too, with the kernel turned over: for each place
//! between two strides one.

use core::ops::Range;

use super::super::simd::{self, Kernel, Level};
use super::super::threads::Threads;
use super::axis::Axis;
use super::back_input::phase;
use super::depthwise_gradient::Gradient;
use super::forward::axes;
use crate::backend::Conv2d;
use crate::element::Element;

/// Multiplications that are worth a thread's attention: a few µs.
const GRAIN: usize = 64 << 10;
/// Pixels of a row that are worked on together, so that a weight is read once for all of them.
const PIXELS: usize = 4;
/// Channels that are worked on together: a vector of the widest kind.
pub const LANES: usize = 16;

/// Whether a convolution is one of these.
pub const fn is_depthwise(c: &Conv2d) -> bool {
    c.groups > 1 && c.groups == c.input[2] && c.groups == c.output[2]
}

/// `y = x * w + b` for `n` images; if `rectify`, what is below 0 becomes 0.
#[allow(clippy::too_many_arguments, reason = "it is what a convolution has")]
pub fn forward<E: Element>(
    level: Level,
    threads: &Threads,
    c: &Conv2d,
    n: usize,
    x: &[E],
    w: &[E],
    b: Option<&[E]>,
    rectify: bool,
    y: &mut [E],
) {
    let slide = Slide { c, back: false, first: 0, x, w, b, rectify, y: &mut y[..n * c.map()] };
    slide.share(level, threads);
}

/// `dx = dy * wᵀ` for `n` images.
pub fn back_input<E: Element>(
    level: Level,
    threads: &Threads,
    c: &Conv2d,
    n: usize,
    dy: &[E],
    w: &[E],
    dx: &mut [E],
) {
    let y = &mut dx[..n * c.image()];
    Slide { c, back: true, first: 0, x: dy, w, b: None, rectify: false, y }.share(level, threads);
}

/// `dw += Σ x dy`; a part for each tap, so that each sum is one thread's.
pub fn back_weights<E: Element>(
    level: Level,
    threads: &Threads,
    c: &Conv2d,
    n: usize,
    x: &[E],
    dy: &[E],
    dw: &mut [E],
) {
    threads.for_parts(dw, c.output[2], |tap, dw| simd::run_at(level, Gradient { c, n, tap, x, dy, dw }));
}

/// Along one axis: the places `start`, `start + every`, .. of what is written, and what they meet.
struct Walk {
    start: usize,
    every: usize,
    axis: Axis,
    /// The kernel's row or column for the first tap, and how far it is to the next one.
    tap: usize,
    jump: isize,
}

impl Walk {
    /// The kernel's row or column.
    #[inline(always)]
    fn tap(&self, k: usize) -> usize {
        self.tap.wrapping_add_signed(k as isize * self.jump)
    }
}

/// Rows of images, from row `first` of all on.
struct Slide<'a, E> {
    c: &'a Conv2d,
    back: bool,
    first: usize,
    x: &'a [E],
    w: &'a [E],
    b: Option<&'a [E]>,
    rectify: bool,
    y: &'a mut [E],
}

impl<E: Element> Slide<'_, E> {
    /// The sizes of what is written, and of what is read.
    fn sizes(&self) -> [[usize; 3]; 2] {
        if self.back { [self.c.input, self.c.output] } else { [self.c.output, self.c.input] }
    }

    /// Computes all, in parts of some rows.
    fn share(self, level: Level, threads: &Threads) {
        let Self { c, back, x, w, b, rectify, .. } = self;
        let row = self.sizes()[0][1] * c.groups;
        let rows = GRAIN.div_ceil(row * c.kernel[0] * c.kernel[1]);
        threads.for_parts(self.y, rows * row, |i, y| {
            simd::run_at(level, Slide { c, back, first: i * rows, x, w, b, rectify, y });
        });
    }

    /// How many kinds of places there are along an axis.
    fn kinds(&self, i: usize) -> usize {
        if self.back { self.c.strides[i].min(self.c.input[i]) } else { 1 }
    }

    fn walk(&self, i: usize, start: usize) -> Walk {
        if self.back {
            let phase = phase(self.c, i, start);
            let every = self.c.strides[i];
            Walk { start, every, axis: phase.axis, tap: phase.last, jump: -(phase.every as isize) }
        } else {
            Walk { start, every: 1, axis: axes(self.c)[i], tap: 0, jump: 1 }
        }
    }
}

impl<E: Element> Kernel for Slide<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(mut self) {
        let ([height, width, channels], y) = (self.sizes()[0], core::mem::take(&mut self.y));
        for (i, y) in y.chunks_exact_mut(width * channels).enumerate() {
            let (image, row) = ((self.first + i) / height, (self.first + i) % height);
            let down = self.walk(0, row % self.kinds(0));
            let o = row / down.every;
            for start in 0..self.kinds(1) {
                let across = self.walk(1, start);
                self.row(image, o, [&down, &across], y);
            }
        }
    }
}

impl<E: Element> Slide<'_, E> {
    /// The places of one row that are of one kind.
    #[inline(always)]
    fn row(&self, image: usize, o: usize, [down, across]: [&Walk; 2], y: &mut [E]) {
        let rows = down.axis.taps(o);
        for segment in across.axis.segments() {
            let taps = [rows.clone(), segment.taps];
            let mut start = segment.places.start;
            while start + PIXELS <= segment.places.end {
                self.pixels::<PIXELS>(image, [o, start], &taps, [down, across], y);
                start += PIXELS;
            }
            for start in start..segment.places.end {
                self.pixels::<1>(image, [o, start], &taps, [down, across], y);
            }
        }
    }

    #[inline(always)]
    fn pixels<const P: usize>(
        &self,
        image: usize,
        at: [usize; 2],
        taps: &[Range<usize>; 2],
        walks: [&Walk; 2],
        y: &mut [E],
    ) {
        let (channels, mut j) = (self.c.groups, 0);
        while j + LANES <= channels {
            self.lanes::<P, LANES>(image, at, j, taps, walks, y);
            j += LANES;
        }
        while j + 4 <= channels {
            self.lanes::<P, 4>(image, at, j, taps, walks, y);
            j += 4;
        }
        for j in j..channels {
            self.lanes::<P, 1>(image, at, j, taps, walks, y);
        }
    }

    /// `L` channels, from channel `j` on, of `P` places.
    #[inline(always)]
    fn lanes<const P: usize, const L: usize>(
        &self,
        image: usize,
        [oh, ow]: [usize; 2],
        j: usize,
        [rows, columns]: &[Range<usize>; 2],
        [down, across]: [&Walk; 2],
        y: &mut [E],
    ) {
        let ([_, [height, width, channels]], [_, right]) = (self.sizes(), self.c.kernel);
        let mut sums = [[E::ZERO; L]; P];
        if let Some(b) = self.b {
            sums = [*lanes::<E, L>(b, j); P];
        }
        let step = across.axis.stride * channels;
        for kh in rows.clone() {
            let row = (image * height + down.axis.at(oh, kh)) * width;
            let tap = down.tap(kh) * right;
            for kw in columns.clone() {
                let w = lanes::<E, L>(self.w, (tap + across.tap(kw)) * channels + j);
                let at = (row + across.axis.at(ow, kw)) * channels + j;
                for (p, sums) in sums.iter_mut().enumerate() {
                    let x = lanes::<E, L>(self.x, at + p * step);
                    for i in 0..L {
                        sums[i] += x[i] * w[i];
                    }
                }
            }
        }
        for (p, sums) in sums.iter_mut().enumerate() {
            if self.rectify {
                for sum in &mut *sums {
                    *sum = sum.maximum(E::ZERO);
                }
            }
            let at = (across.start + (ow + p) * across.every) * channels + j;
            y[at..at + L].copy_from_slice(sums);
        }
    }
}

/// `L` elements.
#[inline(always)]
pub fn lanes<E, const L: usize>(slice: &[E], at: usize) -> &[E; L] {
    match slice[at..].first_chunk() {
        Some(lanes) => lanes,
        None => unreachable!("the slices hold what the sizes name"),
    }
}
