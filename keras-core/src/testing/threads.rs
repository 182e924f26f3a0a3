//! The same bits for any number of threads, and whatever else is in a batch.

use super::{Failure, Samples, inputs, numbers, same};
use crate::backend::{Cpu, Random};
use crate::model::OneToOne;
use crate::shape::Shape;
use crate::training::{Differentiate, Gradients};

const SAMPLES: usize = 70;

pub fn check<M: OneToOne<Backend = Cpu<f32>>>() -> Result<(), Failure> {
    let mut random = Random::new(7, 1 << 40);
    let x = inputs::<M, f32>(&mut random, SAMPLES);
    let cotangent = Samples::new(numbers(&mut random, SAMPLES * M::Out::NUMEL), SAMPLES);
    let run = |threads: usize| -> Result<[Vec<f32>; 4], Failure> {
        let mut model = M::new_on(Cpu::with_threads(threads), 3)?;
        let predicted = model.predict_on_batch(&x)?.as_slice().to_vec();
        let mut gradients = Gradients::new(&model)?;
        let result = model.pullback(&x, &cotangent, true, &mut gradients)?;
        let [y, dx] = [result.output.as_slice(), result.input_gradient.as_slice()].map(<[f32]>::to_vec);
        Ok([predicted, y, dx, gradients.to_vec()])
    };
    let one = run(1)?;
    for threads in [2, 3] {
        let names = ["the outputs", "the outputs in training", "the gradients by the input", "the gradients"];
        for ((left, right), name) in one.iter().zip(run(threads)?).zip(names) {
            same::<M, f32>(&format!("{name} with 1 and with {threads} threads"), left, &right)?;
        }
    }
    let mut model = M::new(3);
    let mut pieces = model.predict_on_batch(&x.part(0, 3))?.as_slice().to_vec();
    pieces.extend(model.predict_on_batch(&x.part(3, SAMPLES))?.as_slice());
    let all = model.predict_on_batch(&x)?;
    close::<M>(all.as_slice(), &pieces)
}

/// Products of other sizes may add up in another order.
fn close<M: OneToOne>(all: &[f32], pieces: &[f32]) -> Result<(), Failure> {
    let far = |(a, b): (&f32, &f32)| (a - b).abs() > 1e-5 * a.abs().max(1.0);
    match all.iter().zip(pieces).position(far) {
        None => Ok(()),
        Some(at) => Err(Failure(format!(
            "{}: output {at} is {}, but {} with other samples in the batch",
            super::titles::<M>(),
            all[at],
            pieces[at]
        ))),
    }
}
