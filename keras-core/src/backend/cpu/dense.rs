//! The products of a dense layer, cut into fixed tiles that threads share.

use super::gemm::Matrix;
use super::threads::Threads;
use crate::element::Element;

/// Samples in one tile of the forward pass.
const ROWS: usize = 32;
/// Rows of the weights' gradient in one tile.
const INPUTS: usize = 112;

fn rows<E>(data: &[E], width: usize) -> Matrix<'_, E> {
    Matrix { data, row: width, column: 1 }
}

fn transposed<E>(data: &[E], width: usize) -> Matrix<'_, E> {
    Matrix { data, row: 1, column: width }
}

/// `y = x w + b`
pub fn forward<E: Element, const I: usize, const O: usize>(
    threads: &Threads,
    n: usize,
    x: &[E],
    w: &[E],
    b: Option<&[E]>,
    y: &mut [E],
) {
    let tile = |x: &[E], y: &mut [E]| {
        if let Some(b) = b {
            y.chunks_exact_mut(O).for_each(|y| y.copy_from_slice(b));
        }
        E::product(y.len() / O, O, I, rows(x, I), rows(w, O), y, O, b.is_some());
    };
    let (x, y) = (&x[..n * I], &mut y[..n * O]);
    if n > ROWS && threads.inside() {
        use rayon::prelude::*;
        x.par_chunks(ROWS * I).zip(y.par_chunks_mut(ROWS * O)).for_each(|(x, y)| tile(x, y));
    } else {
        x.chunks(ROWS * I).zip(y.chunks_mut(ROWS * O)).for_each(|(x, y)| tile(x, y));
    }
}

/// `dx = dy wᵀ`
pub fn back_input<E: Element, const I: usize, const O: usize>(
    threads: &Threads,
    n: usize,
    dy: &[E],
    w: &[E],
    dx: &mut [E],
) {
    let tile = |dy: &[E], dx: &mut [E]| {
        E::product(dx.len() / I, I, O, rows(dy, O), transposed(w, O), dx, I, false);
    };
    let (dy, dx) = (&dy[..n * O], &mut dx[..n * I]);
    if n > ROWS && threads.inside() {
        use rayon::prelude::*;
        dy.par_chunks(ROWS * O).zip(dx.par_chunks_mut(ROWS * I)).for_each(|(dy, dx)| tile(dy, dx));
    } else {
        dy.chunks(ROWS * O).zip(dx.chunks_mut(ROWS * I)).for_each(|(dy, dx)| tile(dy, dx));
    }
}

/// `dw = xᵀ dy`, `db = Σ dy`
pub fn back_weights<E: Element, const I: usize, const O: usize>(
    threads: &Threads,
    n: usize,
    x: &[E],
    dy: &[E],
    dw: &mut [E],
    db: Option<&mut [E]>,
    add: bool,
) {
    let tile = |i: usize, dw: &mut [E]| {
        E::product(dw.len() / O, O, n, transposed(&x[i * INPUTS..], I), rows(dy, O), dw, O, add);
    };
    if I > INPUTS && threads.inside() {
        use rayon::prelude::*;
        dw.par_chunks_mut(INPUTS * O).enumerate().for_each(|(i, dw)| tile(i, dw));
    } else {
        dw.chunks_mut(INPUTS * O).enumerate().for_each(|(i, dw)| tile(i, dw));
    }
    if let Some(db) = db {
        if !add {
            db.fill(E::ZERO);
        }
        for dy in dy[..n * O].chunks_exact(O) {
            db.iter_mut().zip(dy).for_each(|(db, &dy)| *db += dy);
        }
    }
}
