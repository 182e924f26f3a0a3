//! A product on one thread: panel by panel, tile by tile.

use super::product::{Product, Stored};
use super::scratch;
use super::tile::{Soon, Tile, prefetch};
use super::turn::turn;
use super::vector::{Job, Vector};
use crate::element::Element;

/// The most of the inner size that is summed at a time: as many rows of `b`, a panel wide, stay in
/// the first two caches.
pub const DEPTH: usize = 512;
/// Rows of `a` that are worked off against one panel: with `DEPTH`, what the second cache holds. Whole
/// tiles of each kind.
pub const TALL: usize = 504;
/// Parts of a sum that is alone: a processor begins that many additions before the first one ends.
const PARTS: usize = 4;
/// A `b` of up to this many elements stays in the first cache and is read where it is.
const SMALL: usize = 8192;

impl<E: Element> Job<E> for Product<E> {
    type Out = ();

    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>>(self) {
        if self.large() {
            // SAFETY: the caller's.
            return unsafe { self.large_panels::<V>() };
        }
        for i in (0..self.m).step_by(TALL) {
            let rows = Self { m: TALL.min(self.m - i), ..self.from(i, 0, 0) };
            // SAFETY: the caller's.
            unsafe {
                if rows.m == 1 && !rows.b.turned {
                    rows.row::<V>();
                } else if rows.in_place::<V>() {
                    rows.whole_panels::<V>();
                } else {
                    rows.packed_panels::<V>();
                }
            }
        }
    }
}

/// How a panel of `b` lies.
#[derive(Clone, Copy)]
pub enum Panel<E> {
    /// In the matrix.
    InPlace,
    /// In the matrix, but the first tile, one of full height, copies it to there for the others.
    Packing(*mut E),
    /// In rows of two whole vectors; what is right of the matrix does not matter.
    Packed,
}

impl<E: Element> Product<E> {
    /// Whether `b` is read where it is: it must not be turned, and lie close together or be used
    /// only a few times.
    fn in_place<V: Vector>(&self) -> bool {
        !self.b.turned && (self.m <= 3 * V::ROWS || self.k * self.n <= SMALL || self.b.stride <= 2 * V::LEN)
    }

