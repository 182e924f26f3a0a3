use super::{Exact, levels, numbers};
use crate::backend::cpu::dense::{back_input, back_weights, forward};
use crate::backend::cpu::simd::{Level, level};
use crate::backend::cpu::threads::Threads;

fn layer<const I: usize, const O: usize>(level: Level, n: usize) {
    let threads = Threads::new(1);
    let (x, w, b, dy) = (numbers(1, n * I), numbers(2, I * O), numbers(3, O), numbers(4, n * O));
    let what = |product: &str, i: usize, j: usize| format!("{level:?} {n} x {I} x {O} {product} [{i}, {j}]");

    for b in [None, Some(b.as_slice())] {
        let mut y = vec![9.0; n * O];
        forward::<f32, I, O>(level, &threads, n, &x, &w, b, &mut y);
        for (i, o) in (0..n * O).map(|at| (at / O, at % O)) {
            let mut exact = Exact::new(b.map_or(0.0, |b| b[o].into()));
            (0..I).for_each(|j| exact.add(x[i * I + j], w[j * O + o]));
            exact.check(y[i * O + o], I, || what("y", i, o));
        }
    }

    let mut dx = vec![9.0; n * I];
    back_input::<f32, I, O>(level, &threads, n, &dy, &w, &mut dx);
    for (i, j) in (0..n * I).map(|at| (at / I, at % I)) {
        let mut exact = Exact::new(0.0);
        (0..O).for_each(|o| exact.add(dy[i * O + o], w[j * O + o]));
        exact.check(dx[i * I + j], O, || what("dx", i, j));
    }

    for add in [false, true] {
        let (mut dw, mut db) = (w.clone(), b.clone());
        back_weights::<f32, I, O>(level, &threads, n, &x, &dy, &mut dw, Some(&mut db), add);
        for (j, o) in (0..I * O).map(|at| (at / O, at % O)) {
            let mut exact = Exact::new(if add { w[j * O + o].into() } else { 0.0 });
            (0..n).for_each(|i| exact.add(x[i * I + j], dy[i * O + o]));
            exact.check(dw[j * O + o], n, || what("dw", j, o));
        }
        for o in 0..O {
            let mut exact = Exact::new(if add { b[o].into() } else { 0.0 });
            (0..n).for_each(|i| exact.add(1.0, dy[i * O + o]));
            exact.check(db[o], n, || what("db", 0, o));
        }
    }
}

#[test]
fn the_products_agree_with_f64_for_all_kinds_of_sizes() {
    for level in levels() {
        for n in [0, 1, 2, 3, 7, 12, 13, 32, 65] {
            layer::<1, 1>(level, n);
            layer::<3, 1>(level, n);
            layer::<1, 5>(level, n);
            layer::<16, 16>(level, n);
            layer::<17, 33>(level, n);
            layer::<64, 1>(level, n);
            layer::<90, 1>(level, n);
            layer::<100, 64>(level, n);
            layer::<61, 129>(level, n);
            layer::<512, 10>(level, n);
        }
        layer::<784, 128>(level, 33);
    }
}

#[test]
fn the_bits_do_not_depend_on_the_threads() {
    fn all<const I: usize, const O: usize>(n: usize, threads: usize) -> [Vec<f32>; 4] {
        let threads = Threads::new(threads);
        let (x, w, b, dy) = (numbers(1, n * I), numbers(2, I * O), numbers(3, O), numbers(4, n * O));
        let (mut y, mut dx) = (vec![0.0; n * O], vec![0.0; n * I]);
        let (mut dw, mut db) = (w.clone(), b.clone());
        threads.run(usize::MAX, || {
            forward::<f32, I, O>(level(), &threads, n, &x, &w, Some(&b), &mut y);
            back_input::<f32, I, O>(level(), &threads, n, &dy, &w, &mut dx);
            back_weights::<f32, I, O>(level(), &threads, n, &x, &dy, &mut dw, Some(&mut db), true);
        });
        [y, dx, dw, db]
    }
    for threads in 2..=5 {
        assert_eq!(all::<300, 200>(130, 1), all::<300, 200>(130, threads));
        assert_eq!(all::<900, 70>(150, 1), all::<900, 70>(150, threads));
        assert_eq!(all::<512, 10>(999, 1), all::<512, 10>(999, threads));
    }
}
