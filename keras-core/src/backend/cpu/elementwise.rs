//! What works on single elements: dropout, the optimizers' pass, and sums.

use core::ops::Range;

use super::simd::{self, Kernel};
use super::threads::{Parts, Threads};
use crate::backend::Stream;
use crate::element::Element;
use crate::optimizers::{MAX_SLOTS, Update};

/// Elements in one part of a job that is shared.
const PART: usize = 16 * 1024;

struct Dropout<'a, E> {
    stream: Stream,
    first_block: u32,
    rate: f64,
    x: &'a [E],
    y: &'a mut [E],
}

/// Blocks of random numbers drawn at once, so that the rounds run in vectors.
const BLOCKS: usize = 16;

impl<E: Element> Kernel for Dropout<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { stream, first_block, rate, x, y } = self;
        let limit = limit(rate);
        let factor = E::of(1.0 / (1.0 - rate));
        let mut bits = [0u32; 4 * BLOCKS];
        for (i, (x, y)) in x.chunks(4 * BLOCKS).zip(y.chunks_mut(4 * BLOCKS)).enumerate() {
            for (b, four) in bits.chunks_exact_mut(4).enumerate() {
                four.copy_from_slice(&stream.block(first_block + (i * BLOCKS + b) as u32));
            }
            for ((y, &x), &bits) in y.iter_mut().zip(x).zip(&bits) {
                *y = if bits < limit { E::ZERO } else { x * factor };
            }
        }
    }
}

/// Dropped when the random number is below this.
pub fn limit(rate: f64) -> u32 {
    (rate * 4_294_967_296.0) as u32
}

pub fn dropout<E: Element>(threads: &Threads, stream: Stream, first: usize, rate: f64, x: &[E], y: &mut [E]) {
    if rate >= 1.0 {
        y.fill(E::ZERO);
        return;
    }
    // Up to the first whole block.
    let ahead = (first.next_multiple_of(4) - first).min(x.len());
    let (x_ahead, x) = x.split_at(ahead);
    let (y_ahead, y) = y[..ahead + x.len()].split_at_mut(ahead);
    let (limit, factor) = (limit(rate), E::of(1.0 / (1.0 - rate)));
    for (i, (y, &x)) in y_ahead.iter_mut().zip(x_ahead).enumerate() {
        let bits = stream.block(((first + i) / 4) as u32)[(first + i) % 4];
        *y = if bits < limit { E::ZERO } else { x * factor };
    }
    let first_block = (first + ahead) / 4;
    let parts = Parts::new(y, PART);
    threads.for_each(parts.count(), |i| {
        // SAFETY: each number comes once.
        let y = unsafe { parts.take(i) };
        let x = &x[i * PART..][..y.len()];
        simd::run(Dropout { stream, first_block: (first_block + i * PART / 4) as u32, rate, x, y });
    });
}

struct Step<'a, U, E> {
    update: &'a U,
    p: &'a mut [E],
    g: &'a [E],
    slots: [&'a mut [E]; MAX_SLOTS],
}

impl<U: Update, E: Element> Kernel for Step<'_, U, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        self.update.apply(self.p, self.g, self.slots);
    }
}

pub fn update<U: Update, E: Element>(
    threads: &Threads,
    update: &U,
    p: &mut [E],
    g: &[E],
    slots: [&mut [E]; MAX_SLOTS],
) {
    let slots = slots.map(|slot| Parts::new(slot, PART));
    let parts = Parts::new(p, PART);
    threads.for_each(parts.count(), |i| {
        // SAFETY: each number comes once.
        let (p, slots) = unsafe { (parts.take(i), slots.each_ref().map(|slot| slot.take(i))) };
        let g = &g[i * PART..][..p.len()];
        simd::run(Step { update, p, g, slots });
    });
}

struct SumOfSquares<'a, E>(&'a [E]);

