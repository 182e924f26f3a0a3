//! Batch normalisation: moments of columns, and what is done with them.

use super::Cpu;
use super::columns::{Columns, LANES, Lanes};
use super::simd::{self, Kernel};
use super::threads::Threads;
use crate::backend::NormalizeBack;
use crate::element::Element;

/// Elements of a part that threads share, at least.
const PART: usize = 16 * 1024;
/// Parts whose sums are kept apart, at most.
const PARTS: usize = 32;
/// Elements that are gone over twice, so that they should still be near the second time.
const PIECE: usize = 4 * 1024;

/// Elements of a part of `len`; whole sets of lanes.
fn part(columns: &Columns, len: usize) -> usize {
    len.div_ceil(PARTS).max(PART).next_multiple_of(columns.stride)
}

pub fn moments<E: Element>(threads: &Threads, width: usize, x: &[E], mean: &mut [E], variance: &mut [E]) {
    for columns in Columns::all(width) {
        let part = part(&columns, x.len());
        // Seen from the first row, so that little is lost where the columns lie far from 0.
        let first = columns.spread(columns.of(x));
        let mut sums = [Moments::<E>::NONE; PARTS];
        let parts = &mut sums[..x.len().div_ceil(part)];
        threads.for_parts(parts, 1, |i, sums| {
            let x = &x[i * part..x.len().min((i + 1) * part)];
            sums[0] = simd::run(MomentsOf { columns, first: &first, x });
        });
        let all = parts.iter().fold(Moments::NONE, |all, part| all.and(part));
        let n = E::of(all.rows as f64);
        let (mean, variance) = (columns.of_mut(mean), columns.of_mut(variance));
        mean.iter_mut().zip(first).zip(all.mean).for_each(|((m, first), mean)| *m = first + mean);
        variance.iter_mut().zip(all.squares).for_each(|(v, squares)| *v = squares / n);
    }
}

/// Of some rows, seen from the first row of all: how many they are, the mean of each column, and the sum
/// of the squares of what differs from it.
#[derive(Clone, Copy)]
struct Moments<E> {
    rows: usize,
    mean: Lanes<E>,
    squares: Lanes<E>,
}

impl<E: Element> Moments<E> {
    const NONE: Self = Self { rows: 0, mean: [E::ZERO; LANES], squares: [E::ZERO; LANES] };

    /// Of these rows and those (Chan, Golub and LeVeque 1983).
    #[inline(always)]
    fn and(mut self, other: &Self) -> Self {
        let rows = self.rows + other.rows;
        let share = E::of(other.rows as f64 / rows as f64);
        let factor = E::of(self.rows as f64) * share;
        for i in 0..LANES {
            let further = other.mean[i] - self.mean[i];
            self.mean[i] += further * share;
            self.squares[i] += other.squares[i] + further * further * factor;
        }
        Self { rows, ..self }
    }
}

struct MomentsOf<'a, E> {
    columns: Columns,
    first: &'a Lanes<E>,
    x: &'a [E],
}

impl<E: Element> Kernel for MomentsOf<'_, E> {
    type Out = Moments<E>;
    #[inline(always)]
    fn run(self) -> Moments<E> {
        let Self { columns, first, x } = self;
        let mut all = Moments::NONE;
        for piece in x.chunks(PIECE.next_multiple_of(columns.stride)) {
            let rows = piece.len() / columns.width;
            let n = E::of(rows as f64);
            let mut sums = [E::ZERO; LANES];
            for set in columns.sets(piece) {
                for ((sum, &x), &first) in sums.iter_mut().zip(set).zip(first) {
                    *sum += x - first;
                }
            }
            let mut mean = columns.fold(&sums);
            mean.iter_mut().for_each(|mean| *mean /= n);
            let (lanes, mut squares) = (columns.spread(&mean), [E::ZERO; LANES]);
            for set in columns.sets(piece) {
                for (((sum, &x), &first), &mean) in squares.iter_mut().zip(set).zip(first).zip(&lanes) {
                    let further = x - first - mean;
                    *sum += further * further;
                }
            }
            all = all.and(&Moments { rows, mean, squares: columns.fold(&squares) });
        }
        all
    }
}

pub fn normalize<E: Element>(
    threads: &Threads,
    width: usize,
    x: &[E],
    [mean, inverse]: [&[E]; 2],
    [gamma, beta]: [Option<&[E]>; 2],
    y: &mut [E],
) {
    for columns in Columns::all(width) {
        let mut factor = columns.spread(columns.of(inverse));
        if let Some(gamma) = gamma {
            let gamma = columns.spread(columns.of(gamma));
            factor.iter_mut().zip(gamma).for_each(|(factor, gamma)| *factor *= gamma);
        }
        let shift = beta.map_or([E::ZERO; LANES], |beta| columns.spread(columns.of(beta)));
        let mean = columns.spread(columns.of(mean));
        let part = part(&columns, x.len());
        threads.for_parts(y, part, |i, y| {
            let x = &x[i * part..][..y.len()];
            simd::run(Normalize { columns, mean: &mean, factor: &factor, shift: &shift, x, y });
        });
    }
}

