//! Zeros around images, put there and taken away.

use super::threads::Threads;
use crate::backend::Pad2d;
use crate::element::Element;

pub fn pad<E: Element>(threads: &Threads, p: &Pad2d, n: usize, x: &[E], y: &mut [E]) {
    let (row, image, padded) = (p.row(), p.image(), p.padded());
    threads.for_parts(&mut y[..n * padded], padded, |i, y| {
        y.fill(E::ZERO);
        rows(p, |from, to| y[to..to + row].copy_from_slice(&x[i * image + from..][..row]));
    });
}

pub fn crop<E: Element>(threads: &Threads, p: &Pad2d, n: usize, y: &[E], x: &mut [E]) {
    let (row, image, padded) = (p.row(), p.image(), p.padded());
    threads.for_parts(&mut x[..n * image], image, |i, x| {
        rows(p, |from, to| x[from..from + row].copy_from_slice(&y[i * padded + to..][..row]));
    });
}

/// Calls `f` with where each row of an image lies without the border, and with it.
fn rows(p: &Pad2d, mut f: impl FnMut(usize, usize)) {
    let left = p.padding[1][0] * p.input[2];
    for h in 0..p.input[0] {
        f(h * p.row(), (h + p.padding[0][0]) * p.padded_row() + left);
    }
}
