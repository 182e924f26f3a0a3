//! Batch normalisation, against its definition in `f64`.

use super::numbers;
use crate::backend::cpu::normalization::{back, moments, normalize};
use crate::backend::cpu::threads::Threads;
use crate::backend::{Cpu, NormalizeBack};

/// Few rows and many, columns that share a set of lanes and columns that do not.
const TABLES: [(usize, usize); 9] =
    [(1, 1), (5, 3), (1000, 1), (700, 7), (33, 33), (300, 64), (40, 65), (9, 200), (40_000, 5)];

fn column(x: &[f32], width: usize, c: usize) -> Vec<f64> {
    x.iter().skip(c).step_by(width).map(|&v| v.into()).collect()
}

fn exact(column: &[f64]) -> (f64, f64) {
    let n = column.len() as f64;
    let mean = column.iter().sum::<f64>() / n;
    (mean, column.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n)
}

#[test]
fn moments_are_exact_also_far_from_zero() {
    for (rows, width) in TABLES {
        for far in [0.0, 1000.0] {
            let x: Vec<f32> = numbers(1, rows * width).iter().map(|v| v + far).collect();
            let (mut mean, mut variance) = (vec![9.0; width], vec![9.0; width]);
            moments(&Threads::new(1), width, &x, &mut mean, &mut variance);
            for c in 0..width {
                let (exact_mean, exact_variance) = exact(&column(&x, width, c));
                let off = (f64::from(mean[c]) - exact_mean).abs();
                assert!(off < 3e-7 * (1.0 + f64::from(far)), "{rows} {width} mean {c}: {off:e}");
                let off = (f64::from(variance[c]) - exact_variance).abs();
                assert!(off < 1e-6, "{rows} {width} variance {c}: {off:e}");
            }
        }
    }
}

#[test]
fn it_is_as_defined() {
    for (rows, width) in TABLES {
        let (x, gamma, beta) = (numbers(1, rows * width), numbers(2, width), numbers(3, width));
        let (mut mean, mut inverse, mut y) = (vec![0.0; width], vec![0.0; width], vec![9.0; rows * width]);
        let threads = Threads::new(1);
        moments(&threads, width, &x, &mut mean, &mut inverse);
        inverse.iter_mut().for_each(|v| *v = 1.0 / (*v + 1e-3).sqrt());
        for (gamma, beta) in [(None, None), (Some(&*gamma), Some(&*beta))] {
            normalize(&threads, width, &x, [&mean, &inverse], [gamma, beta], &mut y);
            for (at, &y) in y.iter().enumerate() {
                let c = at % width;
                let normal = (x[at] - mean[c]) * inverse[c];
                let expected = normal * gamma.map_or(1.0, |g| g[c]) + beta.map_or(0.0, |b| b[c]);
                assert!((y - expected).abs() < 1e-5, "{rows} {width} {at}: {y} instead of {expected}");
            }
        }
    }
}

/// `dgamma`, `dbeta` and `dx`.
fn gradients(rows: usize, width: usize, threads: usize, add: bool, own_moments: bool) -> [Vec<f32>; 3] {
    let (x, dy, gamma) = (numbers(1, rows * width), numbers(4, rows * width), numbers(2, width));
    let (mut mean, mut inverse) = (vec![0.0; width], vec![0.0; width]);
    let threads = Threads::new(threads);
    let (mut dgamma, mut dbeta, mut dx) = (vec![1.0; width], vec![2.0; width], vec![9.0; rows * width]);
    threads.run(usize::MAX, || {
        moments(&threads, width, &x, &mut mean, &mut inverse);
        inverse.iter_mut().for_each(|v| *v = 1.0 / (*v + 1e-3).sqrt());
        back(
            &threads,
            NormalizeBack::<Cpu> {
                width,
                own_moments,
                x: &x,
                dy: &dy,
                mean: &mean,
                inverse: &inverse,
                gamma: Some(&gamma),
                dgamma: Some(&mut dgamma),
                dbeta: Some(&mut dbeta),
                add,
                dx: Some(&mut dx),
            },
        );
    });
    [dgamma, dbeta, dx]
}

#[test]
fn gradients_are_as_defined() {
    for (rows, width) in TABLES {
        for (add, own_moments) in [(false, true), (true, false)] {
            let [dgamma, dbeta, dx] = gradients(rows, width, 1, add, own_moments);
            let (x, dy, gamma) = (numbers(1, rows * width), numbers(4, rows * width), numbers(2, width));
            for c in 0..width {
                let (x, dy, dx) = (column(&x, width, c), column(&dy, width, c), column(&dx, width, c));
                let ((mean, variance), n) = (exact(&x), rows as f64);
                let inverse = 1.0 / (variance + 1e-3).sqrt();
                let normal: Vec<f64> = x.iter().map(|x| (x - mean) * inverse).collect();
                let sum: f64 = dy.iter().sum();
                let product: f64 = dy.iter().zip(&normal).map(|(dy, normal)| dy * normal).sum();
                let (old_gamma, old_beta) = if add { (1.0, 2.0) } else { (0.0, 0.0) };
                let close = |mine: f64, theirs: f64, what: &str| {
                    let off = (mine - theirs).abs() / (n.sqrt() * inverse.max(1.0));
                    assert!(off < 1e-5, "{rows} {width} {what} {c}: {mine} instead of {theirs}");
                };
                close(dgamma[c].into(), product + old_gamma, "dgamma");
                close(dbeta[c].into(), sum + old_beta, "dbeta");
                for ((mine, dy), normal) in dx.iter().zip(&dy).zip(&normal) {
                    let through = if own_moments { sum / n + normal * product / n } else { 0.0 };
                    close(*mine, f64::from(gamma[c]) * inverse * (dy - through), "dx");
                }
            }
        }
    }
}

#[test]
fn the_bits_do_not_depend_on_the_threads() {
    for (rows, width) in [(40_000, 5), (3000, 64), (900, 200)] {
        let one = gradients(rows, width, 1, false, true);
        for threads in 2..=4 {
            assert!(one == gradients(rows, width, threads, false, true), "{rows} {width} {threads}");
        }
    }
}
