//! The heart of all products: a few rows by a few vectors of the result, kept in registers.

use super::product::Stored;
use super::vector::{Job, Vector};
use crate::element::Element;

/// A tile of `c = first + a b`: `ROWS` rows by `COLS` vectors.
///
/// `a` is `ROWS` by `k`: its elements lie `a_stride` apart from row to row and next to each other
/// along `k`, or, if `DOWN`, the other way round. `b` is `k` by the columns, row-major.
#[derive(Clone, Copy)]
pub struct Tile<E, const ROWS: usize, const COLS: usize, const DOWN: bool> {
    pub k: usize,
    pub a: *const E,
    pub a_stride: usize,
    pub b: *const E,
    pub b_stride: usize,
    /// How many columns of the last vector there are.
    pub last: usize,
    /// Whether the last vector of `b` may be read whole all the same: loading a part costs more.
    pub padded: bool,
    /// Where to copy `b` to on the way, padded, in rows of two vectors; null for nowhere. Only in a
    /// tile of full height.
    pub pack: *mut E,
    /// What is added to: null for nothing; a stride of 0 for the same in each row.
    pub first: *const E,
    pub first_stride: usize,
    pub c: *mut E,
    pub c_stride: usize,
    pub soon: Soon<E>,
}

/// What will be needed soon: a cache line for every four steps along `k`, this far apart.
#[derive(Clone, Copy)]
pub struct Soon<E> {
    pub at: *const E,
    pub stride: usize,
}

impl<E: Element, const ROWS: usize, const COLS: usize, const DOWN: bool> Job<E>
    for Tile<E, ROWS, COLS, DOWN>
{
    type Out = ();

    /// # Safety
    /// Besides: `a`, `b`, `first` (if not null) and `c` are valid for the elements named above;
    /// nobody else uses those of `c`; `pack`, if not null, has `k` rows. Each sum runs along `k` in order, whatever the tile's size.
    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>>(self) {
        // SAFETY: the caller's.
        unsafe {
            if const { ROWS == V::ROWS } && !self.pack.is_null() {
                self.sums::<V, false, true>();
            } else if self.padded || self.last == V::LEN {
                self.sums::<V, true, false>();
            } else {
                self.sums::<V, false, false>();
            }
        }
    }
}

impl<E: Element, const ROWS: usize, const COLS: usize, const DOWN: bool> Tile<E, ROWS, COLS, DOWN> {
    /// # Safety
    /// As `run`; if `WHOLE`, the last vector of `b` can be read whole.
    #[inline(always)]
    unsafe fn sums<V: Vector<Elem = E>, const WHOLE: bool, const PACK: bool>(self) {
        // SAFETY: the caller's: rows below ROWS, columns below COLS vectors, the last one counted by
        // `last`, and k below `self.k`.
        unsafe {
            let mut sums = [[V::splat(E::ZERO); COLS]; ROWS];
            if !self.first.is_null() {
                for (r, sums) in sums.iter_mut().enumerate() {
                    *sums = self.row::<V, false>(self.first.add(r * self.first_stride));
                }
            }
            let mut at = self.cursor();
            // Asking for what is not there is slow.
            let mut soon = if self.soon.at.is_null() { self.b } else { self.soon.at };
            for _ in 0..self.k / 4 {
                prefetch::<_, false>(soon);
                soon = soon.wrapping_add(self.soon.stride);
                self.step::<V, WHOLE, PACK>(&at, 0, &mut sums);
                self.step::<V, WHOLE, PACK>(&at, 1, &mut sums);
                self.step::<V, WHOLE, PACK>(&at, 2, &mut sums);
                self.step::<V, WHOLE, PACK>(&at, 3, &mut sums);
                self.advance::<V>(&mut at, 4);
            }
            for _ in 0..self.k % 4 {
                self.step::<V, WHOLE, PACK>(&at, 0, &mut sums);
                self.advance::<V>(&mut at, 1);
            }
            for (r, sums) in sums.iter().enumerate() {
                let c = self.c.add(r * self.c_stride);
                for (j, sum) in sums.iter().enumerate() {
                    if j + 1 < COLS {
                        sum.store(c.add(j * V::LEN));
                    } else {
                        sum.store_first(c.add(j * V::LEN), self.last);
                    }
                }
            }
        }
    }

