//! The kernels of dense layers, beside the `gemm` crate, and of convolutions, and hand-written training steps made of them.
//!
//! `cargo run --release -p benches --bin kernels -- [threads [conv [images [size channels filters kernel stride same]] | panels]]`

use std::hint::black_box;

use benches::clock::in_turns;
use benches::peak::{MULTIPLY_ADD, multiply_add};
use benches::random::Numbers;
use keras_core::activations::Linear;
use keras_core::backend::{Backend, Conv2d, Cpu, LossRows};
use keras_core::losses::MeanSquaredError;
use keras_core::optimizers::{Adam, MAX_SLOTS, Optimizer};
use keras_core::prelude::*;

fn gemm(
    m: usize,
    n: usize,
    k: usize,
    a: (&[f32], usize, usize),
    b: (&[f32], usize, usize),
    c: &mut [f32],
    threads: usize,
) {
    let parallel = if threads == 1 { gemm::Parallelism::None } else { gemm::Parallelism::Rayon(threads) };
    assert!(a.0.len() >= m * k && b.0.len() >= k * n && c.len() >= m * n);
    // SAFETY: the assertion above: every access is inside of the slices.
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            c.as_mut_ptr(),
            1,
            n as isize,
            false,
            a.0.as_ptr(),
            a.2 as isize,
            a.1 as isize,
            b.0.as_ptr(),
            b.2 as isize,
            b.1 as isize,
            1.0,
            1.0,
            false,
            false,
            false,
            parallel,
        );
    }
}

type Buffer = <Cpu as Backend>::Buf<f32>;

fn filled(device: &Cpu, numbers: &mut Numbers, len: usize) -> Buffer {
    let mut buffer = device.alloc(len).expect("there is memory for this");
    device.write(Cpu::<f32>::view_mut(&mut buffer, 0..len), &numbers.floats(len));
    buffer
}

fn products<const I: usize, const O: usize>(device: &Cpu, n: usize) {
    let threads = device.threads();
    let mut numbers = Numbers::new(1);
    let mut buffer = |len: usize| filled(device, &mut numbers, len);
    let (x, w, dy, b) = (buffer(n * I), buffer(I * O), buffer(n * O), buffer(O));
    let (mut y1, mut y2, mut dx1, mut dx2) = (buffer(n * O), buffer(n * O), buffer(n * I), buffer(n * I));
    let (mut dw1, mut dw2, mut db) = (buffer(I * O), buffer(I * O), buffer(O));
    let flops = 2 * n * I * O;
    let run = |f: &mut (dyn FnMut() + Send)| device.run(usize::MAX, f);
    let times = in_turns(
        &mut [
            &mut || run(&mut || device.dense::<I, O>(n, black_box(&x), &w, Some(&b), &mut y1)),
            &mut || gemm(n, O, I, (black_box(&x), I, 1), (&w, O, 1), &mut y2, threads),
            &mut || run(&mut || device.dense_back_input::<I, O>(n, black_box(&dy), &w, &mut dx1)),
            &mut || gemm(n, I, O, (black_box(&dy), O, 1), (&w, 1, O), &mut dx2, threads),
            &mut || {
                run(&mut || {
                    device.dense_back_weights::<I, O>(n, black_box(&x), &dy, &mut dw1, Some(&mut db), false)
                })
            },
            &mut || gemm(I, O, n, (black_box(&x), 1, I), (&dy, O, 1), &mut dw2, threads),
        ],
        0.01,
        40,
    );
    for (i, name) in ["forward", "back_input", "back_weights"].iter().enumerate() {
        let (ours, theirs) = (times[2 * i], times[2 * i + 1]);
        let rate = |s: f64| flops as f64 / s / 1e9;
        println!(
            "{n:4} x {I:4} x {O:4} {name:12} {:9.3} us {:6.1} GFLOP/s (median {:6.1}); gemm {:9.3} us {:6.1} (median {:6.1})",
            ours.least * 1e6,
            rate(ours.least),
            rate(ours.median),
            theirs.least * 1e6,
            rate(theirs.least),
            rate(theirs.median),
        );
    }
}

/// Image's height and width, channels, filters (0 for each channel by itself), kernel, stride, and whether
/// zeros keep its size.
type Sizes = (usize, usize, usize, usize, usize, bool);

