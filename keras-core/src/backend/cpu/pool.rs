//! Pooling, image by image.

use super::simd::{self, Kernel};
use super::threads::Threads;
use crate::backend::{Pool2d, Pooling};
use crate::element::Element;

/// Channels whose gradients wait on the stack until they have found their element.
const CHANNELS: usize = 64;

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

/// Calls a function with the number of channels as a constant where it is a usual one, so that loops
/// over them are unrolled; else with 0.
macro_rules! unrolled {
    ($channels:expr, $function:ident($($argument:expr),*)) => {
        match $channels {
            8 => $function::<E, 8>($($argument),*),
            16 => $function::<E, 16>($($argument),*),
            32 => $function::<E, 32>($($argument),*),
            64 => $function::<E, 64>($($argument),*),
            _ => $function::<E, 0>($($argument),*),
        }
    };
}

struct Halve<'a, E> {
    p: &'a Pool2d,
    x: &'a [E],
    y: &'a mut [E],
}

impl<E: Element> Kernel for Halve<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        unrolled!(self.p.input[2], halve(self.p, self.x, self.y));
    }
}

#[inline(always)]
fn halve<E: Element, const C: usize>(p: &Pool2d, x: &[E], y: &mut [E]) {
    let c = if C > 0 { C } else { p.input[2] };
    let (row, used) = (p.input[1] * c, p.output[1] * c);
    for (rows, y) in x.chunks_exact(2 * row).zip(y.chunks_exact_mut(used)) {
        let (above, below) = rows.split_at(row);
        let pairs = above.chunks_exact(2 * c).zip(below.chunks_exact(2 * c));
        for ((above, below), y) in pairs.zip(y.chunks_exact_mut(c)) {
            for i in 0..c {
                let largest = above[i].maximum(above[c + i]);
                y[i] = largest.maximum(below[i]).maximum(below[c + i]);
            }
        }
    }
}

struct Double<'a, E> {
    p: &'a Pool2d,
    x: &'a [E],
    y: &'a [E],
    dy: &'a [E],
    dx: &'a mut [E],
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
            for ow in 0..p.output[1] {
                let (from, to) = (2 * ow * c..2 * (ow + 1) * c, ow * c..(ow + 1) * c);
                let x = [&above[from.clone()], &below[from.clone()]];
                let dx = [&mut d_above[from.clone()], &mut d_below[from]];
                double(c, x, &y[to.clone()], &dy[to], dx);
            }
        }
    }
}

/// Elements worked on at once: loops over arrays of them become vector code.
const BLOCK: usize = 16;

/// One window: two pixels above, two below, all with `c` channels.
#[inline(always)]
fn double<E: Element>(c: usize, x: [&[E]; 2], y: &[E], dy: &[E], dx: [&mut [E]; 2]) {
    let [d_above, d_below] = dx;
    if !c.is_multiple_of(BLOCK) {
        for i in 0..c {
            let (y, mut g) = (y[i], dy[i]);
            d_above[i] = given(x[0][i] == y, &mut g);
            d_above[c + i] = given(x[0][c + i] == y, &mut g);
            d_below[i] = given(x[1][i] == y, &mut g);
            d_below[c + i] = given(x[1][c + i] == y, &mut g);
        }
        return;
    }
    let [above, below] = x.map(|x| x.as_chunks::<BLOCK>().0);
    let (y, dy) = (y.as_chunks::<BLOCK>().0, dy.as_chunks::<BLOCK>().0);
    let (d_above, d_below) = (d_above.as_chunks_mut::<BLOCK>().0, d_below.as_chunks_mut::<BLOCK>().0);
    let n = c / BLOCK;
    // Said here, the compiler need not look each time.
    assert!(y.len() == n && dy.len() == n && [above, below].iter().all(|x| x.len() == 2 * n));
    assert!(d_above.len() == 2 * n && d_below.len() == 2 * n);
    for i in 0..n {
        let mut g = dy[i];
        d_above[i] = given_block(&above[i], &y[i], &mut g);
        d_above[n + i] = given_block(&above[n + i], &y[i], &mut g);
        d_below[i] = given_block(&below[i], &y[i], &mut g);
        d_below[n + i] = given_block(&below[n + i], &y[i], &mut g);
    }
}

