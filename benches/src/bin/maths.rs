//! Elementary functions in our kernels, beside the standard library's, one element at a time.
//!
//! `cargo run --release -p benches --bin maths`

use std::hint::black_box;

use benches::clock::in_turns;
use benches::random::Numbers;
use keras_core::activations::Activate;
use keras_core::backend::{Backend, Cpu, LossRows, Stream};
use keras_core::element::Element;
use keras_core::prelude::*;

/// A function as an activation, so that it runs as a kernel.
macro_rules! functions {
    ($($name:ident: $x:ident => $y:expr;)*) => {$(
        #[derive(Clone, Debug, Default)]
        struct $name;
        impl Activate for $name {
            #[inline(always)]
            fn forward<E: Element>(&self, row: &mut [E]) {
                for v in row {
                    let $x = *v;
                    *v = $y;
                }
            }
            fn backward<E: Element>(&self, _: &[E], _: &[E], _: &mut [E]) {}
        }
    )*};
}
functions! {
    Exp: x => x.exp();
    ExpM1: x => x.exp_m1();
    Ln: x => x.abs().ln();
    Ln1p: x => x.abs().ln_1p();
    Erf: x => x.erf();
}

fn sigmoid(x: f32) -> f32 {
    let e = (-x.abs()).exp();
    if x < 0.0 { e / (1.0 + e) } else { 1.0 / (1.0 + e) }
}

fn softmax(row: &mut [f32]) {
    let largest = row.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for v in row.iter_mut() {
        *v = (*v - largest).exp();
        sum += *v;
    }
    row.iter_mut().for_each(|v| *v /= sum);
}

/// Ours and one element at a time, in turns.
fn compare<A: Activate>(name: &str, ours: &A, rows: usize, width: usize, theirs: impl Fn(&mut [f32])) {
    let device = Cpu::<f32>::with_threads(1);
    let mut x = Numbers::new(1).floats(rows * width);
    x.iter_mut().for_each(|x| *x *= 5.0);
    let (mut y1, mut y2) = (x.clone(), x.clone());
    let times = in_turns(
        &mut [
            &mut || {
                y1.copy_from_slice(black_box(&x));
                device.activate(ours, width, &mut y1);
            },
            &mut || {
                y2.copy_from_slice(black_box(&x));
                y2.chunks_exact_mut(width).for_each(&theirs);
            },
        ],
        0.01,
        20,
    );
    let rate = |seconds: f64| x.len() as f64 / seconds / 1e9;
    let worst = y1.iter().zip(&y2).fold(0.0_f32, |worst, (a, b)| worst.max((a - b).abs()));
    println!(
        "{name:20} {rows:5} x {width:5} {:6.3} Gelem/s; one at a time {:6.3}; ratio {:5.1}; differ by {worst:.1e}",
        rate(times[0].least),
        rate(times[1].least),
        times[1].least / times[0].least,
    );
}

/// Binary cross-entropy from logits with its gradient, ours and one element at a time.
fn compare_loss<const WIDTH: usize>(rows: usize) {
    let device = Cpu::<f32>::with_threads(1);
    let mut numbers = Numbers::new(2);
    let (x, t) = (numbers.floats(rows * WIDTH), numbers.floats(rows * WIDTH));
    let (mut g1, mut g2) = (x.clone(), x.clone());
    let loss = BinaryCrossentropy::from_logits();
    let layout =
        LossRows { rows, width: WIDTH, target_width: WIDTH, rows_per_weight: 1, scale: 1.0, gather: None };
    let (mut sum1, mut sum2) = (0.0, 0.0);
    let times = in_turns(
        &mut [
            &mut || {
                sum1 = device.loss::<Rank1<WIDTH>, _>(&loss, layout, &t, black_box(&x), None, Some(&mut g1))
            },
            &mut || {
                sum2 = 0.0;
                for (i, (&x, &t)) in black_box(&x).iter().zip(&t).enumerate() {
                    sum2 += (x.max(0.0) - t * x) + (-x.abs()).exp().ln_1p();
                    g2[i] = (sigmoid(x) - t) / WIDTH as f32;
                }
            },
        ],
        0.01,
        20,
    );
    let rate = |seconds: f64| x.len() as f64 / seconds / 1e9;
    println!(
        "{:20} {rows:5} x {WIDTH:5} {:6.3} Gelem/s; one at a time {:6.3}; ratio {:5.1}; differ by {:.1e}",
        "binary cross-entropy",
        rate(times[0].least),
        rate(times[1].least),
        times[1].least / times[0].least,
        sum1 - f64::from(sum2) / WIDTH as f64,
    );
}

/// Dropout, and the same written plainly: one block of random numbers after the other.
fn dropout() {
    let device = Cpu::<f32>::with_threads(1);
    let x = Numbers::new(3).floats(16 * 512);
    let (mut y1, mut y2) = (x.clone(), x.clone());
    let stream = Stream::new(1, 2);
    let times = in_turns(
        &mut [&mut || device.dropout(stream, 0, 0.25, black_box(&x), &mut y1), &mut || {
            for (i, (y, x)) in y2.chunks_mut(4).zip(black_box(&x).chunks(4)).enumerate() {
                for ((y, x), bits) in y.iter_mut().zip(x).zip(stream.block(i as u32)) {
                    *y = if bits < 1 << 30 { 0.0 } else { x * (1.0 / 0.75) };
                }
            }
        }],
        0.01,
        20,
    );
    assert_eq!(y1, y2);
    let rate = |seconds: f64| x.len() as f64 / seconds / 1e9;
    println!(
        "{:20} {:5} x {:5} {:6.3} Gelem/s; one at a time {:6.3}; ratio {:5.1}",
        "dropout",
        16,
        512,
        rate(times[0].least),
        rate(times[1].least),
        times[1].least / times[0].least,
    );
}

fn each(f: impl Fn(f32) -> f32) -> impl Fn(&mut [f32]) {
    move |row| row.iter_mut().for_each(|v| *v = f(*v))
}

fn main() {
    compare("exp", &Exp, 16, 512, each(f32::exp));
    compare("exp_m1", &ExpM1, 16, 512, each(f32::exp_m1));
    compare("ln", &Ln, 16, 512, each(|x| x.abs().ln()));
    compare("ln_1p", &Ln1p, 16, 512, each(|x| x.abs().ln_1p()));
    compare("tanh", &Tanh, 16, 512, each(f32::tanh));
    compare("erf", &Erf, 16, 512, each(libm::erff));
    compare("sigmoid", &Sigmoid, 16, 512, each(sigmoid));
    compare("silu", &Silu, 16, 512, each(|x| x * sigmoid(x)));
    compare("gelu", &Gelu::default(), 16, 512, each(|x| x * 0.5 * (1.0 + libm::erff(x * 0.707_106_77))));
    compare("softplus", &Softplus, 16, 512, each(|x| x.max(0.0) + (-x.abs()).exp().ln_1p()));
    compare("elu", &Elu::default(), 16, 512, each(|x| if x > 0.0 { x } else { x.exp_m1() }));
    compare("softmax", &Softmax, 1024, 1000, softmax);
    for width in [3, 10, 13, 16, 26] {
        compare("softmax", &Softmax, 128, width, softmax);
    }
    compare_loss::<1>(128);
    compare_loss::<10>(128);
    compare_loss::<1000>(128);
    dropout();
}
