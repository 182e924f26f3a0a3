//! One step of each optimizer over ten million `f32`, ten matrices of 1000 by 1000, in turns with passes
//! that read and write the same arrays and compute next to nothing: a plain loop that takes the arrays
//! piece by piece, and one in the kernels' vectors that takes them side by side. The faster one counts. As
//! lines of JSON.
//!
//! `cargo run --release -p benches --bin optimizers -- adam lamb`; without names: all.
//!
//! `BENCH_THREADS` says how many threads may work (1). `benches/optimizers.py` puts other libraries
//! beside these figures.

use std::hint::black_box;
use std::process::ExitCode;
use std::thread;

use benches::clock::{Time, in_turns};
use benches::random::Numbers;
use keras_core::Result;
use keras_core::backend::{Backend, Cpu, FloatBuf};
use keras_core::element::Element;
use keras_core::layers::Variable;
use keras_core::model::LayerInfo;
use keras_core::optimizers::{MAX_SLOTS, OptimizerState, Update};
use keras_core::prelude::*;
use keras_core::shape::Dims;
use serde_json::json;

const SIDE: usize = 1000;
const MATRICES: usize = 10;
const N: usize = MATRICES * SIDE * SIDE;

const MATRIX: Dims = Dims::new([SIDE, SIDE]);
const KERNELS: &[Variable] = &[Variable::new("kernel", MATRIX); MATRICES];

const LAYERS: &[LayerInfo] = &[LayerInfo {
    name: "dense",
    title: "ten matrices",
    output: MATRIX,
    variables: KERNELS,
    state: &[],
    offset: 0,
    state_offset: N,
    flops: N,
    ..LayerInfo::NONE
}];

/// Elements of an array that are near when the next array is added to them.
const PART: usize = 4096;

/// Adds one array to all others: that one is read, the others are read and written.
fn stream(threads: usize, read: &[f32], arrays: &mut [Array]) {
    let share = N.div_ceil(threads).next_multiple_of(PART);
    thread::scope(|scope| {
        let mut arrays: Vec<_> = arrays.iter_mut().map(|array| array.chunks_mut(share)).collect();
        let mut shares = read.chunks(share).map(|read| {
            let written: Vec<_> = arrays.iter_mut().filter_map(Iterator::next).collect();
            move || add(read, written)
        });
        let first = shares.next();
        shares.for_each(|share| {
            scope.spawn(share);
        });
        if let Some(first) = first {
            first();
        }
    });
}

fn add(read: &[f32], mut written: Vec<&mut [f32]>) {
    for (i, read) in read.chunks(PART).enumerate() {
        for array in &mut written {
            array[i * PART..][..read.len()].iter_mut().zip(read).for_each(|(y, &x)| *y += x);
        }
    }
}

/// The pass as the device runs it, in its vectors.
struct Pass {
    slots: usize,
}

impl Update for Pass {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], [a, b, c, _]: [&mut [E]; MAX_SLOTS]) {
        let n = p.len();
        let g = &g[..n];
        macro_rules! add {
            ($($array:ident),*) => {{
                $(let $array = &mut $array[..n];)*
                for i in 0..n {
                    $($array[i] += g[i];)*
                }
            }};
        }
        match self.slots {
            0 => add!(p),
            1 => add!(p, a),
            2 => add!(p, a, b),
            _ => add!(p, a, b, c),
        }
    }
}

fn device_pass(device: &Cpu<f32>, read: &[f32], arrays: &mut [Array]) {
    let pass = Pass { slots: arrays.len() - 1 };
    let Some((params, arrays)) = arrays.split_first_mut() else { return };
    let mut arrays = arrays.iter_mut();
    let slots = core::array::from_fn(|_| arrays.next().map_or(&mut [][..], |array| &mut array[..]));
    device.run(usize::MAX, || device.update(&pass, params, read, slots));
}

/// What a name of ours stands for. Keras' defaults, but for options that have an array of their own.
fn optimizer(name: &str) -> Result<AnyOptimizer> {
    Ok(match name {
        "sgd_momentum" => SGD::new(0.01).momentum(0.9).into(),
        "adam_amsgrad" => Adam::default().amsgrad(true).into(),
        "rmsprop_centered" => RMSprop::default().momentum(0.9).centered(true).into(),
        name => name.parse()?,
    })
}

/// As a model's arrays lie: the passes over them are to have the same pages.
type Array = FloatBuf<Cpu<f32>>;

fn filled(device: &Cpu<f32>, values: &[f32]) -> Result<Array> {
    let mut array = device.alloc(values.len())?;
    array.copy_from_slice(values);
    Ok(array)
}

fn measure(name: &str, threads: usize) -> Result<()> {
    let device = Cpu::<f32>::with_threads(threads);
    let optimizer = optimizer(name)?;
    let mut numbers = Numbers::new(1);
    let mut state = OptimizerState::with_layers(&device, &optimizer, LAYERS, N)?;
    let mut array = || filled(&device, &numbers.floats(N));
    let (mut params, mut grads, read) = (array()?, array()?, array()?);
    // Those that have a number for each parameter; Adafactor's means of rows and columns are small. Muon
    // has a matrix' momentum only.
    let slots = optimizer.slot_names().iter().filter_map(|name| state.slot(name));
    let large = slots.filter(|slot| slot.len() >= N).count();
    let arrays = || (0..=large).map(|_| device.alloc(N)).collect::<Result<Vec<Array>>>();
    let (mut arrays, mut more) = (arrays()?, arrays()?);
    // Muon computes some 100 times as much as it moves.
    let (block, blocks) = if name == "muon" { (0.01, 3) } else { (0.1, 12) };
    let mut failed = Ok(());
    let times = in_turns(
        &mut [
            &mut || {
                failed = device.run(usize::MAX, || {
                    state.apply(&device, &optimizer, LAYERS, black_box(&mut params), &mut grads)
                });
            },
            &mut || stream(threads, black_box(&read), &mut arrays),
            &mut || device_pass(&device, black_box(&read), &mut more),
        ],
        block,
        blocks,
    );
    failed?;
    let step = times[0];
    let pass: Time = if times[1].least < times[2].least { times[1] } else { times[2] };
    let bytes = (4 * N * (1 + 2 * arrays.len())) as f64;
    let line = json!({
        "optimizer": name,
        "threads": threads,
        "step_ms": step.least * 1e3,
        "step_median_ms": step.median * 1e3,
        "pass_ms": pass.least * 1e3,
        "pass_median_ms": pass.median * 1e3,
        "gigabytes": bytes / pass.least / 1e9,
        "ratio": step.least / pass.least,
    });
    println!("{line}");
    Ok(())
}

fn main() -> ExitCode {
    let threads = std::env::var("BENCH_THREADS").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    if names.is_empty() {
        let more = ["sgd_momentum", "adam_amsgrad", "rmsprop_centered"];
        names = AnyOptimizer::NAMES.iter().chain(&more).map(ToString::to_string).collect();
    }
    for name in names {
        if let Err(error) = measure(&name, threads) {
            eprintln!("{name}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