/// [`given`] for a block.
#[inline(always)]
fn given_block<E: Element>(x: &[E; BLOCK], y: &[E; BLOCK], g: &mut [E; BLOCK]) -> [E; BLOCK] {
    let mut gives = [E::ZERO; BLOCK];
    for l in 0..BLOCK {
        gives[l] = given(x[l] == y[l], &mut g[l]);
    }
    gives
}

/// Gives a gradient away if it belongs here; 0 is left of it then. Without branches.
#[inline(always)]
fn given<E: Element>(here: bool, g: &mut E) -> E {
    let gives = if here { *g } else { E::ZERO };
    *g = if here { E::ZERO } else { *g };
    gives
}

/// Calls `f` for each place of the output, with the rows and columns that its window covers.
#[inline(always)]
fn each(p: &Pool2d, mut f: impl FnMut(usize, [usize; 2], [usize; 2])) {
    for oh in 0..p.output[0] {
        let rows = p.window(0, oh);
        for ow in 0..p.output[1] {
            f((oh * p.output[1] + ow) * p.input[2], rows, p.window(1, ow));
        }
    }
}

/// Where the pixels of a window begin.
#[inline(always)]
fn pixels(p: &Pool2d, rows: [usize; 2], columns: [usize; 2]) -> impl Iterator<Item = usize> {
    let [_, width, channels] = p.input;
    (rows[0]..rows[1]).flat_map(move |h| (columns[0]..columns[1]).map(move |w| (h * width + w) * channels))
}

/// What each element counts in the mean of a window.
#[inline(always)]
fn share<E: Element>(rows: [usize; 2], columns: [usize; 2]) -> E {
    E::ONE / E::of(((rows[1] - rows[0]) * (columns[1] - columns[0])) as f64)
}

struct Forward<'a, E> {
    p: &'a Pool2d,
    x: &'a [E],
    y: &'a mut [E],
}

impl<E: Element> Kernel for Forward<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { p, x, y } = self;
        let c = p.input[2];
        match p.pooling {
            Pooling::Max => each(p, |at, rows, columns| {
                let y = &mut y[at..at + c];
                y.copy_from_slice(&x[(rows[0] * p.input[1] + columns[0]) * c..][..c]);
                for pixel in pixels(p, rows, columns) {
                    y.iter_mut().zip(&x[pixel..pixel + c]).for_each(|(y, &x)| *y = y.maximum(x));
                }
            }),
            Pooling::Average => each(p, |at, rows, columns| {
                let y = &mut y[at..at + c];
                y.fill(E::ZERO);
                for pixel in pixels(p, rows, columns) {
                    y.iter_mut().zip(&x[pixel..pixel + c]).for_each(|(y, &x)| *y += x);
                }
                let share = share::<E>(rows, columns);
                y.iter_mut().for_each(|y| *y *= share);
            }),
        }
    }
}

struct Back<'a, E> {
    p: &'a Pool2d,
    x: &'a [E],
    y: &'a [E],
    dy: &'a [E],
    dx: &'a mut [E],
}

impl<E: Element> Kernel for Back<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { p, x, y, dy, dx } = self;
        let c = p.input[2];
        dx.fill(E::ZERO);
        match p.pooling {
            Pooling::Max => each(p, |at, rows, columns| {
                let mut waiting = [E::ZERO; CHANNELS];
                for start in (0..c).step_by(CHANNELS) {
                    let some = CHANNELS.min(c - start);
                    let (y, g) = (&y[at + start..][..some], &mut waiting[..some]);
                    g.copy_from_slice(&dy[at + start..][..some]);
                    for pixel in pixels(p, rows, columns) {
                        let (x, dx) = (&x[pixel + start..][..some], &mut dx[pixel + start..][..some]);
                        for i in 0..some {
                            dx[i] += given(x[i] == y[i], &mut g[i]);
                        }
                    }
                }
            }),
            Pooling::Average => each(p, |at, rows, columns| {
                let (share, dy) = (share::<E>(rows, columns), &dy[at..at + c]);
                for pixel in pixels(p, rows, columns) {
                    dx[pixel..pixel + c].iter_mut().zip(dy).for_each(|(dx, &dy)| *dx += dy * share);
                }
            }),
        }
    }
}