struct Normalize<'a, E> {
    columns: Columns,
    mean: &'a Lanes<E>,
    factor: &'a Lanes<E>,
    shift: &'a Lanes<E>,
    x: &'a [E],
    y: &'a mut [E],
}

impl<E: Element> Kernel for Normalize<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { columns, mean, factor, shift, x, y } = self;
        for (x, y) in columns.sets(x).zip(columns.sets_mut(y)) {
            for ((((y, &x), &mean), &factor), &shift) in y.iter_mut().zip(x).zip(mean).zip(factor).zip(shift)
            {
                *y = (x - mean) * factor + shift;
            }
        }
    }
}

pub fn back<E: Element>(threads: &Threads, back: NormalizeBack<'_, Cpu<E>>) {
    let NormalizeBack { width, own_moments, x, dy, mean, inverse, gamma, mut dgamma, mut dbeta, add, mut dx } =
        back;
    let rows = E::of((x.len() / width.max(1)) as f64);
    for columns in Columns::all(width) {
        let part = part(&columns, x.len());
        let range = |i: usize| i * part..x.len().min((i + 1) * part);
        let (inverse, lanes) = (columns.of(inverse), columns.spread(columns.of(mean)));
        let mut all = Sums { dy: [E::ZERO; LANES], product: [E::ZERO; LANES] };
        if own_moments || dgamma.is_some() || dbeta.is_some() {
            let mut sums = [all; PARTS];
            let parts = &mut sums[..x.len().div_ceil(part)];
            threads.for_parts(parts, 1, |i, sums| {
                sums[0] = simd::run(SumsOf { columns, mean: &lanes, x: &x[range(i)], dy: &dy[range(i)] });
            });
            for part in parts {
                all.dy.iter_mut().zip(part.dy).for_each(|(all, part)| *all += part);
                all.product.iter_mut().zip(part.product).for_each(|(all, part)| *all += part);
            }
            all.product.iter_mut().zip(inverse).for_each(|(sum, &inverse)| *sum *= inverse);
        }
        for (sums, gradient) in [(&all.product, &mut dgamma), (&all.dy, &mut dbeta)] {
            let Some(gradient) = gradient else { continue };
            for (gradient, &sum) in columns.of_mut(gradient).iter_mut().zip(sums) {
                *gradient = if add { *gradient + sum } else { sum };
            }
        }
        let Some(dx) = &mut dx else { continue };
        let (mut factor, mut slope, mut shift) = ([E::ZERO; LANES], [E::ZERO; LANES], [E::ZERO; LANES]);
        for (i, &inverse) in inverse.iter().enumerate() {
            factor[i] = inverse * gamma.map_or(E::ONE, |gamma| columns.of(gamma)[i]);
            if own_moments {
                slope[i] = all.product[i] * inverse / rows;
                shift[i] = all.dy[i] / rows;
            }
        }
        let [factor, slope, shift] = [factor, slope, shift].map(|columns_of| columns.spread(&columns_of));
        threads.for_parts(dx, part, |i, dx| {
            let (x, dy) = (&x[range(i)], &dy[range(i)]);
            simd::run(Back {
                columns,
                mean: &lanes,
                factor: &factor,
                slope: &slope,
                shift: &shift,
                x,
                dy,
                dx,
            });
        });
    }
}

/// Over some rows: of `dy`, and of `dy · (x - mean)`.
#[derive(Clone, Copy)]
struct Sums<E> {
    dy: Lanes<E>,
    product: Lanes<E>,
}

struct SumsOf<'a, E> {
    columns: Columns,
    mean: &'a Lanes<E>,
    x: &'a [E],
    dy: &'a [E],
}

impl<E: Element> Kernel for SumsOf<'_, E> {
    type Out = Sums<E>;
    #[inline(always)]
    fn run(self) -> Sums<E> {
        let Self { columns, mean, x, dy } = self;
        let (mut sums, mut products) = ([E::ZERO; LANES], [E::ZERO; LANES]);
        for (x, dy) in columns.sets(x).zip(columns.sets(dy)) {
            let lanes = sums.iter_mut().zip(&mut products).zip(mean);
            for (((sum, product), &mean), (&x, &dy)) in lanes.zip(x.iter().zip(dy)) {
                *sum += dy;
                *product += dy * (x - mean);
            }
        }
        Sums { dy: columns.fold(&sums), product: columns.fold(&products) }
    }
}

struct Back<'a, E> {
    columns: Columns,
    mean: &'a Lanes<E>,
    factor: &'a Lanes<E>,
    slope: &'a Lanes<E>,
    shift: &'a Lanes<E>,
    x: &'a [E],
    dy: &'a [E],
    dx: &'a mut [E],
}

impl<E: Element> Kernel for Back<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { columns, mean, factor, slope, shift, x, dy, dx } = self;
        for ((x, dy), dx) in columns.sets(x).zip(columns.sets(dy)).zip(columns.sets_mut(dx)) {
            let lanes = mean.iter().zip(factor).zip(slope).zip(shift);
            for (((dx, &x), &dy), (((&mean, &factor), &slope), &shift)) in
                dx.iter_mut().zip(x).zip(dy).zip(lanes)
            {
                *dx = factor * (dy - shift - (x - mean) * slope);
            }
        }
    }
}
