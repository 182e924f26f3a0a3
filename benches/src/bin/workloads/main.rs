//! Training steps and predictions of whole models, as lines of JSON.
//!
//! `cargo run --release -p benches --bin workloads -- W1 W2`
//!
//! - W1: 100-64-1, mean squared error, Adam, batch 32
//! - W2: 784-512-512-10, cross-entropy from logits, Adam, batch 128
//! - W3: the MNIST convnet of Keras' guides, batch 128
//! - W4: its CIFAR-10 convnet, batch 128
//!
//! `BENCH_THREADS` says how many threads may work.

mod convnets;

use std::hint::black_box;
use std::process::ExitCode;

use benches::peer::{Figure, Peer};
use benches::random::Numbers;
use keras_core::ndarray::Array2;
use keras_core::prelude::*;

sequential! {
    /// W1
    struct Small< Dense<100, 64, Relu>, Dense<64, 1, Linear> >
}

sequential! {
    /// W2
    struct Large< Dense<784, 512, Relu>, Dense<512, 512, Relu>, Dense<512, 10, Linear> >
}

fn main() -> ExitCode {
    let peer = Peer::new();
    for workload in std::env::args().skip(1) {
        let result = match workload.as_str() {
            "W1" => w1(&peer),
            "W2" => w2(&peer),
            "W3" => convnets::w3(&peer),
            "W4" => convnets::w4(&peer),
            other => {
                eprintln!("there is no workload `{other}`; there are W1 to W4");
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

fn tensor<const WIDTH: usize>(
    device: &Cpu,
    samples: usize,
    seed: u64,
) -> keras_core::Result<Tensor<Rank1<WIDTH>>> {
    let numbers = Numbers::new(seed).floats(samples * WIDTH);
    Tensor::new_on(device.clone(), &Array2::from_shape_fn((samples, WIDTH), |(i, j)| numbers[i * WIDTH + j]))
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
    let classes = Numbers::new(2).classes(128, 10);
    let y: Tensor<Ints<Rank0>> = Tensor::new_on(device.clone(), &classes)?;
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
