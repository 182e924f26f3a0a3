//! Kernels on images that are not products: µs an image, and the bytes that they touch a second.
//!
//! `cargo run --release -p benches --bin images`

use std::hint::black_box;

use benches::clock::in_turns;
use benches::random::Numbers;
use keras_core::activations::Relu;
use keras_core::backend::{Backend, Cpu, Pool2d, Pooling};

fn main() {
    let device = Cpu::<f32>::with_threads(1);
    for (side, channels) in [(26, 32), (11, 64), (30, 32), (13, 64)] {
        let n = 4;
        let (image, out) = (side * side * channels, (side / 2) * (side / 2) * channels);
        let p = Pool2d {
            pooling: Pooling::Max,
            input: [side, side, channels],
            output: [side / 2; 2],
            size: [2, 2],
            strides: [2, 2],
            before: [0, 0],
        };
        let mut numbers = Numbers::new(1);
        let (x, dy) = (numbers.floats(n * image), numbers.floats(n * out));
        let (mut y, mut dx, mut z) = (vec![0.0; n * out], vec![0.0; n * image], x.clone());
        device.pool2d(&p, n, &x, &mut y);
        let y_ready = y.clone();
        let (mut d, y_back) = (x.clone(), y_ready.clone());
        let times = in_turns(
            &mut [
                &mut || device.pool2d(&p, n, black_box(&x), &mut y),
                &mut || device.pool2d_back(&p, n, black_box(&x), &y_back, &dy, &mut dx),
                &mut || device.activate(&Relu, channels, black_box(&mut z)),
                &mut || device.activate_back(&Relu, channels, &[], black_box(&x), &mut d),
            ],
            0.01,
            20,
        );
        let bytes = [image + out, 2 * image + 2 * out, 2 * image, 3 * image].map(|floats| 4 * n * floats);
        println!("{n} x {side}x{side}x{channels}");
        for ((name, time), bytes) in
            ["max pool", "its gradient", "relu", "its gradient"].iter().zip(times).zip(bytes)
        {
            let best = time.least;
            println!(
                "  {name:<14} {:8.3} us an image, {:6.1} GB/s",
                best * 1e6 / n as f64,
                bytes as f64 / best / 1e9
            );
        }
    }
}
