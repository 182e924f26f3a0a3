//! Gradients against central differences.

use super::{Failure, Samples, inputs, numbers, titles};
use crate::backend::{Cpu, Random};
use crate::model::OneToOne;
use crate::shape::Shape;
use crate::training::{Differentiate, Gradients};

/// The step of the differences.
const STEP: f64 = 1e-5;
/// How far off a gradient may be, relative to the largest.
const ALLOWED: f64 = 1e-6;
const SAMPLES: usize = 3;

type Place = (&'static str, usize);

/// `Σ output · cotangent` and its gradients.
fn pullback<M: OneToOne<Backend = Cpu<f64>>>(
    model: &mut M,
    x: &Samples<M::In, f64>,
    cotangent: &Samples<M::Out, f64>,
    training: bool,
) -> Result<(f64, Vec<f64>, Vec<f64>), Failure> {
    let before = model.store().params().to_vec();
    let mut gradients = Gradients::new(model)?;
    let result = model.pullback(x, cotangent, training, &mut gradients)?;
    // What a layer remembers is part of what it computes from.
    model.store_mut().params_mut().copy_from_slice(&before);
    let sum = result.output.as_slice().iter().zip(&cotangent.values).map(|(y, c)| y * c).sum();
    Ok((sum, result.input_gradient.as_slice().to_vec(), gradients.to_vec()))
}

pub fn check<M: OneToOne<Backend = Cpu<f64>>>(seed: u64, training: bool) -> Result<(), Failure> {
    let mut random = Random::new(seed, 1 << 40);
    let mut model = M::new(seed);
    let mut x = inputs::<M, f64>(&mut random, SAMPLES);
    let cotangent = Samples::new(numbers(&mut random, SAMPLES * M::Out::NUMEL), SAMPLES);
    let (_, by_x, by_params) = pullback(&mut model, &x, &cotangent, training)?;
    for at in 0..by_x.len() {
        let here = x.values[at];
        let mut sum = |d: f64| {
            x.values[at] = here + d;
            pullback(&mut model, &x, &cotangent, training).map(|(sum, ..)| sum)
        };
        let difference = (sum(STEP)? - sum(-STEP)?) / (2.0 * STEP);
        x.values[at] = here;
        compare::<M>(("the input", at), by_x[at], difference, largest(&by_x), training)?;
    }
    for at in 0..by_params.len() {
        let here = model.store().params()[at];
        let mut sum = |d: f64| {
            model.store_mut().params_mut()[at] = here + d;
            pullback(&mut model, &x, &cotangent, training).map(|(sum, ..)| sum)
        };
        let difference = (sum(STEP)? - sum(-STEP)?) / (2.0 * STEP);
        model.store_mut().params_mut()[at] = here;
        compare::<M>(place::<M>(at), by_params[at], difference, largest(&by_params), training)?;
    }
    Ok(())
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(1.0, |most, v| v.abs().max(most))
}

/// Which variable it is, and where in it.
fn place<M: OneToOne>(at: usize) -> Place {
    let all = M::LAYERS.iter().flat_map(|layer| layer.places());
    let found = all.filter(|(_, range)| range.contains(&at)).map(|(v, range)| (v.name, at - range.start));
    found.last().unwrap_or(("a variable", at))
}

fn compare<M: OneToOne>(
    (name, at): Place,
    gradient: f64,
    difference: f64,
    largest: f64,
    training: bool,
) -> Result<(), Failure> {
    if (gradient - difference).abs() <= ALLOWED * largest {
        return Ok(());
    }
    let when = if training { "in training" } else { "outside of training" };
    Err(Failure(format!(
        "{}: the gradient by {name}, number {at}, is {gradient}, but a difference is {difference} ({when})",
        titles::<M>()
    )))
}
