//! Every layer: the gradients of `Σ output · cotangent` by the input and by all variables.

use std::cell::RefCell;

use keras_core::ndarray::{Array2, ArrayD};
use keras_core::prelude::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::central;

/// Numbers for a model: its parameters, and inputs and cotangents for a few samples.
#[derive(Clone, Debug)]
pub struct Numbers {
    seed: u64,
    samples: usize,
    params: Vec<f64>,
    x: Vec<f64>,
    cotangent: Vec<f64>,
}

/// Inputs are so far from 0 that a difference does not step over a corner there.
pub fn numbers<M: OneToOne>(samples: core::ops::Range<usize>) -> impl Strategy<Value = Numbers> {
    let input = prop_oneof![-2.0..-1e-3, 1e-3..2.0];
    (any::<u64>(), samples).prop_flat_map(move |(seed, samples)| {
        let (ins, outs) = (M::In::NUMEL * samples, M::Out::NUMEL * samples);
        let params = vec(-1.0..1.0, M::PARAMS).prop_map(|mut params| {
            // What is remembered may be a variance.
            params[M::LAYOUT.trained..].iter_mut().for_each(|v: &mut f64| *v = v.abs() + 0.5);
            params
        });
        (params, vec(input.clone(), ins), vec(-2.0..2.0, outs))
            .prop_map(move |(params, x, cotangent)| Numbers { seed, samples, params, x, cotangent })
    })
}

/// The same, but no two inputs are so near each other that a difference could make another one the
/// largest.
pub fn numbers_apart<M: OneToOne>(samples: core::ops::Range<usize>) -> impl Strategy<Value = Numbers> {
    numbers::<M>(samples).prop_flat_map(|numbers| {
        let order = Just((0..numbers.x.len()).collect::<Vec<_>>()).prop_shuffle();
        order.prop_map(move |order| {
            let mut apart = numbers.clone();
            let middle = order.len() as f64 / 2.0;
            for (x, place) in apart.x.iter_mut().zip(order) {
                *x = 0.01 * (place as f64 - middle) + 0.001 * *x;
            }
            apart
        })
    })
}

/// Samples of a shape, from their numbers.
fn array<S: Shape>(samples: usize, values: &[f64]) -> ArrayD<f64> {
    let rows = Array2::from_shape_vec((samples, S::NUMEL), values.to_vec()).unwrap();
    let sizes: Vec<usize> = core::iter::once(samples).chain(S::DIMS.sizes().iter().copied()).collect();
    rows.into_shape_with_order(sizes).unwrap()
}

/// The output, and the gradients by the input and by the parameters.
fn pullback<M: OneToOne<Backend = Cpu<f64>>>(
    model: &mut M,
    numbers: &Numbers,
    training: bool,
) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    model.store_mut().params_mut().copy_from_slice(&numbers.params);
    let mut gradients = Gradients::new(model).unwrap();
    let x = array::<M::In>(numbers.samples, &numbers.x);
    let cotangent = array::<M::Out>(numbers.samples, &numbers.cotangent);
    let result = model.pullback(&x, &cotangent, training, &mut gradients).unwrap();
    (result.output.as_slice().to_vec(), result.input_gradient.as_slice().to_vec(), gradients.to_vec())
}

pub fn check<M: OneToOne<Backend = Cpu<f64>>>(
    numbers: &Numbers,
    training: bool,
) -> Result<(), TestCaseError> {
    // The random numbers of a layer follow from the model's seed, so that every pass has the same.
    let model = RefCell::new(M::new(numbers.seed));
    let sum = |numbers: &Numbers| {
        let (output, _, _) = pullback(&mut *model.borrow_mut(), numbers, training);
        output.iter().zip(&numbers.cotangent).map(|(y, c)| y * c).sum()
    };
    let (_, by_input, by_params) = pullback(&mut *model.borrow_mut(), numbers, training);
    let (trained, remembered) = numbers.params.split_at(by_params.len());
    let central_x = central::gradient(&numbers.x, |x| sum(&Numbers { x: x.to_vec(), ..numbers.clone() }));
    central::compare(&by_input, &central_x)?;
    let central_params =
        central::gradient(trained, |p| sum(&Numbers { params: [p, remembered].concat(), ..numbers.clone() }));
    central::compare(&by_params, &central_params)
}

