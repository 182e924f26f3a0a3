use proptest::prelude::*;

use super::{levels, numbers};
use crate::backend::Conv2d;
use crate::backend::cpu::conv::{self, plain};
use crate::backend::cpu::simd::{Level, level};
use crate::backend::cpu::threads::Threads;
use crate::element::Element;

/// What is there before: it must not be used, nor anything beside it be written.
const POISON: f64 = 1e30;

/// A convolution, and how many elements its slices begin behind a cache line.
#[derive(Clone, Copy, Debug)]
struct Case {
    conv: Conv2d,
    n: usize,
    shift: usize,
    add: bool,
}

/// Taps, stride, dilation, by how much the image is larger than the kernel, zeros, whether dilated.
type Sizes = (usize, usize, usize, usize, usize, usize, bool);

fn cases() -> impl Strategy<Value = Case> {
    let axis =
        || (1..=5_usize, 1..=3_usize, 1..=3_usize, 0..=12_usize, 0..=4_usize, 0..=4_usize, any::<bool>());
    let channels = (1..=4_usize, 1..=70_usize, 1..=70_usize, 0..4_usize);
    (axis(), axis(), channels, 0..=4_usize, 0..=3_usize, any::<bool>()).prop_map(
        |(down, right, (groups, depth, filters, kind), n, shift, add)| {
            // Groups are not so common.
            let (groups, depth, filters) = match kind {
                0 => (groups, depth.div_ceil(groups), filters),
                // Each channel by itself.
                1 => (depth, 1, depth),
                _ => (1, depth, filters),
            };
            let sizes = |(taps, stride, step, more, before, after, dilated): Sizes| {
                let (stride, step) = if dilated { (1, step) } else { (stride, 1) };
                let reach = (taps - 1) * step + 1;
                // With zeros at the ends or without.
                let (before, after) = if more % 2 == 0 { (before, after) } else { (0, 0) };
                let input = (more + reach).saturating_sub(before + after).max(1);
                let places = (input + before + after).saturating_sub(reach) / stride + 1;
                (taps, stride, step, before, input, places)
            };
            let (h, w) = (sizes(down), sizes(right));
            let conv = Conv2d {
                input: [h.4, w.4, depth * groups],
                output: [h.5, w.5, filters.div_ceil(groups) * groups],
                kernel: [h.0, w.0],
                strides: [h.1, w.1],
                dilation: [h.2, w.2],
                before: [h.3, w.3],
                groups,
            };
            Case { conv, n, shift, add }
        },
    )
}

/// Numbers, behind `shift` that are not used.
fn shifted<E: Element>(seed: u64, shift: usize, n: usize) -> Vec<E> {
    numbers(seed, shift + n).into_iter().map(|v| E::of(v.into())).collect()
}

/// What `kernel` writes behind `shift` elements, which stay, as those after it do. Without `start`, what
/// was there does not matter.
fn written<E: Element>(shift: usize, n: usize, start: Option<&[E]>, kernel: impl FnOnce(&mut [E])) -> Vec<E> {
    let mut all = vec![E::of(POISON); shift + n + 40];
    if let Some(start) = start {
        all[shift..shift + n].copy_from_slice(start);
    }
    kernel(&mut all[shift..shift + n]);
    assert!(all[..shift].iter().chain(&all[shift + n..]).all(|&v| v == E::of(POISON)), "written beside");
    all[shift..shift + n].to_vec()
}

/// What all kernels are given.
struct Given<E> {
    x: Vec<E>,
    w: Vec<E>,
    b: Vec<E>,
    dy: Vec<E>,
}

impl<E: Element> Given<E> {
    fn new(c: &Conv2d, n: usize, shift: usize) -> Self {
        Self {
            x: shifted(1, shift, n * c.image()),
            w: shifted(2, shift, c.weights()),
            b: shifted(3, shift, c.output[2]),
            dy: shifted(4, shift, n * c.map()),
        }
    }
}

/// What the kernels write: `y`, that without a bias, `dx`, `dw` and `db`.
const NAMES: [&str; 5] = ["y", "y without b", "dx", "dw", "db"];

