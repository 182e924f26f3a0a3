//! Training loops of one's own: gradients of single samples, by inputs, in pieces, and two optimizers.

use keras_core::optimizers::OptimizerState;
use keras_core::prelude::*;

sequential! {
    struct Net< body: Dense<3, 5, Tanh>, head: Dense<_, 2> >
}

sequential! {
    #[allow(keras::bias_before_normalization)]
    struct Normal< Dense<3, 4>, BatchNormalization, Dense<_, 2> >
}

const X: [[f64; 3]; 4] = [[0.5, -1.0, 2.0], [1.0, 0.0, 0.3], [-0.4, 0.8, 0.1], [0.0, 1.5, -0.6]];
const Y: [[f64; 2]; 4] = [[1.0, 0.0], [0.5, -1.0], [0.0, 0.3], [-2.0, 1.0]];

fn net() -> (Net<Cpu<f64>>, Gradients<Net<Cpu<f64>>>) {
    let net = Net::<Cpu<f64>>::new(5);
    let gradients = Gradients::new(&net).unwrap();
    (net, gradients)
}

fn close(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12), "{a:?} and {b:?}");
}

#[test]
fn single_samples_have_the_mean_of_the_batch() {
    let (mut net, mut gradients) = net();
    let mse = MeanSquaredError::default();
    let value = net.value_and_grad(&mse, &X, &Y, &mut gradients).unwrap();
    let all = gradients.to_vec();
    let (mut sum, mut values) = (vec![0.0; all.len()], 0.0);
    net.per_sample_grads(&mse, &X, &Y, &mut gradients, |sample, value, gradients| {
        assert!(sample < 4);
        values += value / 4.0;
        sum.iter_mut().zip(gradients.to_vec()).for_each(|(sum, g)| *sum += g / 4.0);
        Ok(())
    })
    .unwrap();
    close(&sum, &all);
    close(&[values], &[value]);
}

#[test]
fn a_batch_that_is_seen_as_a_whole_has_no_single_samples() {
    let mut net = Normal::<Cpu<f64>>::new(5);
    let mut gradients = Gradients::new(&net).unwrap();
    let mse = MeanSquaredError::default();
    let error = net.per_sample_grads(&mse, &X, &Y, &mut gradients, |_, _, _| Ok(())).unwrap_err();
    assert_eq!(
        error.to_string(),
        "per_sample_grads: expected layers that see each sample alone, but found `batch_normalization`, BatchNormalization"
    );
}

#[test]
fn gradients_by_inputs_are_those_of_differences() {
    let (mut net, mut gradients) = net();
    let huber = Huber::new(0.7);
    let (loss, by_x) = net.value_and_input_grad(&huber, &X, &Y, false, &mut gradients).unwrap();
    let by_params = gradients.to_vec();
    let value = net.value_and_grad(&huber, &X, &Y, &mut gradients).unwrap();
    close(&[loss], &[value]);
    close(&by_params, &gradients.to_vec());
    for (place, by) in by_x.as_slice().iter().enumerate() {
        let mut at = |d: f64| {
            let mut x = X;
            x[place / 3][place % 3] += d;
            net.value_and_grad(&huber, &x, &Y, &mut gradients).unwrap()
        };
        let difference = (at(1e-6) - at(-1e-6)) / 2e-6;
        assert!((difference - by).abs() < 1e-8, "{place}: {difference} and {by}");
    }
}

#[test]
fn pieces_add_up() {
    let (mut net, mut gradients) = net();
    let mse = MeanSquaredError::default();
    net.value_and_grad(&mse, &X, &Y, &mut gradients).unwrap();
    let all = gradients.to_vec();
    net.value_and_grad(&mse, &X[..2], &Y[..2], &mut gradients).unwrap();
    net.value_and_add_grad(&mse, &X[2..], &Y[2..], &mut gradients).unwrap();
    gradients.scale(0.5);
    close(&gradients.to_vec(), &all);
}

#[test]
fn two_optimizers_have_a_part_each() {
    let (mut net, mut gradients) = net();
    let (sgd, adam) = (SGD::new(0.5), Adam::new(0.1));
    let mut of_sgd = OptimizerState::of(&sgd, &net).unwrap();
    let mut of_adam = OptimizerState::of(&adam, &net).unwrap();
    net.value_and_grad(&MeanSquaredError::default(), &X, &Y, &mut gradients).unwrap();
    let (before, by) = (net.store().params().to_vec(), gradients.to_vec());

    of_sgd.step_layers(&sgd, &mut net, &mut gradients, &["body"]).unwrap();
    close(&gradients.to_vec(), &by);
    let body = 3 * 5 + 5;
    let expected: Vec<f64> = (0..body).map(|i| before[i] - 0.5 * by[i]).collect();
    close(&net.store().params()[..body], &expected);
    assert_eq!(net.store().params()[body..], before[body..]);

    of_adam.step_layers(&adam, &mut net, &mut gradients, &["head"]).unwrap();
    close(&net.store().params()[..body], &expected);
    assert!((body..before.len()).all(|i| net.store().params()[i] != before[i]));
    assert!(net.frozen_layers().is_empty());

    let error = of_sgd.step_layers(&sgd, &mut net, &mut gradients, &["bodi"]).unwrap_err();
    assert_eq!(error.to_string(), "layer: expected one of body, head, but found bodi");
    assert!(net.frozen_layers().is_empty());
}
