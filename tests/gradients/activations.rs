//! Every activation: the gradient of `Σ output · cotangent` by the input.

use keras_core::activations::{
    Activate, Elu, Gelu, LeakyRelu, Linear, Relu, Selu, Sigmoid, Silu, Softmax, Softplus, Tanh,
};
use keras_core::backend::{Backend, Cpu};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::central;

/// Rows of some width, and a cotangent for each number. No number is so near to 0 that a difference
/// would step over the corner that some activations have there.
fn rows() -> impl Strategy<Value = (usize, Vec<f64>, Vec<f64>)> {
    let number = prop_oneof![-6.0..-1e-3, 1e-3..6.0];
    (1..6_usize, 1..9_usize).prop_flat_map(move |(rows, width)| {
        (Just(width), vec(number.clone(), rows * width), vec(-2.0..2.0, rows * width))
    })
}

fn check<A: Activate>(
    activation: &A,
    (width, x, cotangent): (usize, Vec<f64>, Vec<f64>),
) -> Result<(), TestCaseError> {
    let device = Cpu::<f64>::default();
    let forward = |x: &[f64]| {
        let mut y = x.to_vec();
        device.activate(activation, width, &mut y);
        y
    };
    let mut gradient = cotangent.clone();
    let input: &[f64] = if A::NEEDS_INPUT { &x } else { &[] };
    device.activate_back(activation, width, input, &forward(&x), &mut gradient);
    let sum = |x: &[f64]| forward(x).iter().zip(&cotangent).map(|(y, c)| y * c).sum();
    central::compare(&gradient, &central::gradient(&x, sum))
}

macro_rules! activations {
    ($($name:ident: $activation:expr;)*) => {
        proptest! {$(
            #[test]
            fn $name(rows in rows()) {
                check(&$activation, rows)?;
            }
        )*}
    };
}

activations! {
    linear: Linear;
    relu: Relu;
    sigmoid: Sigmoid;
    tanh: Tanh;
    softmax: Softmax;
    gelu: Gelu::default();
    gelu_approximate: Gelu::approximate();
    silu: Silu;
    elu: Elu::default();
    elu_of_another_alpha: Elu::new(0.3);
    elu_of_a_negative_alpha: Elu::new(-0.5);
    selu: Selu;
    softplus: Softplus;
    leaky_relu: LeakyRelu::default();
    leaky_relu_of_another_slope: LeakyRelu::new(-0.5);
}