fn found<E: Element>(level: Level, case: &Case) -> [Vec<E>; 5] {
    let Case { conv: ref c, n, shift, add } = *case;
    let threads = Threads::new(1);
    let Given { x, w, b, dy } = Given::<E>::new(c, n, shift);
    let [x, w, b, dy] = [&x, &w, &b, &dy].map(|all| &all[shift..]);
    let y = |b| {
        let of = |rectify| {
            written(shift, n * c.map(), None, |y| conv::forward(level, &threads, c, n, x, w, b, rectify, y))
        };
        let y: Vec<E> = of(false);
        let rectified: Vec<E> = y.iter().map(|v| v.maximum(E::ZERO)).collect();
        assert_eq!(of(true), rectified, "{level:?} rectified, {case:?}");
        y
    };
    let dx = written(shift, n * c.image(), None, |dx| conv::back_input(level, &threads, c, n, dy, w, dx));
    let mut db = b.to_vec();
    let dw = written(shift, c.weights(), add.then_some(w), |dw| {
        conv::back_weights(level, &threads, c, n, x, dy, dw, Some(&mut db), add);
    });
    [y(Some(b)), y(None), dx, dw, db]
}

/// By the definition, of the numbers or of their magnitudes.
fn defined(case: &Case, of: fn(f64) -> f64) -> [Vec<f64>; 5] {
    let Case { conv: ref c, n, shift, add } = *case;
    let Given { x, w, b, dy } = Given::<f64>::new(c, n, shift);
    let [x, w, b, dy] = [x, w, b, dy].map(|all| all[shift..].iter().copied().map(of).collect::<Vec<_>>());
    let y = |b| {
        let mut y = vec![0.0; n * c.map()];
        plain::forward(c, n, &x, &w, b, &mut y);
        y
    };
    let mut dx = vec![0.0; n * c.image()];
    plain::back_input(c, n, &dy, &w, &mut dx);
    let (mut dw, mut db) = (w.clone(), b.clone());
    plain::back_weights(c, n, &x, &dy, &mut dw, Some(&mut db), add);
    [y(Some(&b)), y(None), dx, dw, db]
}

/// Compares with the definition in `f64`. The sums of the terms' magnitudes bound what rounding can do:
/// half a unit in the last place for each product and addition.
fn check<E: Element>(level: Level, case: &Case, exact: &[Vec<f64>; 5], magnitudes: &[Vec<f64>; 5]) {
    let c = &case.conv;
    let unit = if size_of::<E>() == 4 { f64::from(f32::EPSILON) } else { f64::EPSILON };
    let terms = c.kernel[0] * c.kernel[1] * c.depth().max(c.output[2]);
    let terms = terms.max(case.n * c.output[0] * c.output[1]) + 2;
    for (i, found) in found::<E>(level, case).iter().enumerate() {
        assert_eq!(found.len(), exact[i].len());
        for (j, found) in found.iter().enumerate() {
            let off = (found.f64() - exact[i][j]).abs();
            let bound = terms as f64 * unit * magnitudes[i][j];
            let (what, exact) = (NAMES[i], exact[i][j]);
            assert!(off <= bound, "{level:?} {what} {j}: {found} instead of {exact}, {case:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(debug_assertions) { 60 } else { 600 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn convolutions_agree_with_their_definition(case in cases()) {
        let (exact, magnitudes) = (defined(&case, |v| v), defined(&case, f64::abs));
        for level in levels() {
            check::<f32>(level, &case, &exact, &magnitudes);
            check::<f64>(level, &case, &exact, &magnitudes);
        }
    }
}

#[test]
fn the_bits_do_not_depend_on_the_threads() {
    let all = |c: &Conv2d, n: usize, threads: usize| {
        let threads = Threads::new(threads);
        let (x, w, b, dy) = (
            numbers(1, n * c.image()),
            numbers(2, c.weights()),
            numbers(3, c.output[2]),
            numbers(4, n * c.map()),
        );
        let (mut y, mut dx) = (vec![0.0; n * c.map()], vec![0.0; n * c.image()]);
        let (mut dw, mut db) = (w.clone(), b.clone());
        threads.run(usize::MAX, || {
            conv::forward(level(), &threads, c, n, &x, &w, Some(&b), true, &mut y);
            conv::back_input(level(), &threads, c, n, &dy, &w, &mut dx);
            conv::back_weights(level(), &threads, c, n, &x, &dy, &mut dw, Some(&mut db), true);
        });
        [y, dx, dw, db]
    };
    let same = Conv2d {
        input: [15, 14, 24],
        output: [15, 14, 80],
        kernel: [3, 3],
        strides: [1, 1],
        dilation: [1, 1],
        before: [1, 1],
        groups: 1,
    };
    let halved = Conv2d { output: [8, 7, 80], strides: [2, 2], before: [1, 0], groups: 2, ..same };
    let each = Conv2d { input: [15, 14, 83], output: [15, 14, 83], groups: 83, ..same };
    for c in [same, halved, each] {
        for n in [1, 5] {
            let one = all(&c, n, 1);
            (2..=4).for_each(|threads| assert_eq!(one, all(&c, n, threads), "{n} images, {threads} threads"));
        }
    }
}
