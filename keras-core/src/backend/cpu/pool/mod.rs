//! Pooling, image by image.

mod halves;
mod windows;

use super::simd;
use super::threads::Threads;
use crate::backend::{Pool2d, Pooling};
use crate::element::Element;
use halves::{Double, Halve};
use windows::{Back, Forward};

pub fn forward<E: Element>(threads: &Threads, p: &Pool2d, n: usize, x: &[E], y: &mut [E]) {
    let (image, map) = (p.image(), p.map());
    threads.for_parts(&mut y[..n * map], map, |i, y| {
        let x = &x[i * image..][..image];
        if halves(p) { simd::run(Halve { p, x, y }) } else { simd::run(Forward { p, x, y }) }
    });
}

pub fn back<E: Element>(threads: &Threads, p: &Pool2d, n: usize, [x, y, dy]: [&[E]; 3], dx: &mut [E]) {
    let (image, map) = (p.image(), p.map());
    threads.for_parts(&mut dx[..n * image], image, |i, dx| {
        let (from, to) = (i * image, i * map);
        let (x, y, dy) = (&x[from..from + image], &y[to..to + map], &dy[to..to + map]);
        if halves(p) { simd::run(Double { p, x, y, dy, dx }) } else { simd::run(Back { p, x, y, dy, dx }) }
    });
}

/// Whether it is the usual one: the largest of two by two pixels, all inside of the image.
fn halves(p: &Pool2d) -> bool {
    p.pooling == Pooling::Max
        && (p.size, p.strides) == ([2, 2], [2, 2])
        && 2 * p.output[0] <= p.input[0]
        && 2 * p.output[1] <= p.input[1]
}

/// Calls a function for all channels, 16 or 8 at a time while there are as many, with the first of them.
/// It copies them out and back: the compiler then knows that what is written is not what is read, and
/// uses vectors.
macro_rules! in_blocks {
    ($channels:expr, $function:ident($($argument:expr),*)) => {{
        let (mut at, channels) = (0, $channels);
        while at + 16 <= channels {
            $function::<E, 16>(at, $($argument),*);
            at += 16;
        }
        if at + 8 <= channels {
            $function::<E, 8>(at, $($argument),*);
            at += 8;
        }
        while at < channels {
            $function::<E, 1>(at, $($argument),*);
            at += 1;
        }
    }};
}
use in_blocks;

/// Some numbers from `at` on.
#[inline(always)]
fn some<E: Element, const N: usize>(from: &[E], at: usize) -> [E; N] {
    let mut some = [E::ZERO; N];
    some.copy_from_slice(&from[at..at + N]);
    some
}

/// Gives a gradient away if it belongs here; 0 is left of it then. Without branches.
#[inline(always)]
fn given<E: Element>(here: bool, g: &mut E) -> E {
    let gives = if here { *g } else { E::ZERO };
    *g = if here { E::ZERO } else { *g };
    gives
}
