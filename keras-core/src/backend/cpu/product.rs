//! Products of matrices: what is multiplied, and how threads share it.

use super::simd::Level;
use super::threads::Threads;
use crate::element::Element;

/// Columns that a job is cut at: two vectors of the widest kind.
const CUT: usize = 32;
/// Rows that a job is cut at: the tallest tile.
const CUT_ROWS: usize = 12;
/// Multiplications that are worth a thread's attention: a few µs.
const GRAIN: usize = 256 << 10;
/// Rows that are worth packing a panel for once more.
const ROWS_EACH: usize = 48;
/// Parts of a job for each thread.
const PARTS_EACH: usize = 4;

/// Bytes between rows from which on they meet in the first cache.
const APART: usize = 4000;
/// The least size that is worth packing for.
const OFTEN: usize = 128;

/// A matrix in memory, row by row or, if `turned`, column by column; `stride` elements from one to the
/// next.
#[derive(Clone, Copy)]
pub struct Stored<E> {
    pub at: *const E,
    pub stride: usize,
    pub turned: bool,
}

impl<E> Stored<E> {
    pub fn new(elements: &[E], stride: usize) -> Self {
        Self { at: elements.as_ptr(), stride, turned: false }
    }

    /// The transpose of what is stored there.
    pub fn turned(elements: &[E], stride: usize) -> Self {
        Self { at: elements.as_ptr(), stride, turned: true }
    }

    /// The part that begins at this row and column.
    pub fn from(self, row: usize, column: usize) -> Self {
        let (i, j) = if self.turned { (column, row) } else { (row, column) };
        Self { at: self.at.wrapping_add(i * self.stride + j), ..self }
    }
}

/// `c = first + a b`: `c` is `m` by `n`, `k` is the inner size.
#[derive(Clone, Copy)]
pub struct Product<E> {
    pub m: usize,
    pub n: usize,
    pub k: usize,
    pub a: Stored<E>,
    pub b: Stored<E>,
    /// What is added to: null for nothing; a stride of 0 for the same in each row.
    pub first: *const E,
    pub first_stride: usize,
    pub c: *mut E,
    pub c_stride: usize,
    /// Whether `b` has more columns, which will be needed next.
    pub goes_on: bool,
    /// Whether `a` is in the order of [`pack`](super::pack::pack).
    pub a_packed: bool,
}

// SAFETY: a product is the only user of its `c`, and nobody writes to the rest meanwhile.
unsafe impl<E: Sync> Sync for Product<E> {}

impl<E: Element> Product<E> {
    /// `c = a b`, for an `m` by `n` matrix `c` without gaps.
    pub fn new([m, n, k]: [usize; 3], a: Stored<E>, b: Stored<E>, c: &mut [E]) -> Self {
        let (first, c) = (core::ptr::null(), c.as_mut_ptr());
        Self { m, n, k, a, b, first, first_stride: 0, c, c_stride: n, goes_on: false, a_packed: false }
    }

    /// `c = row + a b`
    pub fn plus_row(self, row: Option<&[E]>) -> Self {
        Self { first: row.map_or(core::ptr::null(), <[E]>::as_ptr), first_stride: 0, ..self }
    }

    /// `c += a b`
    pub fn plus_c(self) -> Self {
        Self { first: self.c, first_stride: self.c_stride, ..self }
    }

    /// What begins at this row, column and depth; the sizes are still those of the whole. Behind the
    /// first depth, `c` holds the sums so far.
    pub fn from(self, i: usize, j: usize, k: usize) -> Self {
        let c = self.c.wrapping_add(i * self.c_stride + j);
        let part = Self { a: self.a.from(i, k), b: self.b.from(k, j), c, ..self };
        if k > 0 {
            part.plus_c()
        } else if self.first.is_null() {
            part
        } else {
            Self { first: self.first.wrapping_add(i * self.first_stride + j), ..part }
        }
    }

    /// Whether rows lie so far apart that they displace each other in the caches, and are used often
    /// enough to be packed first.
    pub fn large(&self) -> bool {
        let apart = |s: &Stored<E>| s.stride * size_of::<E>() >= APART;
        (apart(&self.a) || apart(&self.b)) && self.m.min(self.n).min(self.k) >= OFTEN
    }

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
        // Of `a` and `b`, the larger one is divided, so that no two threads fetch the same of it; but
        // everyone who works on a panel packs it, so a few rows are not divided. Then parts enough
        // for all threads to end at about the same time.
        // A large product packs all of `b` for each part, so there is one part for each thread.
        let down =
            if self.m < self.n && !self.large() { 1 } else { (self.m / ROWS_EACH).clamp(1, threads.count()) };
        let parts = if self.large() { down } else { (work / GRAIN).min(PARTS_EACH * threads.count()) };
        let height = self.m.div_ceil(CUT_ROWS).div_ceil(down) * CUT_ROWS;
        let width = self.n.div_ceil(CUT).div_ceil(parts.div_ceil(down)) * CUT;
        let (down, across) = (self.m.div_ceil(height), self.n.div_ceil(width));
        threads.for_each(across * down, |part| {
            let (i, j) = (part / across * height, part % across * width);
            let (m, n) = (height.min(self.m - i), width.min(self.n - j));
            E::at(level, Self { m, n, goes_on: j + n < self.n, ..self.from(i, j, 0) });
        });
    }
}
