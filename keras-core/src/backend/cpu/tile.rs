//! The heart of all products: a few rows by a few vectors of the result, kept in registers.

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
    /// What is added to: null for nothing; a stride of 0 for the same in each row.
    pub first: *const E,
    pub first_stride: usize,
    pub c: *mut E,
    pub c_stride: usize,
}

impl<E: Element, const ROWS: usize, const COLS: usize, const DOWN: bool> Job<E>
    for Tile<E, ROWS, COLS, DOWN>
{
    type Out = ();

    /// # Safety
    /// Besides: `a`, `b`, `first` (if not null) and `c` are valid for the elements named above, and
    /// nobody else uses those of `c`. Each sum runs along `k` in order, whatever the tile's size.
    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>>(self) {
        // SAFETY: the caller's.
        unsafe {
            if self.last == V::LEN && !V::MASKS {
                self.sums::<V, true>();
            } else {
                self.sums::<V, false>();
            }
        }
    }
}

impl<E: Element, const ROWS: usize, const COLS: usize, const DOWN: bool> Tile<E, ROWS, COLS, DOWN> {
    /// # Safety
    /// As `run`; `self.last` is a whole vector if `WHOLE`.
    #[inline(always)]
    unsafe fn sums<V: Vector<Elem = E>, const WHOLE: bool>(self) {
        // SAFETY: the caller's: rows below ROWS, columns below COLS vectors, the last one counted by
        // `last`, and k below `self.k`.
        unsafe {
            let mut sums = [[V::splat(E::ZERO); COLS]; ROWS];
            if !self.first.is_null() {
                for (r, sums) in sums.iter_mut().enumerate() {
                    *sums = self.row::<V, WHOLE>(self.first.add(r * self.first_stride));
                }
            }
            let mut k = 0;
            while k + 4 <= self.k {
                self.step::<V, WHOLE>(k, &mut sums);
                self.step::<V, WHOLE>(k + 1, &mut sums);
                self.step::<V, WHOLE>(k + 2, &mut sums);
                self.step::<V, WHOLE>(k + 3, &mut sums);
                k += 4;
            }
            while k < self.k {
                self.step::<V, WHOLE>(k, &mut sums);
                k += 1;
            }
            for (r, sums) in sums.iter().enumerate() {
                let c = self.c.add(r * self.c_stride);
                for (j, sum) in sums.iter().enumerate() {
                    if WHOLE || j + 1 < COLS {
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
    unsafe fn step<V: Vector<Elem = E>, const WHOLE: bool>(&self, k: usize, sums: &mut [[V; COLS]; ROWS]) {
        // SAFETY: as in `sums`.
        unsafe {
            let b = self.row::<V, WHOLE>(self.b.add(k * self.b_stride));
            for (r, sums) in sums.iter_mut().enumerate() {
                let at = if DOWN { k * self.a_stride + r } else { r * self.a_stride + k };
                let a = V::splat(*self.a.add(at));
                for (sum, &b) in sums.iter_mut().zip(&b) {
                    *sum = sum.plus_product(a, b);
                }
            }
        }
    }
}
