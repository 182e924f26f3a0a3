//! Sums over more than one part, and an optimizer's pass with sums.

use super::super::elementwise::{sum_of_squares, update, update_and_sums};
use super::super::threads::Threads;
use super::numbers;
use crate::optimizers::{Lamb, Optimizer};

/// Empty, one part, some parts, more parts than there are sums.
const SIZES: [usize; 6] = [0, 100, 16 * 1024, 16 * 1024 + 1, 100_003, 1_500_001];

#[test]
fn sums_are_right_and_their_bits_do_not_depend_on_the_threads() {
    for n in SIZES {
        let x = numbers(1, n);
        let exact: f64 = x.iter().map(|&v| f64::from(v) * f64::from(v)).sum();
        let alone = sum_of_squares(&Threads::new(1), &x);
        assert!((alone - exact).abs() <= 1e-12 * exact, "{n}: {alone} instead of {exact}");
        for count in [2, 3] {
            let threads = Threads::new(count);
            let found = threads.run(usize::MAX, || sum_of_squares(&threads, &x));
            assert_eq!(found.to_bits(), alone.to_bits(), "{n} on {count} threads");
        }
    }
}

#[test]
fn a_pass_with_sums_is_the_pass_and_the_sums() {
    let step = Lamb::default().step(1);
    for n in SIZES {
        let g = numbers(2, n);
        let start = || (numbers(3, n), [numbers(4, n), g.iter().map(|g| g * g).collect(), vec![], vec![]]);
        let one = Threads::new(1);
        let (mut p, mut slots) = start();
        update(&one, &step, &mut p, &g, slots.each_mut().map(|slot: &mut Vec<f32>| slot.as_mut_slice()));
        let sums = [&p, &g].map(|x| sum_of_squares(&one, x));
        let mut bits = None;
        for count in [1, 2, 3] {
            let threads = Threads::new(count);
            let (mut same, mut same_slots) = start();
            let found = threads.run(usize::MAX, || {
                let slots = same_slots.each_mut().map(|slot: &mut Vec<f32>| slot.as_mut_slice());
                update_and_sums(&threads, &step, &mut same, &g, slots)
            });
            assert!(p == same && slots == same_slots, "{n} on {count} threads");
            for (found, sum) in found.iter().zip(sums) {
                assert!((found - sum).abs() <= 1e-12 * sum, "{n} on {count} threads: {found} and {sum}");
            }
            assert_eq!(*bits.get_or_insert(found.map(f64::to_bits)), found.map(f64::to_bits));
        }
    }
}
