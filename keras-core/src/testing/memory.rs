//! What was in the workspace before makes no difference.

use super::{Failure, Samples, inputs, numbers, same};
use crate::backend::{Cpu, Random};
use crate::model::{Lane, OneToOne, Rooms};
use crate::shape::Shape;
use crate::training::{Differentiate, Gradients};

const SAMPLES: usize = 5;

/// Fills all memory that a model works in.
fn poison<M: OneToOne<Backend = Cpu<f64>>>(model: &mut M) {
    let Rooms { lanes, head, between, between_gradient, output } = &mut model.store_mut().rooms;
    for Lane { works, spare, output, grads, .. } in lanes {
        works.iter_mut().for_each(|work| work.fill(f64::NAN));
        [spare, output, grads].into_iter().for_each(|buf| buf.fill(f64::NAN));
    }
    let others = [&mut head.work, &mut head.spare, between, between_gradient, output];
    others.into_iter().for_each(|buf| buf.fill(f64::NAN));
}

pub fn check<M: OneToOne<Backend = Cpu<f64>>>() -> Result<(), Failure> {
    let mut random = Random::new(9, 1 << 40);
    let x = inputs::<M, f64>(&mut random, SAMPLES);
    let cotangent = Samples::new(numbers(&mut random, SAMPLES * M::Out::NUMEL), SAMPLES);
    let run = |poisoned: bool| -> Result<[Vec<f64>; 4], Failure> {
        let mut model = M::new(3);
        let mut gradients = Gradients::new(&model)?;
        if poisoned {
            // Once to have the memory, then with something in it.
            M::new(3).predict_on_batch(&x)?;
            model.predict_on_batch(&x)?;
            model.pullback(&x, &cotangent, false, &mut gradients)?;
            poison(&mut model);
        }
        let predicted = model.predict_on_batch(&x)?.as_slice().to_vec();
        if poisoned {
            poison(&mut model);
        }
        let result = model.pullback(&x, &cotangent, true, &mut gradients)?;
        let [y, dx] = [result.output.as_slice(), result.input_gradient.as_slice()].map(<[f64]>::to_vec);
        Ok([predicted, y, dx, gradients.to_vec()])
    };
    let names = ["the outputs", "the outputs in training", "the gradients by the input", "the gradients"];
    for ((left, right), name) in run(false)?.iter().zip(run(true)?).zip(names) {
        same::<M, f64>(&format!("{name} in fresh memory and in memory full of NaN"), left, &right)?;
    }
    Ok(())
}