/// Products that are not with the zeros around an image: what the other rates are counted by.
fn useful(c: &Conv2d) -> usize {
    let axis = |i: usize| {
        (0..c.output[i])
            .map(|o| (0..c.kernel[i]).filter(|&k| c.place(i, o, k).is_some()).count())
            .sum::<usize>()
    };
    axis(0) * axis(1) * c.depth() * c.output[2]
}

fn convolution(device: &Cpu, n: usize, (size, channels, filters, kernel, stride, same): Sizes) {
    let (filters, groups) = if filters == 0 { (channels, channels) } else { (filters, 1) };
    let output = if same { size.div_ceil(stride) } else { (size - kernel) / stride + 1 };
    let zeros = if same { ((output - 1) * stride + kernel).saturating_sub(size) } else { 0 };
    let c = Conv2d {
        input: [size, size, channels],
        output: [output, output, filters],
        kernel: [kernel; 2],
        strides: [stride; 2],
        dilation: [1; 2],
        before: [zeros / 2; 2],
        groups,
    };
    let mut numbers = Numbers::new(1);
    let mut buffer = |len: usize| filled(device, &mut numbers, len);
    let (x, w, dy, b) = (buffer(n * c.image()), buffer(c.weights()), buffer(n * c.map()), buffer(filters));
    let (mut y, mut dx) = (buffer(n * c.map()), buffer(n * c.image()));
    let (mut dw, mut db) = (buffer(c.weights()), buffer(filters));
    let run = |f: &mut (dyn FnMut() + Send)| device.run(usize::MAX, f);
    let times = in_turns(
        &mut [
            &mut || run(&mut || device.conv2d(&c, n, black_box(&x), &w, Some(&b), &Linear, &mut y)),
            &mut || run(&mut || device.conv2d_back_input(&c, n, black_box(&dy), &w, &mut dx)),
            &mut || {
                run(&mut || {
                    device.conv2d_back_weights(&c, n, black_box(&x), &dy, &mut dw, Some(&mut db), false)
                })
            },
            &mut || multiply_add(1000),
        ],
        0.003,
        60,
    );
    let flops = |i: usize| if i < 3 { 2 * n * useful(&c) } else { 1000 * MULTIPLY_ADD };
    let rates = times.iter().enumerate().map(|(i, time)| flops(i) as f64 / time.least / 1e9);
    let rates: String = rates.map(|rate| format!(" {rate:7.1}")).collect();
    let padding = if same { "same" } else { "valid" };
    let each = if groups > 1 { " each" } else { "" };
    println!(
        "{n:2} x {size:2}x{size:2}x{channels:<3} -> {filters:3}, {kernel}x{kernel} / {stride} {padding:5}{rates}{each}"
    );
}

/// The usual ones, or the one whose sizes are given.
fn convolutions(device: &Cpu, n: usize, given: &[usize]) {
    println!("convolutions, GFLOP/s without the zeros: forward, back_input, back_weights; peak");
    if let [size, channels, filters, kernel, stride, same] = *given {
        return convolution(device, n, (size, channels, filters, kernel, stride, same != 0));
    }
    for sizes in [
        (28, 1, 32, 3, 1, false),
        (13, 32, 64, 3, 1, false),
        (32, 3, 32, 3, 1, true),
        (32, 32, 32, 3, 1, false),
        (15, 32, 64, 3, 1, true),
        (15, 64, 64, 3, 1, false),
        (28, 64, 64, 3, 1, true),
        (14, 256, 256, 1, 1, false),
        (14, 128, 128, 3, 1, true),
        (32, 64, 64, 3, 2, true),
        (28, 32, 0, 3, 1, true),
        (14, 128, 0, 3, 1, true),
        (28, 64, 0, 3, 2, true),
    ] {
        convolution(device, n, sizes);
    }
}

/// A chain of dense layers with relu between them, as a model's plan would lay it out.
struct Arenas {
    params: Buffer,
    grads: Buffer,
    slots: Buffer,
}

/// Adam's two arrays, one after the other.
fn slots(both: &mut [f32]) -> [&mut [f32]; MAX_SLOTS] {
    let (momentum, velocity) = both.split_at_mut(both.len() / 2);
    [momentum, velocity, &mut [], &mut []]
}

impl Arenas {
    fn new(device: &Cpu, n: usize) -> Self {
        let zeros = |n| device.alloc(n).expect("there is memory for this");
        let mut params = filled(device, &mut Numbers::new(2), n);
        params.iter_mut().for_each(|v| *v *= 0.05);
        Self { params, grads: zeros(n), slots: zeros(2 * n) }
    }
}

