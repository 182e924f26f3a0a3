//! A product on one thread: panel by panel, tile by tile.

use super::pack::pack;
use super::product::Product;
use super::scratch;
use super::tile::{Soon, Tile};
use super::vector::{Job, Vector};
use crate::element::Element;

/// The most of the inner size that is summed at a time: as many rows of `b`, a panel wide, stay in
/// the first two caches.
pub const DEPTH: usize = 512;
/// Rows of `a` that are worked off against one panel: with `DEPTH`, what the second cache holds.
const TALL: usize = 512;
/// A `b` of up to this many elements stays in the first cache and is read where it is.
const SMALL: usize = 8192;

impl<E: Element> Job<E> for Product<E> {
    type Out = ();

    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>>(self) {
        // SAFETY: the caller's.
        unsafe {
            if self.m == 1 && !self.b.turned {
                self.row::<V>();
            } else if self.in_place::<V>() {
                self.whole_panels::<V>();
            } else {
                self.packed_panels::<V>();
            }
        }
    }
}

impl<E: Element> Product<E> {
    /// Whether `b` is read where it is: it must not be turned, and lie close together or be used
    /// only once or twice.
    fn in_place<V: Vector>(&self) -> bool {
        !self.b.turned && (self.m <= 2 * V::ROWS || self.k * self.n <= SMALL || self.b.stride <= 2 * V::LEN)
    }

    /// One row: as many vectors at a time as keep the processor busy.
    #[inline(always)]
    unsafe fn row<V: Vector<Elem = E>>(self) {
        let mut j = 0;
        while j < self.n {
            let part = Self { n: self.n - j, ..self.from(0, j, 0) };
            // SAFETY: the caller's; a tile has no more columns than are left.
            j += V::LEN
                * unsafe {
                    match part.n.div_ceil(V::LEN) {
                        8.. => part.one_row::<V, 8>(),
                        4.. => part.one_row::<V, 4>(),
                        2.. => part.one_row::<V, 2>(),
                        _ => part.one_row::<V, 1>(),
                    }
                };
        }
    }

    #[inline(always)]
    unsafe fn one_row<V: Vector<Elem = E>, const COLS: usize>(mut self) -> usize {
        self.n = self.n.min(COLS * V::LEN);
        // A row can be taken for a column.
        self.a.stride = if self.a.turned { self.a.stride } else { 1 };
        // SAFETY: the caller's.
        unsafe { self.tile::<V, 1, COLS, true>(false, Soon::NOTHING) };
        COLS
    }

    #[inline(always)]
    unsafe fn whole_panels<V: Vector<Elem = E>>(self) {
        let width = 2 * V::LEN;
        for j in (0..self.n).step_by(width) {
            let part = Self { n: width.min(self.n - j), ..self.from(0, j, 0) };
            // SAFETY: the caller's.
            unsafe { part.panel::<V>(false, Soon::NOTHING) };
        }
    }

    #[inline(always)]
    unsafe fn packed_panels<V: Vector<Elem = E>>(self) {
        let width = 2 * V::LEN;
        let depth = self.k.div_ceil(self.k.div_ceil(DEPTH).max(1)).max(1);
        // Room that nobody else uses meanwhile: a job does not come here twice.
        let room = scratch::panel();
        for i in (0..self.m).step_by(TALL) {
            for k in (0..self.k.max(1)).step_by(depth) {
                for j in (0..self.n).step_by(width) {
                    let (m, n, k_len) = (TALL.min(self.m - i), width.min(self.n - j), depth.min(self.k - k));
                    let mut part = Self { m, n, k: k_len, ..self.from(i, j, k) };
                    let more = j + width < self.n || self.goes_on;
                    let next = if more { Soon::panel_of(part.b.from(0, width)) } else { Soon::NOTHING };
                    // SAFETY: every part is inside of the whole, and there is room for `depth` rows.
                    unsafe {
                        pack::<V>(part.k, part.n, part.b, room);
                        part.b.at = room;
                        part.b.stride = width;
                        part.panel::<V>(true, next);
                    }
                }
            }
        }
    }

    /// All rows by up to two vectors. In a `padded` panel, each row of `b` has two whole vectors.
    #[inline(always)]
    unsafe fn panel<V: Vector<Elem = E>>(self, padded: bool, next: Soon<E>) {
        // SAFETY: the caller's.
        unsafe {
            match (self.n > V::LEN, self.a.turned) {
                (true, true) => self.tiles::<V, 2, true>(padded, next),
                (true, false) => self.tiles::<V, 2, false>(padded, next),
                (false, true) => self.tiles::<V, 1, true>(padded, next),
                (false, false) => self.tiles::<V, 1, false>(padded, next),
            }
        }
    }

    #[inline(always)]
    unsafe fn tiles<V: Vector<Elem = E>, const COLS: usize, const DOWN: bool>(
        self,
        padded: bool,
        next: Soon<E>,
    ) {
        let (mut i, mut number) = (0, 0);
        while i < self.m {
            let part = self.from(i, 0, 0);
            let soon = next.of_tile::<V>(number, self.k);
            // SAFETY: the caller's: a tile has no more rows than are left.
            i += unsafe {
                match self.m - i {
                    12.. if const { V::ROWS == 12 } => part.tile::<V, 12, COLS, DOWN>(padded, soon),
                    8.. if const { V::ROWS >= 8 } => part.tile::<V, 8, COLS, DOWN>(padded, soon),
                    6.. if const { V::ROWS == 6 } => part.tile::<V, 6, COLS, DOWN>(padded, soon),
                    4.. => part.tile::<V, 4, COLS, DOWN>(padded, soon),
                    3 => part.tile::<V, 3, COLS, DOWN>(padded, soon),
                    2 => part.tile::<V, 2, COLS, DOWN>(padded, soon),
                    _ => part.tile::<V, 1, COLS, DOWN>(padded, soon),
                }
            };
            number += 1;
        }
    }

    /// The first rows and columns; says how many rows.
    #[inline(always)]
    unsafe fn tile<V: Vector<Elem = E>, const ROWS: usize, const COLS: usize, const DOWN: bool>(
        &self,
        padded: bool,
        soon: Soon<E>,
    ) -> usize {
        let tile: Tile<E, ROWS, COLS, DOWN> = Tile {
            k: self.k,
            a: self.a.at,
            a_stride: self.a.stride,
            b: self.b.at,
            b_stride: self.b.stride,
            last: self.n - (COLS - 1) * V::LEN,
            padded,
            first: self.first,
            first_stride: self.first_stride,
            c: self.c,
            c_stride: self.c_stride,
            soon,
        };
        // SAFETY: the caller's.
        unsafe { V::call(tile) };
        ROWS
    }
}
