use super::{Exact, levels, numbers};
use crate::backend::Random;
use crate::backend::cpu::product::{Product, Stored};
use crate::backend::cpu::simd::Level;
use crate::backend::cpu::threads::Threads;

/// What surrounds the result, to see that nothing is written there.
const UNTOUCHED: f32 = 1e30;

#[derive(Clone, Copy, Debug)]
struct Case {
    m: usize,
    n: usize,
    k: usize,
    a_down: bool,
    b_down: bool,
    /// Nothing, one row for all, or what is there.
    first: u32,
    /// Elements between the rows.
    gap: usize,
}

fn compute(level: Level, case: Case, seed: u64) -> Vec<f32> {
    let Case { m, n, k, a_down, b_down, first, gap } = case;
    let stride = |down: bool, rows: usize, columns: usize| if down { rows } else { columns } + gap;
    let (a_stride, b_stride, c_stride) = (stride(a_down, m, k), stride(b_down, k, n), n + gap);
    let a = numbers(seed, if a_down { k } else { m } * a_stride);
    let b = numbers(seed + 1, if b_down { n } else { k } * b_stride);
    let start = numbers(seed + 2, n);
    let mut c = vec![UNTOUCHED; m * c_stride];
    let old = numbers(seed + 3, m * n);
    for (c, old) in c.chunks_mut(c_stride).zip(old.chunks(n)) {
        c[..n].copy_from_slice(old);
    }
    let a_stored = Stored { at: a.as_ptr(), stride: a_stride, turned: a_down };
    let b_stored = Stored { at: b.as_ptr(), stride: b_stride, turned: b_down };
    let product = Product { c_stride, ..Product::new([m, n, k], a_stored, b_stored, &mut c) };
    let product = match first {
        0 => product,
        1 => product.plus_row(Some(&start)),
        _ => product.plus_c(),
    };
    // SAFETY: the vectors are as long as the sizes say.
    unsafe { product.share(level, &Threads::new(1)) };

    // Of a large one a part of each row, another one in each.
    let step = if m * n < 60_000 { 1 } else { 7 };
    for i in 0..m {
        for j in (i % step..n).step_by(step) {
            let mut exact = Exact::new(f64::from(match case.first {
                0 => 0.0,
                1 => start[j],
                _ => old[i * n + j],
            }));
            for l in 0..k {
                let a = a[if a_down { l * a_stride + i } else { i * a_stride + l }];
                exact.add(a, b[if b_down { j * b_stride + l } else { l * b_stride + j }]);
            }
            exact.check(c[i * c_stride + j], k, || format!("{level:?} {case:?} row {i} column {j}"));
        }
        assert!(c[i * c_stride + n..][..gap].iter().all(|&v| v == UNTOUCHED), "{level:?} {case:?}");
    }
    c
}

#[test]
fn agrees_with_f64_for_random_shapes_at_every_level() {
    let mut random = Random::new(1, 0);
    for round in 0..if cfg!(debug_assertions) { 300 } else { 3000 } {
        let mut size = |limit: u32| random.below(limit.into()) as usize;
        let (m, n, k) = (1 + size(70), 1 + size(70), size(70));
        let (a_down, b_down, first, gap) = (size(2) == 1, size(2) == 1, size(3) as u32, size(4));
        for level in levels() {
            compute(level, Case { m, n, k, a_down, b_down, first, gap }, round);
        }
    }
}

#[test]
fn agrees_where_the_inner_size_and_the_rows_are_cut() {
    for level in levels() {
        for (a_down, b_down) in [(false, false), (false, true), (true, false), (true, true)] {
            for first in 0..3 {
                compute(level, Case { m: 29, n: 50, k: 1100, a_down, b_down, first, gap: 1 }, 5);
            }
            compute(level, Case { m: 1031, n: 40, k: 9, a_down, b_down, first: 2, gap: 0 }, 6);
        }
    }
}

#[test]
fn agrees_where_both_matrices_are_packed() {
    for level in levels() {
        for (a_down, b_down) in [(false, false), (false, true), (true, false), (true, true)] {
            let case = Case { m: 515, n: 150, k: 530, a_down, b_down, first: 1, gap: 1000 };
            compute(level, case, 7);
        }
        for first in [0, 2] {
            let case = Case { m: 131, n: 2090, k: 130, a_down: false, b_down: false, first, gap: 0 };
            compute(level, case, 8);
        }
    }
}

#[test]
fn one_sum_does_not_depend_on_the_rows_beside_it() {
    for level in levels() {
        let case = Case { m: 41, n: 45, k: 600, a_down: false, b_down: false, first: 1, gap: 0 };
        let all = compute(level, case, 9);
        let one = compute(level, Case { m: 1, ..case }, 9);
        assert_eq!(all[..45], one[..]);
        // Nor on what is packed: one row is not.
        let case = Case { m: 140, n: 130, k: 600, a_down: false, b_down: false, first: 1, gap: 1000 };
        let all = compute(level, case, 9);
        let one = compute(level, Case { m: 1, ..case }, 9);
        assert_eq!(all[..130], one[..130]);
    }
}
