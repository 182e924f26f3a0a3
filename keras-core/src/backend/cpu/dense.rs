//! The products of a dense layer.

use core::ptr::null;

use super::dot::Dots;
use super::product::Product;
use super::simd::{Kernel, Level, run};
use super::threads::Threads;
use crate::element::Element;

/// `y = x w + b`
pub fn forward<E: Element, const I: usize, const O: usize>(
    level: Level,
    threads: &Threads,
    n: usize,
    x: &[E],
    w: &[E],
    b: Option<&[E]>,
    y: &mut [E],
) {
    assert!(x.len() >= n * I && w.len() == I * O && b.is_none_or(|b| b.len() == O) && y.len() >= n * O);
    if O == 1
        && let Some(w) = w.as_array()
    {
        let dots = Dots::<E, I> { x: &x[..n * I], w, b: b.map_or(E::ZERO, |b| b[0]), y };
        return E::at(level, dots);
    }
    let product = Product {
        m: n,
        n: O,
        k: I,
        a: x.as_ptr(),
        a_stride: I,
        a_down: false,
        b: w.as_ptr(),
        b_stride: O,
        b_down: false,
        first: b.map_or(null(), <[E]>::as_ptr),
        first_stride: 0,
        c: y.as_mut_ptr(),
        c_stride: O,
        padded: false,
    };
    // SAFETY: the assertion says that the slices hold what the sizes name.
    unsafe { product.share(level, threads) };
}

/// `dx = dy wᵀ`
pub fn back_input<E: Element, const I: usize, const O: usize>(
    level: Level,
    threads: &Threads,
    n: usize,
    dy: &[E],
    w: &[E],
    dx: &mut [E],
) {
    assert!(dy.len() >= n * O && w.len() == I * O && dx.len() >= n * I);
    let product = Product {
        m: n,
        n: I,
        k: O,
        a: dy.as_ptr(),
        a_stride: O,
        a_down: false,
        b: w.as_ptr(),
        b_stride: O,
        // One unit's weights are a row already.
        b_down: O > 1,
        first: null(),
        first_stride: 0,
        c: dx.as_mut_ptr(),
        c_stride: I,
        padded: false,
    };
    // SAFETY: as above.
    unsafe { product.share(level, threads) };
}

/// `dw = xᵀ dy`, `db = Σ dy`
#[allow(clippy::too_many_arguments, reason = "it is what the product has")]
pub fn back_weights<E: Element, const I: usize, const O: usize>(
    level: Level,
    threads: &Threads,
    n: usize,
    x: &[E],
    dy: &[E],
    dw: &mut [E],
    db: Option<&mut [E]>,
    add: bool,
) {
    assert!(x.len() >= n * I && dy.len() >= n * O && dw.len() == I * O);
    let c = dw.as_mut_ptr();
    let first = if add { c.cast_const() } else { null() };
    let (x, dy) = (&x[..n * I], &dy[..n * O]);
    let product = if O == 1 {
        // One unit: a row, with x as it is.
        Product {
            m: 1,
            n: I,
            k: n,
            a: dy.as_ptr(),
            a_stride: n,
            a_down: false,
            b: x.as_ptr(),
            b_stride: I,
            b_down: false,
            first,
            first_stride: I,
            c,
            c_stride: I,
            padded: false,
        }
    } else {
        Product {
            m: I,
            n: O,
            k: n,
            a: x.as_ptr(),
            a_stride: I,
            a_down: true,
            b: dy.as_ptr(),
            b_stride: O,
            b_down: false,
            first,
            first_stride: O,
            c,
            c_stride: O,
            padded: false,
        }
    };
    // SAFETY: as above.
    unsafe { product.share(level, threads) };
    if let Some(db) = db {
        run(ColumnSums::<E, O> { rows: dy, sums: db, add });
    }
}

struct ColumnSums<'a, E, const O: usize> {
    rows: &'a [E],
    sums: &'a mut [E],
    add: bool,
}

impl<E: Element, const O: usize> Kernel for ColumnSums<'_, E, O> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { rows, sums, add } = self;
        let sums = &mut sums[..O];
        if !add {
            sums.fill(E::ZERO);
        }
        // Columns that fit into registers, all rows.
        for (i, sums) in sums.chunks_mut(64).enumerate() {
            for row in rows.chunks_exact(O) {
                sums.iter_mut().zip(&row[i * 64..]).for_each(|(sum, &v)| *sum += v);
            }
        }
    }
}
