//! The gradient of a convolution by its weights.

use core::ops::Range;

use super::super::vector::{Job, Vector};
use super::axis::{Axis, Segment};
use super::slide::Images;
use super::tile::{Run, Strip};
use crate::element::Element;

/// `dw += Σ x dy` over all places of `n` images; each place of `dy` has `columns` numbers.
#[derive(Clone, Copy)]
pub struct Gradient<E> {
    pub n: usize,
    pub axes: [Axis; 2],
    /// The taps that are worked on, down and to the right: from the first to before the last number.
    pub taps: [[usize; 2]; 2],
    /// How many channels of `x` there are for a tap.
    pub depth: usize,
    pub columns: usize,
    pub x: Images<*const E>,
    pub dy: Images<*const E>,
    /// From one row of taps, tap, and channel to the next.
    pub dw: Images<*mut E>,
}

// SAFETY: one user writes to its part of `dw`, and nobody writes to the rest meanwhile.
unsafe impl<E: Sync> Sync for Gradient<E> {}

impl<E: Element> Gradient<E> {
    /// `n` images from image `i` on.
    fn images(&self, i: usize, n: usize) -> Self {
        let mut part = Self { n, ..*self };
        part.x.at = part.x.at.wrapping_add(i * part.x.strides[0]);
        part.dy.at = part.dy.at.wrapping_add(i * part.dy.strides[0]);
        part
    }

    /// `columns` columns from column `j` on.
    pub fn columns(&self, j: usize, columns: usize) -> Self {
        let mut part = Self { columns, ..*self };
        part.dy.at = part.dy.at.wrapping_add(j);
        part.dw.at = part.dw.at.wrapping_add(j);
        part
    }
}

/// Bytes of images and their gradients that are gone through at a time: they stay in the second cache.
const NEAR: usize = 1 << 20;

impl<E: Element> Job<E> for Gradient<E> {
    type Out = ();

    /// # Safety
    /// Besides: all pointers are valid for what the sizes name, and nobody else uses `dw`.
    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>>(self) {
        let bytes = (self.x.strides[0] + self.dy.strides[0]) * size_of::<E>();
        let together = (NEAR / bytes.max(1)).max(1);
        let width = 2 * V::LEN;
        for i in (0..self.n).step_by(together) {
            let images = self.images(i, together.min(self.n - i));
            for j in (0..self.columns).step_by(width) {
                let part = images.columns(j, width.min(self.columns - j));
                for down in self.axes[0].segments() {
                    for across in self.axes[1].segments() {
                        // SAFETY: the caller's.
                        unsafe { part.places::<V>(&down, &across) };
                    }
                }
            }
        }
    }
}

impl<E: Element> Gradient<E> {
    /// Places that meet the images with the same taps.
    #[inline(always)]
    unsafe fn places<V: Vector<Elem = E>>(&self, down: &Segment, across: &Segment) {
        let [axis_down, axis_across] = self.axes;
        let (x, dy, dw) = (self.x.strides, self.dy.strides, self.dw.strides);
        let both = |taps: &Range<usize>, [start, end]: [usize; 2]| {
            let start = taps.start.max(start);
            start..taps.end.min(end).max(start)
        };
        let (rows, columns) = (both(&down.taps, self.taps[0]), both(&across.taps, self.taps[1]));
        // What is summed over, the longest dimension innermost.
        let run = |count: usize, a: usize, b: usize| Run { count, a, b };
        let mut runs = [
            run(self.n, x[0], dy[0]),
            run(down.places.len(), axis_down.stride * x[1], dy[1]),
            run(across.places.len(), axis_across.stride * x[2], dy[2]),
        ];
        let most = runs.iter().map(|run| run.count).max();
        if runs[2].count < 8 && most > Some(runs[2].count) {
            runs.sort_by_key(|run| run.count);
        }
        // Taps beside each other are one matrix where their channels are.
        let together = axis_across.step == 1 && self.depth == x[2];
        let taps = if together { columns.start..columns.end.min(columns.start + 1) } else { columns.clone() };
        let height = if together { columns.len() * self.depth } else { self.depth };
        // Few rows keep a processor waiting: then those of some rows of taps are one matrix.
        let threes =
            if height == 3 && taps.len() == 1 && columns.len() == axis_across.taps { V::ROWS / 3 } else { 1 };
        for row in rows.clone().step_by(threes) {
            let height = height * threes.min(rows.end - row);
            for tap in taps.clone() {
                let a = axis_down.at(down.places.start, row) * x[1]
                    + axis_across.at(across.places.start, tap) * x[2];
                let c = self.dw.at.wrapping_add(row * dw[0] + tap * dw[1]);
                let strip = Strip {
                    k: runs[2].count,
                    runs: [runs[0], runs[1]],
                    a: self.x.at.wrapping_add(a),
                    a_stride: runs[2].a,
                    a_three: if threes > 1 { axis_down.step * x[1] } else { 3 },
                    b: self.dy.at.wrapping_add(down.places.start * dy[1] + across.places.start * dy[2]),
                    b_stride: runs[2].b,
                    columns: self.columns,
                    first: c,
                    first_stride: dw[2],
                    c,
                    c_stride: dw[2],
                    lines: 1,
                    a_line: 0,
                    first_line: 0,
                    c_line: 0,
                };
                // SAFETY: the caller's: these places, and what they meet, are inside of the images.
                unsafe { strip.run::<V, true>(height) };
            }
        }
    }
}