fn mse(device: &Cpu, n: usize, width: usize, y: &[f32], pred: &[f32], d: &mut [f32]) -> f64 {
    let rows = LossRows {
        rows: n,
        width,
        target_width: width,
        rows_per_weight: 1,
        scale: 1.0 / n as f64,
        gather: None,
    };
    if width == 1 {
        device.loss::<Rank1<1>, _>(&MeanSquaredError::default(), rows, y, pred, None, Some(d))
    } else {
        device.loss::<Rank1<10>, _>(&MeanSquaredError::default(), rows, y, pred, None, Some(d))
    }
}

fn report(name: &str, time: benches::clock::Time, n: usize) {
    println!(
        "{name:28} {:9.3} us (median {:9.3})  {:9.0} samples/s",
        time.least * 1e6,
        time.median * 1e6,
        n as f64 / time.least
    );
}

fn w1(device: &Cpu) {
    const N: usize = 32;
    const W2: usize = 100 * 64 + 64;
    const P: usize = W2 + 65;
    let mut numbers = Numbers::new(3);
    let mut buffer = |len: usize| filled(device, &mut numbers, len);
    let (x, t) = (buffer(N * 100), buffer(N));
    let mut a = Arenas::new(device, P);
    let (mut h, mut y, mut dy, mut dh) = (buffer(N * 64), buffer(N), buffer(N), buffer(N * 64));
    let mut iteration = 0;
    let step = |a: &mut Arenas, iteration: &mut u64| {
        let p = &a.params;
        device.dense::<100, 64>(N, &x, &p[..6400], Some(&p[6400..W2]), &mut h);
        device.activate(&Relu, 64, &mut h);
        device.dense::<64, 1>(N, &h, &p[W2..W2 + 64], Some(&p[W2 + 64..]), &mut y);
        let loss = mse(device, N, 1, &t, &y, &mut dy);
        let (g1, g2) = a.grads.split_at_mut(W2);
        let (dw, db) = g2.split_at_mut(64);
        device.dense_back_weights::<64, 1>(N, &h, &dy, dw, Some(db), false);
        device.dense_back_input::<64, 1>(N, &dy, &p[W2..W2 + 64], &mut dh);
        device.activate_back(&Relu, 64, &[], &h, &mut dh);
        let (dw, db) = g1.split_at_mut(6400);
        device.dense_back_weights::<100, 64>(N, &x, &dh, dw, Some(db), false);
        *iteration += 1;
        device.update(&Adam::default().step(*iteration), &mut a.params, &a.grads, slots(&mut a.slots));
        loss
    };
    let mut step = step;
    let mut b = Arenas::new(device, P);
    let c = Arenas::new(device, P);
    let (mut h1, mut y1) = (vec![0.0; 64], vec![0.0; 1]);
    let mut k = 0;
    let times = in_turns(
        &mut [
            &mut || {
                black_box(device.run(900_000, || step(&mut a, &mut iteration)));
            },
            &mut || {
                k += 1;
                device.run(0, || {
                    device.update(&Adam::default().step(k), &mut b.params, &b.grads, slots(&mut b.slots))
                });
            },
            &mut || {
                let p = &c.params;
                device.run(0, || {
                    device.dense::<100, 64>(1, black_box(&x[..100]), &p[..6400], Some(&p[6400..W2]), &mut h1);
                    device.activate(&Relu, 64, &mut h1);
                    device.dense::<64, 1>(1, &h1, &p[W2..W2 + 64], Some(&p[W2 + 64..]), &mut y1);
                });
                black_box(&mut y1);
            },
        ],
        0.01,
        40,
    );
    report("W1 step", times[0], N);
    report("W1 adam alone", times[1], N);
    report("W1 predict of 1", times[2], 1);
}

