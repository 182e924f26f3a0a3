//! A few places by a few vectors of filters, kept in registers.

use super::super::vector::{Job, Vector};
use crate::element::Element;

/// Tiles of `c = first + a b`, one below the other: `ROWS` rows by `COLS` vectors each.
///
/// It differs from the tile of a product in that the inner size does not lie in one piece: it is `k` long
/// and goes on elsewhere, in two more dimensions, while the sums stay in registers.
#[derive(Clone, Copy)]
pub struct Tile<E, const ROWS: usize, const COLS: usize, const DOWN: bool>(Strip<E>);

/// What tiles are computed from. `a`'s elements lie `a_stride` apart from row to row and next to each
/// other along `k`, or, if `DOWN`, the other way round. `b` is `k` by the columns, row-major; if not
/// `DOWN`, its last vector may be read whole: loading a part costs more.
#[derive(Clone, Copy)]
pub struct Strip<E> {
    pub k: usize,
    /// The other two dimensions of the inner size, the outer one first.
    pub runs: [Run; 2],
    pub a: *const E,
    pub a_stride: usize,
    /// If `DOWN`, how far it is from each third row to the next; the others follow each other.
    pub a_three: usize,
    pub b: *const E,
    pub b_stride: usize,
    /// How many columns there are, at most two vectors.
    pub columns: usize,
    /// What is added to: null for nothing; a stride of 0 for the same in each row.
    pub first: *const E,
    pub first_stride: usize,
    pub c: *mut E,
    pub c_stride: usize,
    /// How often there are such rows, and how far apart they are in `a`, `first` and `c`.
    pub lines: usize,
    pub a_line: usize,
    pub first_line: usize,
    pub c_line: usize,
}

/// How often a sum goes on somewhere else, and how far that is in `a` and `b`.
#[derive(Clone, Copy)]
pub struct Run {
    pub count: usize,
    pub a: usize,
    pub b: usize,
}

impl Run {
    pub const ONCE: Self = Self { count: 1, a: 0, b: 0 };
}

impl<E: Element> Strip<E> {
    /// Computes `rows` rows, in tiles of heights as equal as can be: a low tile at the end would leave
    /// most of the processor idle.
    ///
    /// # Safety
    /// `a`, `b`, `first` (if not null) and `c` are valid for what is named here, nobody else uses what
    /// is written, and the processor has `V`. Each sum runs along `k` in order, whatever the height.
    #[inline(always)]
    pub unsafe fn run<V: Vector<Elem = E>, const DOWN: bool>(self, rows: usize) {
        let tiles = rows.div_ceil(V::ROWS);
        let (low, more) = (rows / tiles, rows % tiles);
        // SAFETY: the caller's; the tiles are as many rows as there are.
        unsafe {
            if more > 0 {
                self.tiles::<V, DOWN>(low + 1, more);
            }
            self.below(more * (low + 1), DOWN).tiles::<V, DOWN>(low, tiles - more);
        }
    }

    /// What begins this many rows further down.
    #[inline(always)]
    fn below(self, rows: usize, down: bool) -> Self {
        Self {
            a: self.a.wrapping_add(rows * if down { 1 } else { self.a_stride }),
            first: self.first.wrapping_add(rows * self.first_stride),
            c: self.c.wrapping_add(rows * self.c_stride),
            ..self
        }
    }

    /// # Safety
    /// As `run`.
    #[inline(always)]
    unsafe fn tiles<V: Vector<Elem = E>, const DOWN: bool>(self, height: usize, times: usize) {
        // SAFETY: the caller's.
        unsafe {
            if self.columns > V::LEN {
                self.high::<V, 2, DOWN>(height, times);
            } else {
                self.high::<V, 1, DOWN>(height, times);
            }
        }
    }

    /// # Safety
    /// As `run`.
    #[inline(always)]
    unsafe fn high<V: Vector<Elem = E>, const COLS: usize, const DOWN: bool>(
        self,
        height: usize,
        times: usize,
    ) {
        macro_rules! heights {
            ($($height:literal)*) => {
                match height {
                    $($height if const { V::ROWS >= $height } => {
                        // SAFETY: the caller's.
                        unsafe { V::call((Tile::<E, $height, COLS, DOWN>(self), times)) }
                    })*
                    _ => unreachable!("a height between 1 and that of the vectors"),
                }
            };
        }
        heights!(12 11 10 9 8 7 6 5 4 3 2 1);
    }
}

impl<E: Element, const ROWS: usize, const COLS: usize, const DOWN: bool> Job<E>
    for (Tile<E, ROWS, COLS, DOWN>, usize)
{
    type Out = ();

    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>>(self) {
        let (tile, times) = self;
        // SAFETY: the caller's.
        unsafe {
            if !DOWN || tile.0.columns == COLS * V::LEN {
                tile.all::<V, true>(times);
            } else {
                tile.all::<V, false>(times);
            }
        }
    }
}

