//! Regularizers and constraints in training.

use keras_core::constraints::{Constraint, MinMaxNorm};
use keras_core::prelude::*;
use keras_core::regularizers::{L1, Regularizer};

sequential! {
    struct Net<
        hidden: Dense<3, 4, Tanh, kernel_regularizer = L2<0.1>, bias_constraint = NonNeg>,
        out: Dense<_, 2, kernel_regularizer = L1L2<l1 = 0.01, l2 = 0.02>, kernel_constraint = MinMaxNorm::new(0.5, 1.0)>,
    >
}

sequential! {
    struct Plain< hidden: Dense<3, 4, Tanh>, out: Dense<_, 2> >
}

const X: [[f64; 3]; 4] = [[0.5, -1.0, 2.0], [1.0, 0.0, 0.3], [-0.4, 0.8, 0.1], [0.0, 1.5, -0.6]];
const Y: [[f64; 2]; 4] = [[1.0, 0.0], [0.5, -1.0], [0.0, 0.3], [-2.0, 1.0]];

fn penalty(params: &[f64]) -> f64 {
    let (hidden, out) = (&params[..12], &params[16..24]);
    let squares = |v: &[f64]| v.iter().map(|v| v * v).sum::<f64>();
    0.1 * squares(hidden) + 0.01 * out.iter().map(|v| v.abs()).sum::<f64>() + 0.02 * squares(out)
}

#[test]
fn penalties_are_part_of_the_loss_and_of_the_gradients() {
    let (mut net, mut plain) = (Net::<Cpu<f64>>::new(3), Plain::<Cpu<f64>>::new(3));
    assert_eq!(net.store().params()[..], plain.store().params()[..]);
    let mse = MeanSquaredError::default();
    let (mut with, mut without) = (Gradients::new(&net).unwrap(), Gradients::new(&plain).unwrap());
    let more = net.value_and_grad(&mse, &X, &Y, &mut with).unwrap();
    let less = plain.value_and_grad(&mse, &X, &Y, &mut without).unwrap();
    let params = net.store().params().to_vec();
    assert!((more - less - penalty(&params)).abs() < 1e-12);
    for (i, (with, without)) in with.to_vec().iter().zip(without.to_vec()).enumerate() {
        let at = |d: f64| {
            penalty(
                &params.iter().enumerate().map(|(j, p)| if i == j { p + d } else { *p }).collect::<Vec<_>>(),
            )
        };
        let slope = (at(1e-6) - at(-1e-6)) / 2e-6;
        assert!((with - without - slope).abs() < 1e-8, "{i}");
    }
    // In an evaluation, too, as in Keras.
    let logs = net.compile(SGD::default(), mse, ()).test_on_batch(&X, &Y).unwrap();
    assert!((logs["loss"] - more).abs() < 1e-12);
}

#[test]
fn what_is_frozen_costs_nothing() {
    let (mut net, mut plain) = (Net::<Cpu<f64>>::new(3), Plain::<Cpu<f64>>::new(3));
    net.freeze("hidden").unwrap();
    net.freeze("out").unwrap();
    let mse = MeanSquaredError::default();
    let (mut a, mut b) = (Gradients::new(&net).unwrap(), Gradients::new(&plain).unwrap());
    let left = net.value_and_grad(&mse, &X, &Y, &mut a).unwrap();
    assert_eq!(left, plain.value_and_grad(&mse, &X, &Y, &mut b).unwrap());
}

#[test]
fn constraints_hold_after_each_step() {
    let mut net = Net::<Cpu<f64>>::new(3).compile(SGD::new(0.5), MeanSquaredError::default(), ());
    for _ in 0..5 {
        net.train_on_batch(&X, &Y).unwrap();
        assert!(net.hidden().bias().iter().all(|b| *b >= 0.0));
        for column in 0..2 {
            let length = net.out().kernel().iter().map(|row| row[column] * row[column]).sum::<f64>().sqrt();
            assert!((0.5 - 1e-6..1.0 + 1e-6).contains(&length), "{length}");
        }
    }
}

#[test]
fn arguments_that_make_no_sense_are_errors() {
    sequential! { struct Wrong< Dense<3, 2, kernel_regularizer = L1::new(-1.0)> > }
    let mut net = Wrong::<Cpu<f64>>::new(3).compile(SGD::new(0.5), MeanSquaredError::default(), ());
    let error = net.train_on_batch(&X, &Y).unwrap_err().to_string();
    assert_eq!(error, "l1 of L1: expected a number of at least 0, but found -1");
}

/// One's own fit where ours do.
#[derive(Clone, Debug)]
struct Twice;

impl Regularizer for Twice {
    fn penalty<E: keras_core::element::Element>(
        &self,
        _: keras_core::shape::Dims,
        _: &[E],
        _: Option<&mut [E]>,
    ) -> keras_core::Result<f64> {
        Ok(2.0)
    }
}

impl Constraint for Twice {
    fn project<E: keras_core::element::Element>(
        &self,
        _: keras_core::shape::Dims,
        values: &mut [E],
    ) -> keras_core::Result<()> {
        values.fill(E::ONE);
        Ok(())
    }
}

#[test]
fn own_rules() {
    sequential! { struct Own< a: Dense<3, 2, kernel_regularizer = Twice, bias_constraint = Twice> > }
    let mut net = Own::<Cpu<f64>>::new(3).compile(SGD::new(0.0), MeanSquaredError::default(), ());
    let before = net.test_on_batch(&X, &Y).unwrap()["loss"];
    assert!(before > 2.0);
    net.train_on_batch(&X, &Y).unwrap();
    assert_eq!(*net.a().bias(), [1.0; 2]);
    let _ = MinMaxNorm::default();
}
