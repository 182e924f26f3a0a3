//! Any pool.

use super::{given, in_blocks, some};
use crate::backend::cpu::simd::Kernel;
use crate::backend::{Pool2d, Pooling};
use crate::element::Element;

/// Calls `f` for each place of the output, with the rows and columns that its window covers.
#[inline(always)]
fn each(p: &Pool2d, mut f: impl FnMut(usize, [[usize; 2]; 2])) {
    for oh in 0..p.output[0] {
        let rows = p.window(0, oh);
        for ow in 0..p.output[1] {
            f((oh * p.output[1] + ow) * p.input[2], [rows, p.window(1, ow)]);
        }
    }
}

/// Calls `f` with where each pixel of a window begins.
#[inline(always)]
fn pixels(p: &Pool2d, [rows, columns]: [[usize; 2]; 2], mut f: impl FnMut(usize)) {
    let [_, width, channels] = p.input;
    for h in rows[0]..rows[1] {
        for w in columns[0]..columns[1] {
            f((h * width + w) * channels);
        }
    }
}

/// What each element counts in the mean of a window.
#[inline(always)]
fn share<E: Element>([rows, columns]: [[usize; 2]; 2]) -> E {
    E::ONE / E::of(((rows[1] - rows[0]) * (columns[1] - columns[0])) as f64)
}

pub struct Forward<'a, E> {
    pub p: &'a Pool2d,
    pub x: &'a [E],
    pub y: &'a mut [E],
}

impl<E: Element> Kernel for Forward<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { p, x, y } = self;
        let c = p.input[2];
        match p.pooling {
            Pooling::Max => each(p, |at, window| in_blocks!(c, largest_of(p, window, x, &mut y[at..at + c]))),
            Pooling::Average => {
                each(p, |at, window| in_blocks!(c, mean_of(p, window, x, &mut y[at..at + c])))
            }
        }
    }
}

#[inline(always)]
fn largest_of<E: Element, const N: usize>(
    at: usize,
    p: &Pool2d,
    window: [[usize; 2]; 2],
    x: &[E],
    y: &mut [E],
) {
    let [rows, columns] = window;
    let mut largest = some::<E, N>(x, (rows[0] * p.input[1] + columns[0]) * p.input[2] + at);
    pixels(p, window, |pixel| {
        let x = some::<E, N>(x, pixel + at);
        for i in 0..N {
            largest[i] = largest[i].maximum(x[i]);
        }
    });
    y[at..at + N].copy_from_slice(&largest);
}

#[inline(always)]
fn mean_of<E: Element, const N: usize>(at: usize, p: &Pool2d, window: [[usize; 2]; 2], x: &[E], y: &mut [E]) {
    let mut sum = [E::ZERO; N];
    pixels(p, window, |pixel| {
        let x = some::<E, N>(x, pixel + at);
        for i in 0..N {
            sum[i] += x[i];
        }
    });
    let share = share::<E>(window);
    y[at..at + N].copy_from_slice(&sum.map(|sum| sum * share));
}

pub struct Back<'a, E> {
    pub p: &'a Pool2d,
    pub x: &'a [E],
    pub y: &'a [E],
    pub dy: &'a [E],
    pub dx: &'a mut [E],
}

impl<E: Element> Kernel for Back<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { p, x, y, dy, dx } = self;
        let c = p.input[2];
        dx.fill(E::ZERO);
        each(p, |at, window| {
            let output = (&y[at..at + c], &dy[at..at + c]);
            match p.pooling {
                Pooling::Max => in_blocks!(c, give_to_largest(p, window, x, output, dx)),
                Pooling::Average => in_blocks!(c, give_to_all(p, window, output.1, dx)),
            }
        });
    }
}

#[inline(always)]
fn give_to_largest<E: Element, const N: usize>(
    at: usize,
    p: &Pool2d,
    window: [[usize; 2]; 2],
    x: &[E],
    (y, dy): (&[E], &[E]),
    dx: &mut [E],
) {
    let (y, mut g) = (some::<E, N>(y, at), some::<E, N>(dy, at));
    pixels(p, window, |pixel| {
        let (x, mut sum) = (some::<E, N>(x, pixel + at), some::<E, N>(dx, pixel + at));
        for i in 0..N {
            sum[i] += given(x[i] == y[i], &mut g[i]);
        }
        dx[pixel + at..pixel + at + N].copy_from_slice(&sum);
    });
}

#[inline(always)]
fn give_to_all<E: Element, const N: usize>(
    at: usize,
    p: &Pool2d,
    window: [[usize; 2]; 2],
    dy: &[E],
    dx: &mut [E],
) {
    let share = share::<E>(window);
    let g = some::<E, N>(dy, at).map(|dy| dy * share);
    pixels(p, window, |pixel| {
        let mut sum = some::<E, N>(dx, pixel + at);
        for i in 0..N {
            sum[i] += g[i];
        }
        dx[pixel + at..pixel + at + N].copy_from_slice(&sum);
    });
}
