//! Products of matrices, tile by tile.

use super::pack::pack;
use super::scratch;
use super::simd::Level;
use super::threads::Threads;
use super::tile::{Soon, Tile};
use super::vector::{Job, Vector};
use crate::element::Element;

/// The most of the inner size that is summed at a time: as many rows of `b`, a panel wide, stay in
/// the first two caches.
pub const DEPTH: usize = 512;
/// Rows of `a` that are worked off against one panel: with `DEPTH`, what the second cache holds.
const TALL: usize = 512;
/// Columns that a job can be cut at: two vectors of the widest kind.
const CUT: usize = 32;
/// Rows that a job can be cut at: the tallest tile.
const CUT_ROWS: usize = 12;
/// Multiplications that are worth a thread's attention: a few µs.
const GRAIN: usize = 256 << 10;
/// Enough parts for all threads to end at about the same time.
const MAX_PARTS: usize = 64;
/// A `b` of up to this many elements stays in the first cache and is read where it is.
const SMALL: usize = 8192;

/// `c = first + a b`: `c` is `m` by `n`, `k` is the inner size. What lies where is said of [`Tile`].
#[derive(Clone, Copy)]
pub struct Product<E> {
    pub m: usize,
    pub n: usize,
    pub k: usize,
    pub a: *const E,
    pub a_stride: usize,
    /// Whether `a` is stored transposed.
    pub a_down: bool,
    pub b: *const E,
    pub b_stride: usize,
    /// Whether `b` is stored transposed.
    pub b_down: bool,
    pub first: *const E,
    pub first_stride: usize,
    pub c: *mut E,
    pub c_stride: usize,
    /// Whether `b` has whole vectors in every row.
    pub padded: bool,
}

// SAFETY: a product is the only user of its `c`, and nobody writes to the rest meanwhile.
unsafe impl<E: Sync> Sync for Product<E> {}

impl<E: Element> Product<E> {
    /// Computes it, in parts that threads share where that is allowed. Each sum runs along `k` in
    /// order, so that no number depends on the parts.
    ///
    /// # Safety
    /// The pointers are valid for what the sizes name, nobody else uses `c`, and the processor has
    /// this level.
    pub unsafe fn share(self, level: Level, threads: &Threads) {
        let work = self.m * self.n * self.k;
        if work < 2 * GRAIN || !threads.inside() {
            return E::at(level, self);
        }
        // Panels first: each is packed once then. Rows only where there are not enough of them.
        let parts = (work / GRAIN).min(MAX_PARTS);
        let width = self.n.div_ceil(CUT).div_ceil(parts) * CUT;
        let across = self.n.div_ceil(width);
        let height = self.m.div_ceil(CUT_ROWS).div_ceil(parts.div_ceil(across)) * CUT_ROWS;
        let down = self.m.div_ceil(height);
        threads.for_each(across * down, |i| {
            let (i, j) = (i / across * height, i % across * width);
            let part = self.right(j).down(i);
            E::at(level, Self { m: height.min(self.m - i), n: width.min(self.n - j), ..part });
        });
    }

    /// From this column on.
    fn right(self, j: usize) -> Self {
        let first = if self.first.is_null() { self.first } else { self.first.wrapping_add(j) };
        let b = self.b.wrapping_add(if self.b_down { j * self.b_stride } else { j });
        Self { b, first, c: self.c.wrapping_add(j), ..self }
    }

    /// From this row on.
    fn down(self, i: usize) -> Self {
        let first =
            if self.first.is_null() { self.first } else { self.first.wrapping_add(i * self.first_stride) };
        let a = self.a.wrapping_add(if self.a_down { i } else { i * self.a_stride });
        Self { a, first, c: self.c.wrapping_add(i * self.c_stride), ..self }
    }

    /// From this part of the inner size on; `c` holds the sums so far.
    fn deeper(self, k: usize) -> Self {
        if k == 0 {
            return self;
        }
        let a = self.a.wrapping_add(if self.a_down { k * self.a_stride } else { k });
        let b = self.b.wrapping_add(if self.b_down { k } else { k * self.b_stride });
        Self { a, b, first: self.c, first_stride: self.c_stride, ..self }
    }

    /// Whether `b` is read where it is: it must not be turned, and lie close together or be used
    /// only once or twice.
    fn in_place<V: Vector>(&self) -> bool {
        !self.b_down && (self.m <= 2 * V::ROWS || self.k * self.n <= SMALL || self.b_stride <= 2 * V::LEN)
    }