impl<E: Element, const ROWS: usize, const COLS: usize, const DOWN: bool> Tile<E, ROWS, COLS, DOWN> {
    /// # Safety
    /// As [`Strip::run`]; if `WHOLE`, the last vector of `b` can be read whole.
    #[inline(always)]
    unsafe fn all<V: Vector<Elem = E>, const WHOLE: bool>(&self, times: usize) {
        let Strip { lines, a_line, first_line, c_line, .. } = self.0;
        for line in 0..lines {
            let mut a = self.0.a.wrapping_add(line * a_line);
            let mut first = self.0.first.wrapping_add(line * first_line);
            let mut c = self.0.c.wrapping_add(line * c_line);
            for _ in 0..times {
                // SAFETY: the caller's.
                unsafe { self.sums::<V, WHOLE>(a, first, c) };
                a = a.wrapping_add(ROWS * if DOWN { 1 } else { self.0.a_stride });
                first = first.wrapping_add(ROWS * self.0.first_stride);
                c = c.wrapping_add(ROWS * self.0.c_stride);
            }
        }
    }

    /// One tile.
    ///
    /// # Safety
    /// As `all`.
    #[inline(always)]
    unsafe fn sums<V: Vector<Elem = E>, const WHOLE: bool>(&self, a: *const E, first: *const E, c: *mut E) {
        let Strip { runs: [outer, inner], b, first_stride, c_stride, .. } = self.0;
        // SAFETY: the caller's: rows below ROWS, columns as counted, and k below `k`, in each run.
        unsafe {
            let mut sums = [[V::splat(E::ZERO); COLS]; ROWS];
            if !self.0.first.is_null() {
                for (r, sums) in sums.iter_mut().enumerate() {
                    *sums = self.row::<V, false>(first.add(r * first_stride));
                }
            }
            for i in 0..outer.count {
                for j in 0..inner.count {
                    let a = a.add(i * outer.a + j * inner.a);
                    let b = b.add(i * outer.b + j * inner.b);
                    self.run::<V, WHOLE>(a, b, &mut sums);
                }
            }
            for (r, sums) in sums.iter().enumerate() {
                let c = c.add(r * c_stride);
                for (j, sum) in sums.iter().enumerate() {
                    if j + 1 < COLS {
                        sum.store(c.add(j * V::LEN));
                    } else {
                        sum.store_first(c.add(j * V::LEN), self.0.columns - j * V::LEN);
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
                let at = from.add(j * V::LEN);
                *v = if WHOLE || j + 1 < COLS {
                    V::load(at)
                } else {
                    V::load_first(at, self.0.columns - j * V::LEN)
                };
            }
            row
        }
    }

    /// One run of `k`.
    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>, const WHOLE: bool>(
        &self,
        a: *const E,
        b: *const E,
        sums: &mut [[V; COLS]; ROWS],
    ) {
        let Strip { k, a_stride, b_stride, .. } = self.0;
        // Three rows of `a` share a pointer: a processor's addresses reach the other two from there, and
        // there are not registers enough for one pointer each.
        let three = if DOWN { self.0.a_three } else { 3 * a_stride };
        let mut at: [_; 4] = core::array::from_fn(|i| a.wrapping_add(i * three));
        let mut b = b;
        let ahead = if DOWN { a_stride } else { 1 };
        // SAFETY: as in `sums`.
        unsafe {
            for _ in 0..k / 4 {
                for i in 0..4 {
                    self.step::<V, WHOLE>(&at, b.add(i * b_stride), i, sums);
                }
                b = b.wrapping_add(4 * b_stride);
                at.iter_mut().for_each(|p| *p = opaque(p.wrapping_add(4 * ahead)));
            }
            if k & 2 != 0 {
                for i in 0..2 {
                    self.step::<V, WHOLE>(&at, b.add(i * b_stride), i, sums);
                }
                b = b.wrapping_add(2 * b_stride);
                at.iter_mut().for_each(|p| *p = opaque(p.wrapping_add(2 * ahead)));
            }
            if k & 1 != 0 {
                self.step::<V, WHOLE>(&at, b, 0, sums);
            }
        }
    }

    #[inline(always)]
    unsafe fn step<V: Vector<Elem = E>, const WHOLE: bool>(
        &self,
        at: &[*const E; 4],
        b: *const E,
        k: usize,
        sums: &mut [[V; COLS]; ROWS],
    ) {
        let stride = self.0.a_stride;
        // SAFETY: as in `sums`.
        unsafe {
            let b = self.row::<V, WHOLE>(b);
            for (r, sums) in sums.iter_mut().enumerate() {
                let a = if DOWN { k * stride + r % 3 } else { r % 3 * stride + k };
                let a = V::splat(*at[r / 3].add(a));
                for (sum, &b) in sums.iter_mut().zip(&b) {
                    *sum = sum.plus_product(a, b);
                }
            }
        }
    }
}

/// The same pointer, but the compiler does not know; else it would make one for each row.
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
