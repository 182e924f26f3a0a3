//! Several arrays become one.

use keras_shapes::Dims;

use super::threads::Threads;
use crate::backend::{Columns, Merge, Merging};
use crate::element::Element;

/// The most arrays.
const MOST: usize = 8;

/// How far an array moves for a step along each of four sizes; 0 where one number counts for all.
type Steps = [usize; 4];

/// The four sizes of the result, those in front being 1.
fn sizes(dims: Dims) -> [usize; 4] {
    core::array::from_fn(|i| if i + dims.rank < 4 { 1 } else { dims.d[i + dims.rank - 4] })
}

fn steps(dims: Dims) -> Steps {
    let sizes = sizes(dims);
    let mut steps = [0; 4];
    let mut step = 1;
    for i in (0..4).rev() {
        steps[i] = if sizes[i] == 1 { 0 } else { step };
        step *= sizes[i];
    }
    steps
}

/// Calls `f` for each row of the result, the last size being a row, with its number and where it begins
/// in each array.
fn rows<const K: usize>(output: Dims, steps: [Steps; K], mut f: impl FnMut(usize, [usize; K])) {
    let [a, b, c, _] = sizes(output);
    let mut row = 0;
    for i in 0..a {
        for j in 0..b {
            for k in 0..c {
                f(row, steps.map(|s| i * s[0] + j * s[1] + k * s[2]));
                row += 1;
            }
        }
    }
}

impl Merging {
    #[inline(always)]
    fn apply<E: Element>(self, y: E, x: E) -> E {
        match self {
            Self::Sum | Self::Mean => y + x,
            Self::Difference => y - x,
            Self::Product => y * x,
            Self::Largest => y.maximum(x),
            Self::Smallest => y.minimum(x),
        }
    }
}

/// `y = f(y, x)`, with one `x` for all where its step is 0.
#[inline(always)]
fn fold<E: Element>(y: &mut [E], x: &[E], step: usize, f: impl Fn(E, E) -> E) {
    if step == 0 {
        let x = x[0];
        y.iter_mut().for_each(|y| *y = f(*y, x));
    } else {
        y.iter_mut().zip(x).for_each(|(y, &x)| *y = f(*y, x));
    }
}

pub fn merge<E: Element>(threads: &Threads, m: &Merge<'_>, n: usize, xs: &[&[E]], y: &mut [E]) {
    let (len, width) = (m.output.numel(), m.output.last());
    threads.for_parts(&mut y[..n * len], len, |sample, y| {
        for (number, (x, dims)) in xs.iter().zip(m.inputs).enumerate() {
            let (x, steps) = (&x[sample * dims.numel()..][..dims.numel()], steps(*dims));
            if *dims == m.output {
                if number == 0 {
                    y.copy_from_slice(x);
                } else {
                    fold(y, x, 1, |y, x| m.merging.apply(y, x));
                }
                continue;
            }
            rows(m.output, [steps], |row, [at]| {
                let y = &mut y[row * width..(row + 1) * width];
                if number == 0 {
                    fold(y, &x[at..], steps[3], |_, x| x);
                } else {
                    fold(y, &x[at..], steps[3], |y, x| m.merging.apply(y, x));
                }
            });
        }
        if m.merging == Merging::Mean {
            let factor = E::ONE / E::of(xs.len() as f64);
            y.iter_mut().for_each(|y| *y *= factor);
        }
    });
}

pub fn back<E: Element>(
    threads: &Threads,
    m: &Merge<'_>,
    n: usize,
    which: usize,
    xs: &[&[E]],
    dy: &[E],
    dx: &mut [E],
) {
    let (len, width, mine) = (m.output.numel(), m.output.last(), m.inputs[which]);
    let all: [Steps; MOST] = core::array::from_fn(|i| m.inputs.get(i).map_or([0; 4], |dims| steps(*dims)));
    let factor = match m.merging {
        Merging::Mean => E::ONE / E::of(xs.len() as f64),
        Merging::Difference if which > 0 => -E::ONE,
        _ => E::ONE,
    };
    let linear = matches!(m.merging, Merging::Sum | Merging::Difference | Merging::Mean);
    threads.for_parts(&mut dx[..n * mine.numel()], mine.numel(), |sample, dx| {
        let dy = &dy[sample * len..][..len];
        dx.fill(E::ZERO);
        let my = all[which];
        rows(m.output, [my], |row, [at]| {
            for k in 0..width {
                let d = dy[row * width + k];
                let place = at + k * my[3];
                dx[place] += if linear {
                    factor * d
                } else {
                    let element = |i: usize| {
                        let steps = all[i];
                        let [_, b, c, _] = sizes(m.output);
                        let (i0, i1, i2) = (row / (b * c), row / c % b, row % c);
                        let at = i0 * steps[0] + i1 * steps[1] + i2 * steps[2] + k * steps[3];
                        xs[i][sample * m.inputs[i].numel() + at]
                    };
                    share(m.merging, xs.len(), which, element) * d
                };
            }
        });
    });
}

/// What one of several elements is to what they become.
fn share<E: Element>(merging: Merging, count: usize, which: usize, element: impl Fn(usize) -> E) -> E {
    if merging == Merging::Product {
        let others = (0..count).filter(|i| *i != which);
        return others.fold(E::ONE, |product, i| product * element(i));
    }
    let mine = element(which);
    let better = |other: E| if merging == Merging::Largest { other > mine } else { other < mine };
    let first = (0..which).all(|i| element(i) != mine && !better(element(i)));
    let beaten = (which + 1..count).any(|i| better(element(i)));
    if first && !beaten { E::ONE } else { E::ZERO }
}

pub fn copy_columns<E: Element>(
    rows: usize,
    len: usize,
    (x, from): (&[E], Columns),
    (y, to): (&mut [E], Columns),
) {
    for row in 0..rows {
        let x = &x[row * from.width + from.at..][..len];
        y[row * to.width + to.at..][..len].copy_from_slice(x);
    }
}