    /// One row: as many vectors at a time as keep the processor busy.
    #[inline(always)]
    unsafe fn row<V: Vector<Elem = E>>(mut self) {
        // `a` is a row or a column.
        let next = if self.a_down { self.a_stride } else { 1 };
        self = Self { a_down: true, a_stride: next, ..self };
        // SAFETY: the caller's; a tile has no more columns than are left.
        unsafe {
            while self.n > 0 {
                let vectors = match self.n.div_ceil(V::LEN) {
                    8.. => 8,
                    4.. => 4,
                    2.. => 2,
                    _ => 1,
                };
                let part = Self { n: self.n.min(vectors * V::LEN), ..self };
                match vectors {
                    8 => part.tile::<V, 1, 8, true>(Soon::NOTHING),
                    4 => part.tile::<V, 1, 4, true>(Soon::NOTHING),
                    2 => part.tile::<V, 1, 2, true>(Soon::NOTHING),
                    _ => part.tile::<V, 1, 1, true>(Soon::NOTHING),
                }
                self = Self { n: self.n - part.n, ..self.right(part.n) };
            }
        }
    }

    /// One panel: all rows by `COLS` vectors.
    #[inline(always)]
    unsafe fn panel<V: Vector<Elem = E>, const COLS: usize>(self, next: Soon<E>) {
        // SAFETY: the caller's; each tile is inside of the panel.
        unsafe {
            if self.a_down {
                self.tiles::<V, COLS, true>(next);
            } else {
                self.tiles::<V, COLS, false>(next);
            }
        }
    }

    #[inline(always)]
    unsafe fn tiles<V: Vector<Elem = E>, const COLS: usize, const DOWN: bool>(mut self, next: Soon<E>) {
        let mut tile = 0;
        // SAFETY: as above: a tile has no more rows than are left.
        unsafe {
            while self.m > 0 {
                let rows = match self.m {
                    m if m >= V::ROWS => V::ROWS,
                    m if V::ROWS > 8 && m >= 8 => 8,
                    m if m >= 4 => 4,
                    m => m,
                };
                let soon = next.of_tile::<V>(tile, self.k);
                tile += 1;
                match rows {
                    1 => self.tile::<V, 1, COLS, DOWN>(soon),
                    2 => self.tile::<V, 2, COLS, DOWN>(soon),
                    3 => self.tile::<V, 3, COLS, DOWN>(soon),
                    4 => self.tile::<V, 4, COLS, DOWN>(soon),
                    6 if const { V::ROWS == 6 } => self.tile::<V, 6, COLS, DOWN>(soon),
                    8 if const { V::ROWS > 8 } => self.tile::<V, 8, COLS, DOWN>(soon),
                    _ if const { V::ROWS == 12 } => self.tile::<V, 12, COLS, DOWN>(soon),
                    _ => unreachable!("there is a tile for every height"),
                }
                self = Self { m: self.m - rows, ..self.down(rows) };
            }
        }
    }

    #[inline(always)]
    unsafe fn tile<V: Vector<Elem = E>, const ROWS: usize, const COLS: usize, const DOWN: bool>(
        &self,
        soon: Soon<E>,
    ) {
        let Self { k, a, a_stride, b, b_stride, first, first_stride, c, c_stride, padded, .. } = *self;
        let last = self.n - (COLS - 1) * V::LEN;
        let tile: Tile<E, ROWS, COLS, DOWN> =
            Tile { k, a, a_stride, b, b_stride, last, padded, first, first_stride, c, c_stride, soon };
        // SAFETY: the caller's.
        unsafe { V::call(tile) };
    }
}

impl<E: Element> Job<E> for Product<E> {
    type Out = ();

    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>>(self) {
        if self.m == 1 && !self.b_down {
            // SAFETY: the caller's.
            return unsafe { self.row::<V>() };
        }
        let panel = 2 * V::LEN;
        let in_place = self.in_place::<V>();
        let depth = self.k.div_ceil(self.k.div_ceil(DEPTH).max(1)).max(1);
        // Room that nobody else uses meanwhile: a job does not come here twice.
        let scratch = if in_place { core::ptr::null_mut() } else { scratch::panel() };
        for i in (0..self.m).step_by(TALL) {
            let rows = Self { m: TALL.min(self.m - i), ..self.down(i) };
            for k in (0..self.k.max(1)).step_by(depth) {
                let part = Self { k: depth.min(self.k - k), ..rows.deeper(k) };
                for j in (0..self.n).step_by(panel) {
                    let mut part = Self { n: panel.min(self.n - j), ..part.right(j) };
                    // SAFETY: every part is inside of the whole; the scratch holds `depth` rows.
                    unsafe {
                        let mut next = Soon::NOTHING;
                        if !in_place {
                            if !part.b_down && j + panel < self.n {
                                next = Soon { at: part.right(panel).b, stride: part.b_stride };
                            }
                            pack::<V>(part.k, part.n, part.b, part.b_stride, part.b_down, scratch);
                            part = Self { b: scratch, b_stride: panel, b_down: false, padded: true, ..part };
                        }
                        if part.n > V::LEN {
                            part.panel::<V, 2>(next);
                        } else {
                            part.panel::<V, 1>(next);
                        }
                    }
                }
            }
        }
    }
}