fn w2(device: &Cpu) {
    const N: usize = 128;
    const B1: usize = 784 * 512;
    const L2: usize = B1 + 512;
    const B2: usize = L2 + 512 * 512;
    const L3: usize = B2 + 512;
    const B3: usize = L3 + 5120;
    const P: usize = B3 + 10;
    let mut numbers = Numbers::new(4);
    let mut buffer = |len: usize| filled(device, &mut numbers, len);
    let (x, t) = (buffer(N * 784), buffer(N * 10));
    let (mut h1, mut h2, mut y) = (buffer(N * 512), buffer(N * 512), buffer(N * 10));
    let (mut d1, mut d2, mut dy) = (buffer(N * 512), buffer(N * 512), buffer(N * 10));
    let mut a = Arenas::new(device, P);
    let mut b = Arenas::new(device, P);
    let c = Arenas::new(device, P);
    let forward = |p: &[f32], h1: &mut [f32], h2: &mut [f32], y: &mut [f32]| {
        device.dense::<784, 512>(N, &x, &p[..B1], Some(&p[B1..L2]), h1);
        device.activate(&Relu, 512, h1);
        device.dense::<512, 512>(N, h1, &p[L2..B2], Some(&p[B2..L3]), h2);
        device.activate(&Relu, 512, h2);
        device.dense::<512, 10>(N, h2, &p[L3..B3], Some(&p[B3..]), y);
    };
    let (mut h1b, mut h2b, mut yb) = (buffer(N * 512), buffer(N * 512), buffer(N * 10));
    let mut iteration = 0;
    let mut step = || {
        forward(&a.params, &mut h1, &mut h2, &mut y);
        let loss = mse(device, N, 10, &t, &y, &mut dy);
        let p = &a.params;
        let (g12, g3) = a.grads.split_at_mut(L3);
        let (g1, g2) = g12.split_at_mut(L2);
        let (dw, db) = g3.split_at_mut(5120);
        device.dense_back_weights::<512, 10>(N, &h2, &dy, dw, Some(db), false);
        device.dense_back_input::<512, 10>(N, &dy, &p[L3..B3], &mut d2);
        device.activate_back(&Relu, 512, &[], &h2, &mut d2);
        let (dw, db) = g2.split_at_mut(512 * 512);
        device.dense_back_weights::<512, 512>(N, &h1, &d2, dw, Some(db), false);
        device.dense_back_input::<512, 512>(N, &d2, &p[L2..B2], &mut d1);
        device.activate_back(&Relu, 512, &[], &h1, &mut d1);
        let (dw, db) = g1.split_at_mut(B1);
        device.dense_back_weights::<784, 512>(N, &x, &d1, dw, Some(db), false);
        iteration += 1;
        device.update(&Adam::default().step(iteration), &mut a.params, &a.grads, slots(&mut a.slots));
        loss
    };
    let mut k = 0;
    let times = in_turns(
        &mut [
            &mut || {
                black_box(device.run(usize::MAX, &mut step));
            },
            &mut || {
                k += 1;
                device.run(usize::MAX, || {
                    device.update(&Adam::default().step(k), &mut b.params, &b.grads, slots(&mut b.slots))
                });
            },
            &mut || device.run(usize::MAX, || forward(&c.params, &mut h1b, &mut h2b, &mut yb)),
        ],
        0.01,
        60,
    );
    report("W2 step", times[0], N);
    report("W2 adam alone", times[1], N);
    report("W2 forward", times[2], N);
}

fn main() {
    let threads = std::env::args().nth(1).and_then(|v| v.parse().ok()).unwrap_or(1);
    let device = Cpu::<f32>::with_threads(threads);
    println!("{device:?}");
    if std::env::args().nth(2).is_some_and(|what| what == "conv") {
        let sizes: Vec<usize> = std::env::args().skip(3).filter_map(|v| v.parse().ok()).collect();
        let (&images, given) = sizes.split_first().unwrap_or((&4, &[]));
        return convolutions(&device, images, given);
    }
    if std::env::args().nth(2).is_some() {
        products::<128, 32>(&device, 12);
        products::<256, 32>(&device, 12);
        products::<256, 32>(&device, 120);
        products::<128, 32>(&device, 120);
        products::<784, 32>(&device, 12);
        products::<784, 32>(&device, 120);
        products::<784, 64>(&device, 120);
        products::<784, 512>(&device, 128);
        return;
    }
    if threads == 1 {
        w1(&device);
    }
    w2(&device);
    products::<100, 64>(&device, 32);
    products::<784, 512>(&device, 128);
    products::<512, 512>(&device, 128);
    products::<512, 10>(&device, 128);
    products::<64, 64>(&device, 64);
    products::<784, 128>(&device, 32);
    products::<512, 512>(&device, 512);
    products::<1024, 1024>(&device, 1024);
    products::<2048, 2048>(&device, 2048);
    convolutions(&device, 4, &[]);
}
