//! Penalties on what layers make: the gradients of the whole loss by all parameters and by the inputs.

use std::cell::RefCell;

use keras_core::ndarray::Array2;
use keras_core::prelude::*;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::central;

// One on a layer that is used twice, one of which the next layer is a sum, one of the whole batch.
model! {
    struct Net {
        input x: Input<3>;
        layer twice: Dense<3, 3, Tanh, activity_regularizer = L1L2<0.3, 0.2>>;
        let a = twice(x);
        let b = twice(a);
        let sum = Add(ActivityRegularization<l1 = 0.1, l2 = 0.4>(b), x);
        let out = Dense<3, 2, Sigmoid, activity_regularizer = OrthogonalRegularizer<0.2>>(sum);
        output out;
    }
}

/// The loss, and its gradients by the parameters and by the inputs.
fn gradients(
    net: &mut Net<Cpu<f64>>,
    params: &[f64],
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> (f64, Vec<f64>, Vec<f64>) {
    net.store_mut().params_mut().copy_from_slice(params);
    let mut gradients = Gradients::new(net).unwrap();
    let loss = net.value_and_grad(&MeanSquaredError::default(), x, y, &mut gradients).unwrap();
    let by_params = gradients.to_vec();
    let (same, by_x) =
        net.value_and_input_grad(&MeanSquaredError::default(), x, y, true, &mut gradients).unwrap();
    assert!((same - loss).abs() < 1e-12 * loss.abs().max(1.0));
    let apart = gradients.to_vec().iter().zip(&by_params).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(apart < 1e-12, "{apart}");
    (loss, by_params, by_x.as_slice().to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn of_the_whole_loss(
        samples in 2..5_usize,
        params in vec(prop_oneof![-1.5..-0.1, 0.1..1.5], Net::<Cpu<f64>>::PARAMS),
        numbers in vec(prop_oneof![-2.0..-0.1, 0.1..2.0], 25),
    ) {
        let x = Array2::from_shape_vec((samples, 3), numbers[..3 * samples].to_vec()).unwrap();
        let y = Array2::from_shape_vec((samples, 2), numbers[15..15 + 2 * samples].to_vec()).unwrap();
        let net = RefCell::new(Net::<Cpu<f64>>::new(1));
        // No number is so near to 0 that a difference would step over the corner of `|x|`.
        let far = |until: &[f64]| until.iter().all(|v| v.abs() > 1e-3);
        prop_assume!(far(&made(&params, &x)));
        let loss = |params: &[f64], x: &Array2<f64>| gradients(&mut net.borrow_mut(), params, x, &y).0;
        let (_, by_params, by_x) = gradients(&mut net.borrow_mut(), &params, &x, &y);
        central::compare(&by_params, &central::gradient(&params, |p| loss(p, &x)))?;
        let flat: Vec<f64> = x.iter().copied().collect();
        let of_x = |v: &[f64]| loss(&params, &Array2::from_shape_vec((samples, 3), v.to_vec()).unwrap());
        central::compare(&by_x, &central::gradient(&flat, of_x))?;
    }
}

/// What the layer makes that is used twice: the numbers that an L1 penalty looks at.
fn made(params: &[f64], x: &Array2<f64>) -> Vec<f64> {
    let apply = |x: &Array2<f64>| {
        let kernel = Array2::from_shape_vec((3, 3), params[..9].to_vec()).unwrap();
        let mut y = x.dot(&kernel);
        y.rows_mut().into_iter().for_each(|mut row| {
            row.iter_mut().zip(&params[9..12]).for_each(|(v, bias)| *v = (*v + bias).tanh());
        });
        y
    };
    let first = apply(x);
    let second = apply(&first);
    first.iter().chain(&second).copied().collect()
}

#[test]
fn a_prediction_and_a_pullback_know_nothing_of_it() {
    sequential! { struct Plain< Dense<2, 2> > }
    sequential! { struct Watched< Dense<2, 2, activity_regularizer = L2<0.5>> > }
    let x = [[1.0, -2.0], [0.5, 0.25], [3.0, 1.0]];
    let (mut plain, mut watched) = (Plain::<Cpu<f64>>::new(3), Watched::<Cpu<f64>>::new(3));
    assert_eq!(plain.predict(&x).unwrap().as_slice(), watched.predict(&x).unwrap().as_slice());
    let mut of_plain = Gradients::new(&plain).unwrap();
    let mut of_watched = Gradients::new(&watched).unwrap();
    plain.pullback(&x, &x, true, &mut of_plain).unwrap();
    watched.pullback(&x, &x, true, &mut of_watched).unwrap();
    assert_eq!(of_plain.to_vec(), of_watched.to_vec());
}

#[test]
fn a_penalty_that_does_not_take_the_shape_is_an_error() {
    sequential! { struct Net< Input<2, 3>, Dense<3, 2, activity_regularizer = OrthogonalRegularizer> > }
    let mut net = Net::<Cpu>::new(1).compile(SGD::default(), MeanSquaredError::default(), ());
    let before = net.store().params().to_vec();
    let (x, y) = ([[[1.0; 3]; 2]], [[[0.0; 2]; 2]]);
    let error = net.train_on_batch(&x, &y).unwrap_err().to_string();
    assert!(error.contains("OrthogonalRegularizer"), "{error}");
    assert_eq!(net.store().params().to_vec(), before);
    assert!(net.evaluate(&x, &y).is_err());
}