/// A model of one or a few layers for each test; `training` says how dropout behaves.
macro_rules! layers {
    ($($name:ident, training $training:literal: { $($layers:tt)* })*) => {
        layers! { numbers, 24, $($name, training $training: { $($layers)* })* }
    };
    ($numbers:ident, $cases:literal, $($name:ident, training $training:literal: { $($layers:tt)* })*) => {$(
        mod $name {
            use super::*;
            sequential! { #[allow(keras::all)] struct Net< $($layers)* > }
            proptest! {
                #![proptest_config(ProptestConfig::with_cases($cases))]
                #[test]
                fn gradients(numbers in $numbers::<Net<Cpu<f64>>>(1..6)) {
                    check::<Net<Cpu<f64>>>(&numbers, $training)?;
                }
            }
        }
    )*};
}
pub(crate) use layers;

layers! {
    dense, training true: { Dense<4, 3> }
    dense_of_one, training true: { Dense<1, 1, Sigmoid> }
    dense_without_bias, training true: { Dense<5, 4, Tanh, use_bias = false> }
    dense_of_odd_sizes, training true: { Dense<17, 33, Silu> }
    dense_on_rows, training true: { Input<3, 4>, Dense<4, 5, Softmax> }
    dense_on_pixels, training true: { Input<2, 3, 4>, Dense<4, 2, Gelu> }
    dense_that_needs_its_input_late, training true: { Dense<3, 4, Softplus>, Dense<_, 3, Silu>, Dense<_, 2> }
    activation, training true: { Input<6>, Activation<Relu> }
    activation_on_rows, training true: { Input<3, 4>, Activation<Softmax> }
    activation_that_needs_its_input, training true: { Input<2, 3, 2>, Activation<Gelu> }
    softmax_along_an_axis, training true: { Input<3, 4, 2>, Softmax<axis = 2> }
    softmax_along_two_axes, training true: { Input<3, 2, 4>, Softmax<axis = (1, -1)> }
    softmax_along_all_axes, training true: { Input<2, 2, 3>, Softmax<axis = (3, 1, 2)> }
    log_softmax_along_an_axis, training true: { Input<3, 4>, Activation<LogSoftmax, axis = 1> }
    glu, training true: { Input<3, 4>, Glu }
    glu_along_an_axis, training true: { Dense<6, 12>, Reshape<4, 3>, Glu<axis = 1> }
    dropout, training true: { Input<50>, Dropout<0.3> }
    dropout_in_inference, training false: { Input<5, 10>, Dropout<0.3> }
    dropout_of_all, training true: { Input<4>, Dropout<1.0> }
    flatten, training true: { Input<2, 3>, Flatten }
    reshape, training true: { Input<2, 6>, Reshape<3, _> }
    flatten_between, training true: { Input<2, 3>, Dense<3, 4, Tanh>, Flatten, Dense<_, 2> }
    chain, training true: {
        Input<2, 3, 2>,
        Flatten,
        Dense<_, 8, Tanh>,
        Dropout<0.25>,
        Reshape<4, _>,
        Dense<2, 3, Silu>,
        Activation<Sigmoid>,
        Flatten,
        Dense<_, 2, Softmax>,
    }
}

/// A dense layer with an activation that has a corner, beside the same layer without it, which says
/// how near the corner is.
macro_rules! corners {
    ($($name:ident: { $($layers:tt)* } beside { $($linear:tt)* })*) => {$(
        mod $name {
            use super::*;
            sequential! { #[allow(keras::all)] struct Net< $($layers)* > }
            sequential! { #[allow(keras::all)] struct Linear< $($linear)* > }
            proptest! {
                #![proptest_config(ProptestConfig::with_cases(24))]
                #[test]
                fn gradients(numbers in numbers::<Net<Cpu<f64>>>(1..5)) {
                    let (before, _, _) = pullback(&mut Linear::<Cpu<f64>>::new(0), &numbers, true);
                    prop_assume!(before.iter().all(|v| v.abs() > 1e-3));
                    check::<Net<Cpu<f64>>>(&numbers, true)?;
                }
            }
        }
    )*};
}

corners! {
    dense_relu: { Dense<4, 3, Relu> } beside { Dense<4, 3> }
    dense_leaky_relu: { Dense<4, 3, LeakyRelu<0.3>> } beside { Dense<4, 3> }
    dense_elu: { Dense<3, 5, Elu> } beside { Dense<3, 5> }
    dense_selu: { Dense<3, 5, Selu> } beside { Dense<3, 5> }
}

mod dense_large {
    use super::*;
    sequential! { struct Net< Dense<70, 40, Tanh> > }
    proptest! {
        // Large enough for the product's blocks.
        #![proptest_config(ProptestConfig::with_cases(2))]
        #[test]
        fn gradients(numbers in numbers::<Net<Cpu<f64>>>(30..40)) {
            check::<Net<Cpu<f64>>>(&numbers, true)?;
        }
    }
}
