use proptest::prelude::*;

use super::{levels, numbers};
use crate::backend::Conv2d;
use crate::backend::cpu::conv::{self, plain};
use crate::backend::cpu::simd::Level;
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
    (axis(), axis(), channels, 1..=4_usize, 0..=3_usize, any::<bool>()).prop_map(
        |(down, right, (groups, depth, filters, kind), n, shift, add)| {
            // Groups are not so common.
            let groups = if kind == 0 { groups } else { 1 };
            let depth = depth.div_ceil(groups);
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

/// Compares with the definition in `f64`; `magnitudes` are the sums of the terms' magnitudes, which
/// bound what rounding can do.
fn check<E: Element>(what: &str, found: &[E], exact: &[f64], magnitudes: &[f64], terms: usize, case: &Case) {
    let unit = if size_of::<E>() == 4 { f64::from(f32::EPSILON) } else { f64::EPSILON };
    for (i, ((found, exact), magnitude)) in found.iter().zip(exact).zip(magnitudes).enumerate() {
        let off = (found.f64() - exact).abs();
        let bound = (terms + 2) as f64 * unit * magnitude;
        assert!(off <= bound, "{what} {i}: {found} instead of {exact}, {case:?}");
    }
}

fn wide<E: Element>(v: &[E]) -> Vec<f64> {
    v.iter().map(|v| v.f64()).collect()
}

fn magnitudes(v: &[f64]) -> Vec<f64> {
    v.iter().map(|v| v.abs()).collect()
}

fn agrees<E: Element>(level: Level, case: &Case) {
    let Case { conv: c, n, shift, add } = case;
    let (n, shift, add, threads) = (*n, *shift, *add, Threads::new(1));
    let terms = c.kernel[0] * c.kernel[1] * c.depth().max(c.output[2]);
    let (images, maps) = (n * c.image(), n * c.map());
    let (x, w) = (shifted::<E>(1, shift, images), shifted::<E>(2, shift, c.weights()));
    let b = shifted::<E>(3, shift, c.output[2]);
    let (x, w, b) = (&x[shift..], &w[shift..], &b[shift..]);
    let (wide_x, wide_w) = (wide(x), wide(w));
    let (abs_x, abs_w) = (magnitudes(&wide_x), magnitudes(&wide_w));

    for b in [None, Some(b)] {
        let y = written(shift, maps, None, |y| conv::forward(level, &threads, c, n, x, w, b, y));
        let (mut exact, mut magnitude) = (vec![0.0; maps], vec![0.0; maps]);
        let wide_b = b.map(wide);
        plain::forward(c, n, &wide_x, &wide_w, wide_b.as_deref(), &mut exact);
        let abs_b = wide_b.map(|b| magnitudes(&b));
        plain::forward(c, n, &abs_x, &abs_w, abs_b.as_deref(), &mut magnitude);
        check(&format!("{level:?} y"), &y, &exact, &magnitude, terms, case);
    }

    let dy = shifted::<E>(4, shift, maps);
    let dy = &dy[shift..];
    let wide_dy = wide(dy);
    let abs_dy = magnitudes(&wide_dy);
    let terms = n * c.output[0] * c.output[1];
    let mut db = b.to_vec();
    let dw = written(shift, c.weights(), add.then_some(w), |dw| {
        conv::back_weights(level, &threads, c, n, x, dy, dw, Some(&mut db), add);
    });
    let (mut exact_w, mut exact_b) = (wide_w.clone(), wide(b));
    plain::back_weights(c, n, &wide_x, &wide_dy, &mut exact_w, Some(&mut exact_b), add);
    let (mut magnitude_w, mut magnitude_b) = (abs_w.clone(), magnitudes(&wide(b)));
    plain::back_weights(c, n, &abs_x, &abs_dy, &mut magnitude_w, Some(&mut magnitude_b), add);
    check(&format!("{level:?} dw"), &dw, &exact_w, &magnitude_w, terms, case);
    check(&format!("{level:?} db"), &db, &exact_b, &magnitude_b, terms, case);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(debug_assertions) { 60 } else { 600 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn convolutions_agree_with_their_definition(case in cases()) {
        for level in levels() {
            agrees::<f32>(level, &case);
            agrees::<f64>(level, &case);
        }
    }
}
