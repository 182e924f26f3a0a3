//! The usual pool: the largest of two by two pixels, all inside of the image.

use super::{given, in_blocks, some};
use crate::backend::Pool2d;
use crate::backend::cpu::simd::Kernel;
use crate::element::Element;

pub struct Halve<'a, E> {
    pub p: &'a Pool2d,
    pub x: &'a [E],
    pub y: &'a mut [E],
}

impl<E: Element> Kernel for Halve<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { p, x, y } = self;
        let c = p.input[2];
        let (row, used) = (p.input[1] * c, p.output[1] * c);
        for (rows, y) in x.chunks_exact(2 * row).zip(y.chunks_exact_mut(used)) {
            let (above, below) = rows.split_at(row);
            let pairs = above.chunks_exact(2 * c).zip(below.chunks_exact(2 * c));
            for ((above, below), y) in pairs.zip(y.chunks_exact_mut(c)) {
                in_blocks!(c, largest(c, above, below, y));
            }
        }
    }
}

/// The largest of two by two pixels, for `N` channels.
#[inline(always)]
fn largest<E: Element, const N: usize>(at: usize, c: usize, above: &[E], below: &[E], y: &mut [E]) {
    let [a, b, d, e] = four::<E, N>(at, c, above, below);
    let mut largest = a;
    for i in 0..N {
        largest[i] = a[i].maximum(b[i]).maximum(d[i]).maximum(e[i]);
    }
    y[at..at + N].copy_from_slice(&largest);
}

/// `N` channels from `at` on, of four pixels: two in each row.
#[inline(always)]
fn four<E: Element, const N: usize>(at: usize, c: usize, above: &[E], below: &[E]) -> [[E; N]; 4] {
    [some(above, at), some(above, c + at), some(below, at), some(below, c + at)]
}

pub struct Double<'a, E> {
    pub p: &'a Pool2d,
    pub x: &'a [E],
    pub y: &'a [E],
    pub dy: &'a [E],
    pub dx: &'a mut [E],
}

impl<E: Element> Kernel for Double<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { p, x, y, dy, dx } = self;
        let c = p.input[2];
        let (row, used) = (p.input[1] * c, p.output[1] * c);
        let (covered, rest) = dx.split_at_mut(p.output[0] * 2 * row);
        rest.fill(E::ZERO);
        let outputs = y.chunks_exact(used).zip(dy.chunks_exact(used));
        let inputs = x.chunks_exact(2 * row).zip(covered.chunks_exact_mut(2 * row));
        for ((y, dy), (x, dx)) in outputs.zip(inputs) {
            let ((above, below), (d_above, d_below)) = (x.split_at(row), dx.split_at_mut(row));
            d_above[2 * used..].fill(E::ZERO);
            d_below[2 * used..].fill(E::ZERO);
            let pairs = above.chunks_exact(2 * c).zip(below.chunks_exact(2 * c));
            let d_pairs = d_above.chunks_exact_mut(2 * c).zip(d_below.chunks_exact_mut(2 * c));
            let outputs = y.chunks_exact(c).zip(dy.chunks_exact(c));
            for ((output, pair), d_pair) in outputs.zip(pairs).zip(d_pairs) {
                let (d_above, d_below) = d_pair;
                in_blocks!(c, give(c, output, pair, [&mut *d_above, &mut *d_below]));
            }
        }
    }
}

/// Gives gradients to the first of two by two pixels that is as large as `y`, for `N` channels.
#[inline(always)]
fn give<E: Element, const N: usize>(
    at: usize,
    c: usize,
    (y, dy): (&[E], &[E]),
    (above, below): (&[E], &[E]),
    [d_above, d_below]: [&mut [E]; 2],
) {
    let (mut four, y, mut g) = (four::<E, N>(at, c, above, below), some::<E, N>(y, at), some::<E, N>(dy, at));
    for pixel in &mut four {
        for i in 0..N {
            pixel[i] = given(pixel[i] == y[i], &mut g[i]);
        }
    }
    d_above[at..at + N].copy_from_slice(&four[0]);
    d_above[c + at..c + at + N].copy_from_slice(&four[1]);
    d_below[at..at + N].copy_from_slice(&four[2]);
    d_below[c + at..c + at + N].copy_from_slice(&four[3]);
}
