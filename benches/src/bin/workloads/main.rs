//! Training steps and predictions of whole models, as lines of JSON.
//!
//! `cargo run --release -p benches --bin workloads -- W1 W2`
//!
//! - W1: 100-64-1, mean squared error, Adam, batch 32
//! - W2: 784-512-512-10, cross-entropy from logits, Adam, batch 128
//! - W3: the MNIST convnet of Keras' guides, batch 128
//! - W4: their CIFAR-10 convnet, batch 128
//! - W7: products of matrices alone, m x k by k x n
//!
//! `BENCH_THREADS` says how many threads may work.

mod convnets;

use std::hint::black_box;
use std::process::ExitCode;

use benches::models::{Large, Small, classes, tensor};
use benches::peer::{Figure, Peer};
use benches::random::Numbers;
use keras_core::backend::{Backend, Cpu};
use keras_core::prelude::*;

fn main() -> ExitCode {
    let peer = Peer::new();
    for workload in std::env::args().skip(1) {
        let result = match workload.as_str() {
            "W1" => w1(&peer),
            "W2" => w2(&peer),
            "W3" => convnets::w3(&peer),
            "W4" => convnets::w4(&peer),
            "W7" => w7(&peer),
            other => {
                eprintln!("there is no workload `{other}`; there are W1 to W4, and W7");
                return ExitCode::from(2);
            }
        };
        if let Err(error) = result {
            eprintln!("{workload}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn w1(peer: &Peer) -> keras_core::Result<()> {
    let device = Cpu::with_threads(peer.threads);
    let (x, y) = (tensor::<100>(&device, 32, 1)?, tensor::<1>(&device, 32, 2)?);
    let mut model =
        Small::new_on(device.clone(), 0)?.compile(Adam::default(), MeanSquaredError::default(), ());
    peer.train("W1", "train_step", Figure::Micros, Small::<Cpu>::PARAMS, || {
        model.train_on_batch(&x, &y).map_or(f64::NAN, |logs| logs["loss"])
    });
    let hundred = 100 * 32;
    let (many_x, many_y) = (tensor::<100>(&device, hundred, 3)?, tensor::<1>(&device, hundred, 4)?);
    // An epoch of 100 steps through `fit`, shuffled, a hundredth of it a figure.
    let mut epoch = || model.fit(&many_x, &many_y, Fit::epochs(1).verbose(Verbose::Silent));
    epoch()?;
    peer.time("W1", "fit_100_steps", Figure::Micros, "", || {
        black_box(&epoch());
    });
    let one = tensor::<100>(&device, 1, 5)?;
    peer.time("W1", "predict1", Figure::Micros, "", || {
        black_box(&model.predict(black_box(&one)));
    });
    Ok(())
}

fn w2(peer: &Peer) -> keras_core::Result<()> {
    let device = Cpu::with_threads(peer.threads);
    let x = tensor::<784>(&device, 128, 1)?;
    let y = classes(&device, 128, 10, 2)?;
    let loss = SparseCategoricalCrossentropy::from_logits();
    let mut model = Large::new_on(device, 0)?.compile(Adam::default(), loss, ());
    peer.train("W2", "train", Figure::Samples(128), Large::<Cpu>::PARAMS, || {
        model.train_on_batch(&x, &y).map_or(f64::NAN, |logs| logs["loss"])
    });
    peer.time("W2", "infer", Figure::Samples(128), "", || {
        black_box(&model.predict_on_batch(black_box(&x)));
    });
    Ok(())
}

fn w7(peer: &Peer) -> keras_core::Result<()> {
    let device = Cpu::with_threads(peer.threads);
    product::<128, 128>(peer, &device, 128)?;
    product::<512, 512>(peer, &device, 512)?;
    product::<1024, 1024>(peer, &device, 1024)?;
    product::<2048, 2048>(peer, &device, 2048)?;
    product::<100, 64>(peer, &device, 32)?;
    product::<784, 512>(peer, &device, 128)
}

/// `m x K` by `K x N`, as a dense layer without bias computes it.
fn product<const K: usize, const N: usize>(peer: &Peer, device: &Cpu, m: usize) -> keras_core::Result<()> {
    let (mut a, mut b, mut c) = (device.alloc(m * K)?, device.alloc(K * N)?, device.alloc(m * N)?);
    device.write(&mut a, &Numbers::new(1).floats(m * K));
    device.write(&mut b, &Numbers::new(2).floats(K * N));
    let run = || device.run(usize::MAX, || device.dense::<K, N>(m, black_box(&a), &b, None, &mut c));
    peer.time("W7", &format!("sgemm_{m}x{K}x{N}"), Figure::Gigaflops(2 * m * K * N), "", run);
    let expected: f32 = (0..K).map(|i| a[i] * b[i * N + 1]).sum();
    assert!((c[1] - expected).abs() < 1e-2, "{m} x {K} x {N}: {} instead of {expected}", c[1]);
    Ok(())
}
