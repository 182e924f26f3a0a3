//! Losses and activations over 1024 rows of 1000 classes, value and gradient, `f32`, one thread.
//!
//! `cargo run --release -p benches --bin losses`

use std::hint::black_box;

use benches::clock::in_turns;
use benches::random::Numbers;
use keras_core::activations::Activate;
use keras_core::backend::{Backend, Cpu};
use keras_core::prelude::*;

const ROWS: usize = 1024;
const WIDTH: usize = 1000;

fn print(name: &str, mut work: impl FnMut()) {
    let times = in_turns(&mut [&mut work], 0.05, 20);
    println!("{name:45} {:8.3} ms", times[0].least * 1e3);
}

fn activation<A: Activate>(name: &str, activation: &A, x: &[f32]) {
    let device = Cpu::<f32>::with_threads(1);
    let (mut y, mut d) = (x.to_vec(), x.to_vec());
    print(name, || {
        y.copy_from_slice(black_box(x));
        device.activate(activation, WIDTH, &mut y);
        d.fill(1.0);
        device.activate_back(activation, WIDTH, x, &y, &mut d);
    });
}

fn loss<L: Loss<Rank1<WIDTH>, Target = T>, T: keras_core::shape::Value>(
    name: &str,
    loss: &L,
    y_true: &[T::Scalar<f32>],
    y_pred: &[f32],
) {
    let device = Cpu::<f32>::with_threads(1);
    let layout = loss.layout(ROWS);
    let mut gradient = y_pred.to_vec();
    print(name, || {
        let sum = device.loss::<T, L>(loss, layout, y_true, black_box(y_pred), None, Some(&mut gradient));
        black_box(sum);
    });
}

fn main() {
    let mut x = Numbers::new(1).floats(ROWS * WIDTH);
    x.iter_mut().for_each(|x| *x *= 5.0);
    let classes: Vec<i32> = (0..ROWS).map(|row| (row * 37 % WIDTH) as i32).collect();
    let mut one_hot = vec![0.0; ROWS * WIDTH];
    for (row, &class) in one_hot.chunks_exact_mut(WIDTH).zip(&classes) {
        row[class as usize] = 1.0;
    }
    let mut probabilities = x.clone();
    Cpu::<f32>::with_threads(1).activate(&Softmax, WIDTH, &mut probabilities);

    activation("softplus", &Softplus, &x);
    activation("softmax", &Softmax, &x);
    loss("categorical crossentropy from logits", &CategoricalCrossentropy::from_logits(), &one_hot, &x);
    loss("categorical crossentropy", &CategoricalCrossentropy::default(), &one_hot, &probabilities);
    loss("sparse crossentropy from logits", &SparseCategoricalCrossentropy::from_logits(), &classes, &x);
    loss("binary crossentropy from logits", &BinaryCrossentropy::from_logits(), &one_hot, &x);
    loss("binary focal crossentropy from logits", &BinaryFocalCrossentropy::from_logits(), &one_hot, &x);
    loss(
        "categorical focal crossentropy from logits",
        &CategoricalFocalCrossentropy::from_logits(),
        &one_hot,
        &x,
    );
}