    /// One row: as many vectors at a time as keep the processor busy. Where there are too few for that,
    /// each sum runs in several parts.
    #[inline(always)]
    unsafe fn row<V: Vector<Elem = E>>(self) {
        if self.n <= V::LEN && self.k >= 4 * PARTS {
            // SAFETY: the caller's.
            return unsafe { self.narrow_row::<V>() };
        }
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

    /// One row of at most one vector.
    #[inline(always)]
    unsafe fn narrow_row<V: Vector<Elem = E>>(self) {
        let step = if self.a.turned { self.a.stride } else { 1 };
        // SAFETY: the caller's: columns below `n`, and k below `self.k`.
        unsafe {
            let mut sums = [V::splat(E::ZERO); PARTS];
            if !self.first.is_null() {
                sums[0] = V::load_first(self.first, self.n);
            }
            let product = |sum: V, k: usize| {
                let (a, b) = (self.a.at.add(k * step), self.b.at.add(k * self.b.stride));
                sum.plus_product(V::splat(*a), V::load_first(b, self.n))
            };
            for k in (0..self.k - self.k % PARTS).step_by(PARTS) {
                for (i, sum) in sums.iter_mut().enumerate() {
                    *sum = product(*sum, k + i);
                }
            }
            for k in self.k - self.k % PARTS..self.k {
                sums[0] = product(sums[0], k);
            }
            let [a, b, c, d] = sums;
            a.plus(b).plus(c.plus(d)).store_first(self.c, self.n);
        }
    }

    #[inline(always)]
    unsafe fn one_row<V: Vector<Elem = E>, const COLS: usize>(mut self) -> usize {
        self.n = self.n.min(COLS * V::LEN);
        // A row can be taken for a column.
        self.a.stride = if self.a.turned { self.a.stride } else { 1 };
        // SAFETY: the caller's.
        unsafe { self.tile::<V, 1, COLS, true>(Panel::InPlace, Soon::NOTHING) };
        COLS
    }

    #[inline(always)]
    unsafe fn whole_panels<V: Vector<Elem = E>>(self) {
        let width = 2 * V::LEN;
        for j in (0..self.n).step_by(width) {
            let part = Self { n: width.min(self.n - j), ..self.from(0, j, 0) };
            // SAFETY: the caller's.
            unsafe { part.panel::<V>(Panel::InPlace, Soon::NOTHING) };
        }
    }

    #[inline(always)]
    unsafe fn packed_panels<V: Vector<Elem = E>>(self) {
        let width = 2 * V::LEN;
        let depth = self.k.div_ceil(self.k.div_ceil(DEPTH).max(1)).max(1);
        // Room that nobody else uses meanwhile: a job does not come here twice.
        let room = scratch::panel();
        for k in (0..self.k.max(1)).step_by(depth) {
            for j in (0..self.n).step_by(width) {
                let (n, k_len) = (width.min(self.n - j), depth.min(self.k - k));
                let mut part = Self { n, k: k_len, ..self.from(0, j, k) };
                // SAFETY: every part is inside of the whole, there is room for `depth` rows, and what
                // is not turned has more rows than a tile.
                unsafe {
                    if part.b.turned {
                        turn::<V>(part.k, part.n, part.b.at, part.b.stride, room);
                        part.b = Stored { at: room, stride: width, turned: false };
                        part.panel::<V>(Panel::Packed, Soon::NOTHING);
                    } else {
                        let more = j + width < self.n || self.goes_on;
                        let next = if more { Soon::panel_of(part.b.from(0, width)) } else { Soon::NOTHING };
                        part.panel::<V>(Panel::Packing(room), next);
                    }
                }
            }
        }
    }

    /// All rows by up to two vectors.
    #[inline(always)]
    pub unsafe fn panel<V: Vector<Elem = E>>(self, panel: Panel<E>, next: Soon<E>) {
        // SAFETY: the caller's.
        unsafe {
            match (self.n > V::LEN, self.a.turned) {
                (true, true) => self.tiles::<V, 2, true>(panel, next),
                (true, false) => self.tiles::<V, 2, false>(panel, next),
                (false, true) => self.tiles::<V, 1, true>(panel, next),
                (false, false) => self.tiles::<V, 1, false>(panel, next),
            }
        }
    }

    #[inline(always)]
    unsafe fn tiles<V: Vector<Elem = E>, const COLS: usize, const DOWN: bool>(
        mut self,
        mut panel: Panel<E>,
        next: Soon<E>,
    ) {
        let (mut i, mut number) = (0, 0);
        while i < self.m {
            let mut part = self.from(i, 0, 0);
            if self.a_packed {
                part.a.at = self.a.at.wrapping_add(i / V::ROWS * V::ROWS * self.k + i % V::ROWS);
                // The next tile's sums so far come from far away.
                for r in i + V::ROWS..(i + 2 * V::ROWS).min(self.m) {
                    let c = self.c.wrapping_add(r * self.c_stride);
                    prefetch::<_, true>(c);
                    prefetch::<_, true>(c.wrapping_add(64 / size_of::<E>()));
                }
            }
            let soon = next.of_tile::<V>(number, self.k);
            // SAFETY: the caller's: a tile has no more rows than are left.
            i += unsafe {
                match self.m - i {
                    12.. if const { V::ROWS == 12 } => part.tile::<V, 12, COLS, DOWN>(panel, soon),
                    8.. if const { V::ROWS >= 8 } => part.tile::<V, 8, COLS, DOWN>(panel, soon),
                    6.. if const { V::ROWS == 6 } => part.tile::<V, 6, COLS, DOWN>(panel, soon),
                    4.. => part.tile::<V, 4, COLS, DOWN>(panel, soon),
                    3 => part.tile::<V, 3, COLS, DOWN>(panel, soon),
                    2 => part.tile::<V, 2, COLS, DOWN>(panel, soon),
                    _ => part.tile::<V, 1, COLS, DOWN>(panel, soon),
                }
            };
            number += 1;
            if let Panel::Packing(room) = panel {
                self.b = Stored { at: room, stride: 2 * V::LEN, turned: false };
                panel = Panel::Packed;
            }
        }
    }

    /// The first rows and columns; says how many rows.
    #[inline(always)]
    unsafe fn tile<V: Vector<Elem = E>, const ROWS: usize, const COLS: usize, const DOWN: bool>(
        &self,
        panel: Panel<E>,
        soon: Soon<E>,
    ) -> usize {
        let tile: Tile<E, ROWS, COLS, DOWN> = Tile {
            k: self.k,
            a: self.a.at,
            a_stride: self.a.stride,
            b: self.b.at,
            b_stride: self.b.stride,
            last: self.n - (COLS - 1) * V::LEN,
            padded: matches!(panel, Panel::Packed),
            pack: if let Panel::Packing(room) = panel { room } else { core::ptr::null_mut() },
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
