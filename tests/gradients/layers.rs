//! Every layer: the gradients of `Σ output · cotangent` by the input and by all variables.

use std::cell::RefCell;

use keras_core::ndarray::{Array2, ArrayD, Axis};
use keras_core::prelude::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::central;

/// Numbers for a model: its parameters, and inputs and cotangents for a few samples.
#[derive(Clone, Debug)]
struct Numbers {
    seed: u64,
    samples: usize,
    params: Vec<f64>,
    x: Vec<f64>,
    cotangent: Vec<f64>,
}

/// Inputs are so far from 0 that a difference does not step over a corner there.
fn numbers<M: Model>(samples: core::ops::Range<usize>) -> impl Strategy<Value = Numbers> {
    let input = prop_oneof![-2.0..-1e-3, 1e-3..2.0];
    (any::<u64>(), samples).prop_flat_map(move |(seed, samples)| {
        let (ins, outs) = (M::Input::NUMEL * samples, M::Output::NUMEL * samples);
        (vec(-1.0..1.0, M::PARAMS), vec(input.clone(), ins), vec(-2.0..2.0, outs))
            .prop_map(move |(params, x, cotangent)| Numbers { seed, samples, params, x, cotangent })
    })
}

/// Samples of a shape, from their numbers.
fn array<S: Shape>(samples: usize, values: &[f64]) -> ArrayD<f64> {
    let rows = Array2::from_shape_vec((samples, S::NUMEL), values.to_vec()).unwrap();
    let sizes: Vec<usize> = core::iter::once(samples).chain(S::DIMS.sizes().iter().copied()).collect();
    rows.into_shape_with_order(sizes).unwrap()
}

/// The output, and the gradients by the input and by the parameters.
fn pullback<M: Model<Backend = Cpu<f64>>>(
    model: &mut M,
    numbers: &Numbers,
    training: bool,
) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    model.store_mut().params_mut().copy_from_slice(&numbers.params);
    let mut gradients = Gradients::new(model).unwrap();
    let x = array::<M::Input>(numbers.samples, &numbers.x);
    let cotangent = array::<M::Output>(numbers.samples, &numbers.cotangent);
    let result = model.pullback(&x, &cotangent, training, &mut gradients).unwrap();
    (result.output.as_slice().to_vec(), result.input_gradient.as_slice().to_vec(), gradients.to_vec())
}

fn check<M: Model<Backend = Cpu<f64>>>(numbers: &Numbers, training: bool) -> Result<(), TestCaseError> {
    // The random numbers of a layer follow from the model's seed, so that every pass has the same.
    let model = RefCell::new(M::new(numbers.seed));
    let sum = |numbers: &Numbers| {
        let (output, _, _) = pullback(&mut *model.borrow_mut(), numbers, training);
        output.iter().zip(&numbers.cotangent).map(|(y, c)| y * c).sum()
    };
    let (_, by_input, by_params) = pullback(&mut *model.borrow_mut(), numbers, training);
    let central_x = central::gradient(&numbers.x, |x| sum(&Numbers { x: x.to_vec(), ..numbers.clone() }));
    central::compare(&by_input, &central_x)?;
    let central_params =
        central::gradient(&numbers.params, |p| sum(&Numbers { params: p.to_vec(), ..numbers.clone() }));
    central::compare(&by_params, &central_params)
}

/// A model of one or a few layers for each test.
macro_rules! layers {
    ($($name:ident, $training:literal: < $($layers:tt)*)*) => {$(
        mod $name {
            use super::*;
            sequential! { struct Net< $($layers)* }
            proptest! {
                #![proptest_config(ProptestConfig::with_cases(24))]
                #[test]
                fn gradients(numbers in numbers::<Net<Cpu<f64>>>(1..5)) {
                    check::<Net<Cpu<f64>>>(&numbers, $training)?;
                }
            }
        }
    )*};
}