impl<E: Element> Kernel for SumOfSquares<'_, E> {
    type Out = f64;
    #[inline(always)]
    fn run(self) -> f64 {
        // Sixteen sums side by side, so that the loop runs in vectors in a fixed order.
        let mut sums = [0.0; 16];
        let chunks = self.0.chunks_exact(16);
        let rest = chunks.remainder();
        for chunk in chunks {
            for (sum, v) in sums.iter_mut().zip(chunk) {
                *sum += v.f64() * v.f64();
            }
        }
        sums.iter().sum::<f64>() + rest.iter().map(|v| v.f64() * v.f64()).sum::<f64>()
    }
}

/// The most parts that a sum is cut into: their sums stay on the stack.
const SUMS: usize = 64;

/// `K` sums over `n` elements: those of the parts that `sums` is called for, with where each begins and ends,
/// added up in order. How they are cut depends on `n` alone.
fn in_parts<const K: usize>(
    threads: &Threads,
    n: usize,
    sums: impl Fn(Range<usize>) -> [f64; K] + Sync,
) -> [f64; K] {
    let part = n.div_ceil(SUMS).next_multiple_of(PART).max(PART);
    let mut found = [[0.0; K]; SUMS];
    let count = n.div_ceil(part);
    threads.for_parts(&mut found[..count], 1, |i, found| {
        found.fill(sums(i * part..n.min((i + 1) * part)));
    });
    core::array::from_fn(|k| found[..count].iter().map(|sums| sums[k]).sum())
}

pub fn sum_of_squares<E: Element>(threads: &Threads, x: &[E]) -> f64 {
    let [sum] = in_parts(threads, x.len(), |part| [simd::run(SumOfSquares(&x[part]))]);
    sum
}

/// [`update`] and the sums of the squares of what `p` and `g` are then, while they are near.
pub fn update_and_sums<U: Update, E: Element>(
    threads: &Threads,
    update: &U,
    p: &mut [E],
    g: &[E],
    slots: [&mut [E]; MAX_SLOTS],
) -> [f64; 2] {
    let n = p.len();
    let slots = slots.map(|slot| Parts::new(slot, PART));
    let parts = Parts::new(p, PART);
    in_parts(threads, n, |range| {
        let mut sums = [0.0; 2];
        for i in range.start / PART..range.end.div_ceil(PART) {
            // SAFETY: each number comes once: the ranges begin at multiples of `PART` and do not meet.
            let (p, slots) = unsafe { (parts.take(i), slots.each_ref().map(|slot| slot.take(i))) };
            let g = &g[i * PART..][..p.len()];
            simd::run(Step { update, p: &mut *p, g, slots });
            sums[0] += simd::run(SumOfSquares(p));
            sums[1] += simd::run(SumOfSquares(g));
        }
        sums
    })
}

pub fn scale<E: Element>(threads: &Threads, factor: f64, x: &mut [E]) {
    let factor = E::of(factor);
    threads.for_parts(x, PART, |_, x| x.iter_mut().for_each(|v| *v *= factor));
}

pub fn clamp<E: Element>(threads: &Threads, limit: f64, x: &mut [E]) {
    let limit = E::of(limit);
    threads.for_parts(x, PART, |_, x| x.iter_mut().for_each(|v| *v = v.maximum(-limit).minimum(limit)));
}

pub fn add<E: Element>(x: &[E], y: &mut [E]) {
    y.iter_mut().zip(x).for_each(|(y, &x)| *y += x);
}

pub fn blend<E: Element>(keep: f64, old: &[E], new: &[E], y: &mut [E]) {
    let (keep, take) = (E::of(keep), E::of(1.0 - keep));
    y.iter_mut().zip(old).zip(new).for_each(|((y, &old), &new)| *y = keep * old + take * new);
}

pub fn inverse_deviation<E: Element>(epsilon: f64, v: &mut [E]) {
    let epsilon = E::of(epsilon);
    v.iter_mut().for_each(|v| *v = E::ONE / (*v + epsilon).sqrt());
}
