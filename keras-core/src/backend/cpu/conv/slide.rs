//! A kernel that slides over images: convolutions, and their gradients by the images.

use super::super::vector::{Job, Vector};
use super::axis::{Axis, Segment};
use super::kernel::{Block, Kernel, Panel};
use super::tile::{Run, Strip};
use crate::element::Element;

/// Where images lie: from one image, row, and pixel to the next.
#[derive(Clone, Copy)]
pub struct Images<P> {
    pub at: P,
    pub strides: [usize; 3],
}

/// `y = first + x * w`, for `n` images. Each place of `y` gets `columns` numbers.
#[derive(Clone, Copy)]
pub struct Slide<E> {
    pub n: usize,
    pub axes: [Axis; 2],
    /// How many channels of `x` are summed over.
    pub depth: usize,
    pub columns: usize,
    pub x: Images<*const E>,
    pub w: Kernel<E>,
    /// What is added to, `columns` numbers; or null.
    pub first: *const E,
    pub y: Images<*mut E>,
}

// SAFETY: one user writes to `y`, and nobody writes to the rest meanwhile.
unsafe impl<E: Sync> Sync for Slide<E> {}

impl<E: Element> Slide<E> {
    /// `n` images from image `i` on, `columns` columns from column `j` on.
    pub fn part(&self, [i, n]: [usize; 2], [j, columns]: [usize; 2]) -> Self {
        let mut part = Self { n, columns, ..*self };
        part.x.at = part.x.at.wrapping_add(i * part.x.strides[0]);
        part.y.at = part.y.at.wrapping_add(i * part.y.strides[0] + j);
        part.w.at = part.w.at.wrapping_add(if part.w.turned { j * part.w.stride } else { j });
        if !part.first.is_null() {
            part.first = part.first.wrapping_add(j);
        }
        part
    }
}

impl<E: Element> Job<E> for Slide<E> {
    type Out = ();

    /// # Safety
    /// Besides: all pointers are valid for what the sizes name, and nobody else uses `y`.
    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>>(self) {
        let width = 2 * V::LEN;
        let taps = self.axes.map(|axis| axis.taps);
        for j in (0..self.columns).step_by(width) {
            let part = self.part([0, self.n], [j, width.min(self.columns - j)]);
            // SAFETY: the caller's.
            unsafe {
                if part.w.is_panel::<V>(part.columns, taps[1], self.depth) {
                    let block = Block { taps: taps.map(|taps| 0..taps), channels: 0..self.depth };
                    let panel = Panel { at: part.w.at, stride: part.w.stride };
                    part.block::<V>(&block, panel, true);
                    continue;
                }
                let mut first = true;
                for block in Block::all(taps, self.depth) {
                    let panel = part.w.panel::<V>(&block, 0, part.columns);
                    part.block::<V>(&block, panel, first);
                    first = false;
                }
            }
        }
    }
}

impl<E: Element> Slide<E> {
    /// All places, with part of the kernel.
    #[inline(always)]
    unsafe fn block<V: Vector<Elem = E>>(&self, block: &Block, panel: Panel<E>, first: bool) {
        for down in self.axes[0].segments() {
            for across in self.axes[1].segments() {
                let inside = block.within([&down.taps, &across.taps]);
                if first || !inside.is_empty() {
                    // SAFETY: the caller's.
                    unsafe { self.places::<V>(block, &inside, panel, first, [&down, &across]) };
                }
            }
        }
    }

    /// Places that meet the images with the same part of the kernel.
    #[inline(always)]
    unsafe fn places<V: Vector<Elem = E>>(
        &self,
        block: &Block,
        inside: &Block,
        panel: Panel<E>,
        first: bool,
        places: [&Segment; 2],
    ) {
        let [down, across] = self.axes;
        let (x, y) = (self.x.strides, self.y.strides);
        let [oh, ow] = places.map(|segment| segment.places.start);
        let counts = [self.n, places[0].places.len(), places[1].places.len()];
        let a_strides = [x[0], down.stride * x[1], across.stride * x[2]];
        let row = |rows: usize| rows * panel.stride;
        let (taps, depth) = (inside.taps.each_ref().map(ExactSizeIterator::len), inside.channels.len());
        let below = Run { count: taps[0], a: down.step * x[1], b: row(block.taps[1].len() * depth) };
        // A kernel's row meets a row of pixels; without gaps in either it is one run.
        let (k, right) = if across.step == 1 && depth == x[2] || taps[1] == 1 {
            (taps[1] * depth, Run::ONCE)
        } else {
            (depth, Run { count: taps[1], a: across.step * x[2], b: row(depth) })
        };
        let start = if inside.is_empty() {
            0
        } else {
            down.at(oh, inside.taps[0].start) * x[1]
                + across.at(ow, inside.taps[1].start) * x[2]
                + inside.channels.start
        };
        let rows = longest(counts, V::ROWS);
        let runs = if inside.is_empty() { [Run { count: 0, ..below }; 2] } else { [below, right] };
        // The other two dimensions.
        let (outer, inner) = (usize::from(rows == 0), if rows == 2 { 1 } else { 2 });
        let strip = Strip {
            k,
            runs,
            a: self.x.at.wrapping_add(start),
            a_stride: a_strides[rows],
            a_three: 0,
            b: panel.at.wrapping_add(row(if inside.is_empty() { 0 } else { block.row(inside) })),
            b_stride: panel.stride,
            columns: self.columns,
            first: self.first,
            first_stride: 0,
            c: self.y.at.wrapping_add(oh * y[1] + ow * y[2]),
            c_stride: y[rows],
            lines: counts[inner],
            a_line: a_strides[inner],
            first_line: 0,
            c_line: y[inner],
        };
        for i in 0..counts[outer] {
            let (a, c) = (strip.a.wrapping_add(i * a_strides[outer]), strip.c.wrapping_add(i * y[outer]));
            let mut strip = Strip { a, c, ..strip };
            if !first {
                (strip.first, strip.first_stride, strip.first_line) = (c, strip.c_stride, strip.c_line);
            }
            // SAFETY: the caller's: these places, and what they meet, are inside of the images.
            unsafe { strip.run::<V, false>(counts[rows]) };
        }
    }
}

/// Along which dimension tiles are tallest; the last one, if it is good enough.
fn longest(counts: [usize; 3], most: usize) -> usize {
    let height = |count: usize| count.div_ceil(count.div_ceil(most).max(1));
    let enough = most.div_ceil(2);
    let mut best = 2;
    for i in [1, 0] {
        if height(counts[best]) < enough && height(counts[i]) > height(counts[best]) {
            best = i;
        }
    }
    best
}
