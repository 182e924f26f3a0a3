//! The weights of a convolution, and how a panel of them is laid out for tiles.

use core::ops::Range;

use super::super::scratch;
use super::super::turn::turn;
use super::super::vector::Vector;
use crate::element::Element;

/// Rows of a panel that are summed over at a time.
pub const DEEP: usize = 1280;

/// Weights for the taps of a kernel: for each tap, a matrix of a row for each channel that is summed
/// over.
#[derive(Clone, Copy)]
pub struct Kernel<E> {
    pub at: *const E,
    /// How far it is to the tap below, and to the one to the right.
    pub jumps: [isize; 2],
    /// From one row of the matrix to the next or, if `turned`, from one column to the next.
    pub stride: usize,
    pub turned: bool,
}

/// Part of a kernel: these taps, down and to the right, and these channels.
#[derive(Clone, Debug)]
pub struct Block {
    pub taps: [Range<usize>; 2],
    pub channels: Range<usize>,
}

/// Columns of a part of a kernel, its rows without gaps between them; whole vectors may be read.
#[derive(Clone, Copy)]
pub struct Panel<E> {
    pub at: *const E,
    pub stride: usize,
}

impl Block {
    /// The kernel in parts of at most `DEEP` rows.
    pub fn all(taps: [usize; 2], channels: usize) -> impl Iterator<Item = Self> {
        // As many of each as fit, with the same number in each part.
        let part = |size: usize, fit: usize| size.div_ceil(size.div_ceil(fit.max(1)).max(1)).max(1);
        let depth = part(channels, DEEP);
        let across = part(taps[1], DEEP / depth.max(1));
        let down = part(taps[0], DEEP / (depth * taps[1]).max(1));
        let parts = |size: usize, part: usize| {
            // A kernel without taps is one part: something must be written.
            (0..size.max(1)).step_by(part).map(move |start| start..(start + part).min(size))
        };
        parts(taps[0], down).flat_map(move |rows| {
            parts(taps[1], across).flat_map(move |columns| {
                let rows = rows.clone();
                parts(channels, depth)
                    .map(move |channels| Self { taps: [rows.clone(), columns.clone()], channels })
            })
        })
    }

    /// The part that lies within these taps too.
    pub fn within(&self, taps: [&Range<usize>; 2]) -> Self {
        let both = |i: usize| {
            let start = self.taps[i].start.max(taps[i].start);
            start..self.taps[i].end.min(taps[i].end).max(start)
        };
        Self { taps: [both(0), both(1)], channels: self.channels.clone() }
    }

    pub fn is_empty(&self) -> bool {
        self.taps[0].is_empty() || self.taps[1].is_empty() || self.channels.is_empty()
    }

    /// The row of this part at which another, which lies inside, begins.
    pub fn row(&self, part: &Self) -> usize {
        let [down, across] = core::array::from_fn(|i| part.taps[i].start - self.taps[i].start);
        (down * self.taps[1].len() + across) * self.channels.len()
    }
}

impl<E: Element> Kernel<E> {
    fn tap(&self, down: usize, across: usize) -> *const E {
        self.at.wrapping_offset(down as isize * self.jumps[0] + across as isize * self.jumps[1])
    }

    /// Whether `columns` columns lie as a tile reads them best: whole vectors, without gaps.
    pub fn is_panel<V: Vector>(&self, columns: usize, taps: usize, channels: usize) -> bool {
        let next = (channels * self.stride) as isize;
        let close = self.stride <= 2 * V::LEN && columns.is_multiple_of(V::LEN);
        !self.turned && close && self.jumps == [taps as isize * next, next]
    }

    /// A part of the weights, `n` columns of it from `column` on; it is good until the next one is asked
    /// for on this thread.
    ///
    /// # Safety
    /// The pointers are valid, and the processor has `V`.
    #[inline(always)]
    pub unsafe fn panel<V: Vector<Elem = E>>(&self, block: &Block, column: usize, n: usize) -> Panel<E> {
        let stride = 2 * V::LEN;
        let room = scratch::panel::<E>();
        let mut to = room;
        for down in block.taps[0].clone() {
            for across in block.taps[1].clone() {
                let (tap, len) = (self.tap(down, across), block.channels.len());
                // SAFETY: the caller's; the room is for `DEEP` rows of the widest vectors.
                unsafe {
                    if self.turned {
                        let from = tap.add(column * self.stride + block.channels.start);
                        turn::<V>(len, n, from, self.stride, to);
                    } else {
                        let from = tap.add(block.channels.start * self.stride + column);
                        copy::<V>(len, n, from, self.stride, to);
                    }
                    to = to.add(len * stride);
                }
            }
        }
        Panel { at: room, stride }
    }
}

/// Copies rows of `n` elements to rows of two vectors.
///
/// # Safety
/// As [`turn`].
#[inline(always)]
unsafe fn copy<V: Vector>(rows: usize, n: usize, from: *const V::Elem, stride: usize, to: *mut V::Elem) {
    for i in 0..rows {
        // SAFETY: the caller's.
        unsafe {
            let (from, to) = (from.add(i * stride), to.add(i * 2 * V::LEN));
            V::load_first(from, n.min(V::LEN)).store(to);
            if n > V::LEN {
                V::load_first(from.add(V::LEN), n - V::LEN).store(to.add(V::LEN));
            }
        }
    }
}