    #[inline(always)]
    unsafe fn row<V: Vector<Elem = E>, const WHOLE: bool>(&self, from: *const E) -> [V; COLS] {
        // SAFETY: as in `sums`.
        unsafe {
            let mut row = [V::splat(E::ZERO); COLS];
            for (j, v) in row.iter_mut().enumerate() {
                let from = from.add(j * V::LEN);
                *v = if WHOLE || j + 1 < COLS { V::load(from) } else { V::load_first(from, self.last) };
            }
            row
        }
    }

    #[inline(always)]
    fn cursor(&self) -> Cursor<E> {
        let rows = if DOWN { 0 } else { 3 * self.a_stride };
        Cursor { a: core::array::from_fn(|i| self.a.wrapping_add(i * rows)), b: self.b, pack: self.pack }
    }

    #[inline(always)]
    fn advance<V: Vector>(&self, at: &mut Cursor<E>, k: usize) {
        at.b = at.b.wrapping_add(k * self.b_stride);
        at.pack = at.pack.wrapping_add(2 * k * V::LEN);
        let a = if DOWN { k * self.a_stride } else { k };
        for p in &mut at.a {
            *p = opaque(p.wrapping_add(a));
        }
    }

    #[inline(always)]
    unsafe fn step<V: Vector<Elem = E>, const WHOLE: bool, const PACK: bool>(
        &self,
        at: &Cursor<E>,
        k: usize,
        sums: &mut [[V; COLS]; ROWS],
    ) {
        // SAFETY: as in `sums`.
        unsafe {
            let b = self.row::<V, WHOLE>(at.b.add(k * self.b_stride));
            if PACK {
                for (j, b) in b.iter().enumerate() {
                    b.store(at.pack.add((2 * k + j) * V::LEN));
                }
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                let a = if DOWN {
                    at.a[0].add(k * self.a_stride + r)
                } else {
                    at.a[r / 3].add(r % 3 * self.a_stride + k)
                };
                let a = V::splat(*a);
                for (sum, &b) in sums.iter_mut().zip(&b) {
                    *sum = sum.plus_product(a, b);
                }
            }
        }
    }
}

/// Where a tile is along `k`. Three rows of `a` share a pointer: a processor's addresses reach the
/// other two from there, and there are not registers enough for one pointer each.
struct Cursor<E> {
    a: [*const E; 4],
    b: *const E,
    pack: *mut E,
}

impl<E> Soon<E> {
    pub const NOTHING: Self = Self { at: core::ptr::null(), stride: 0 };

    /// The panel that begins there.
    pub fn panel_of(b: Stored<E>) -> Self {
        Self { at: b.at, stride: b.stride }
    }

    /// The share of one tile in bringing a panel of `k` rows and two vectors: the first four tiles
    /// bring a line of each row, a quarter of them each; the next four the next line, until all are
    /// there.
    #[inline(always)]
    pub fn of_tile<V: Vector<Elem = E>>(self, tile: usize, k: usize) -> Self {
        let (quarter, line) = (tile % 4, tile / 4 * (64 / size_of::<E>()));
        if self.stride == 0 || line >= 2 * V::LEN {
            return Self::NOTHING;
        }
        Self { at: self.at.wrapping_add(quarter * (k / 4) * self.stride + line), ..self }
    }
}

/// Asks for a cache line to be brought into the second cache, or into the first.
#[inline(always)]
pub fn prefetch<E, const FIRST: bool>(p: *const E) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a hint; any address is allowed.
    unsafe {
        use core::arch::x86_64::{_MM_HINT_T0, _MM_HINT_T1, _mm_prefetch};
        if FIRST {
            _mm_prefetch::<_MM_HINT_T0>(p.cast());
        } else {
            _mm_prefetch::<_MM_HINT_T1>(p.cast());
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = p;
}

/// The same pointer, but the compiler does not know; else it would undo what [`Cursor`] says.
#[allow(clippy::pointers_in_nomem_asm_block, reason = "nothing is read or written")]
#[inline(always)]
fn opaque<E>(p: *const E) -> *const E {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    {
        let mut p = p;
        // SAFETY: it does nothing.
        unsafe {
            core::arch::asm!("/* {} */", inout(reg) p, options(pure, nomem, nostack, preserves_flags));
        }
        p
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    p
}
