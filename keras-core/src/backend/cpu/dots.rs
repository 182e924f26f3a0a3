//! Products of all vectors of one array with all of another one.

use super::threads::Threads;
use crate::backend::Dots;
use crate::element::Element;

/// Keras' epsilon: a vector that is shorter is not made longer than this allows.
const EPSILON: f64 = 1e-7;

/// Where a vector begins, and how far its elements are apart.
fn vector([_, behind]: [usize; 2], len: usize, i: usize) -> (usize, usize) {
    (i / behind * len * behind + i % behind, behind)
}

fn factor<E: Element>(sum: E) -> E {
    let inverse = E::ONE / sum.sqrt();
    inverse.minimum(E::of(1.0 / EPSILON))
}

pub fn forward<E: Element>(
    threads: &Threads,
    d: &Dots,
    n: usize,
    a: &[E],
    b: &[E],
    y: &mut [E],
    factors: &mut [E],
) {
    let [rows, columns] = d.vectors();
    let lens = [rows * d.len, columns * d.len];
    if d.normalize {
        threads.for_parts(&mut factors[..n * (rows + columns)], rows + columns, |sample, factors| {
            for (i, out) in factors.iter_mut().enumerate() {
                let (x, around, i) = if i < rows {
                    (&a[sample * lens[0]..], d.around[0], i)
                } else {
                    (&b[sample * lens[1]..], d.around[1], i - rows)
                };
                let (at, step) = vector(around, d.len, i);
                let mut sum = E::ZERO;
                for k in 0..d.len {
                    let v = x[at + k * step];
                    sum += v * v;
                }
                *out = factor(sum);
            }
        });
    }
    let factors = &*factors;
    threads.for_parts(&mut y[..n * rows * columns], rows * columns, |sample, y| {
        let (a, b) = (&a[sample * lens[0]..], &b[sample * lens[1]..]);
        for i in 0..rows {
            let (ai, ak) = vector(d.around[0], d.len, i);
            for j in 0..columns {
                let (bj, bk) = vector(d.around[1], d.len, j);
                let mut sum = E::ZERO;
                for k in 0..d.len {
                    sum += a[ai + k * ak] * b[bj + k * bk];
                }
                if d.normalize {
                    let factors = &factors[sample * (rows + columns)..];
                    sum = sum * factors[i] * factors[rows + j];
                }
                y[i * columns + j] = sum;
            }
        }
    });
}

/// The gradient by one of the two arrays.
#[allow(clippy::too_many_arguments, reason = "it is what the result depends on")]
pub fn back<E: Element>(
    threads: &Threads,
    d: &Dots,
    n: usize,
    side: usize,
    [mine, other]: [&[E]; 2],
    y: &[E],
    factors: &[E],
    dy: &[E],
    dx: &mut [E],
) {
    let vectors = d.vectors();
    let (count, others) = (vectors[side], vectors[1 - side]);
    let (around, other_around) = (d.around[side], d.around[1 - side]);
    let limit = E::of(1.0 / EPSILON);
    threads.for_parts(&mut dx[..n * count * d.len], count * d.len, |sample, dx| {
        let (x, z) = (&mine[sample * count * d.len..], &other[sample * others * d.len..]);
        let all = count * others;
        let (y, dy) = (&y[sample * all..][..all], &dy[sample * all..][..all]);
        let factor = |side: usize, i: usize| {
            let at = sample * (vectors[0] + vectors[1]) + if side == 0 { i } else { vectors[0] + i };
            if d.normalize { factors[at] } else { E::ONE }
        };
        let place = |i: usize, j: usize| if side == 0 { i * others + j } else { j * count + i };
        for i in 0..count {
            let (at, step) = vector(around, d.len, i);
            let mine = factor(side, i);
            let along = if d.normalize && mine < limit {
                let mut sum = E::ZERO;
                for j in 0..others {
                    sum += dy[place(i, j)] * y[place(i, j)];
                }
                sum * mine
            } else {
                E::ZERO
            };
            for k in 0..d.len {
                let mut sum = E::ZERO;
                for j in 0..others {
                    let (zj, zk) = vector(other_around, d.len, j);
                    sum += dy[place(i, j)] * z[zj + k * zk] * factor(1 - side, j);
                }
                dx[at + k * step] = mine * (sum - x[at + k * step] * along);
            }
        }
    });
}
