//! The products of a dense layer.

use super::dot::Dots;
use super::product::{Product, Stored};
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
    let product = Product::new([n, O, I], Stored::new(x, I), Stored::new(w, O), y).plus_row(b);
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
    // One unit's weights are a row already.
    let turned = if O == 1 { Stored::new(w, I) } else { Stored::turned(w, O) };
    let product = Product::new([n, I, O], Stored::new(dy, O), turned, dx);
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
    let (x, dy) = (&x[..n * I], &dy[..n * O]);
    let product = if O == 1 {
        // One unit: a row, with x as it is.
        Product::new([1, I, n], Stored::new(dy, n), Stored::new(x, I), dw)
    } else {
        Product::new([I, O, n], Stored::turned(x, I), Stored::new(dy, O), dw)
    };
    let product = if add { product.plus_c() } else { product };
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
