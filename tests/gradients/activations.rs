//! Every activation: the gradient of `Σ output · cotangent` by the input.

use keras_core::activations::{
    Activate, Celu, Elu, Exponential, Gelu, Glu, HardShrink, HardSigmoid, HardSilu, HardTanh, KerasSparsemax,
    LeakyRelu, Linear, LogSigmoid, LogSoftmax, Mish, RectifiedLinear, Relu, Relu6, Selu, Sigmoid, Silu,
    SoftShrink, Softmax, Softplus, Softsign, SparsePlus, SparseSigmoid, Sparsemax, Squareplus, Tanh,
    TanhShrink, Threshold,
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

/// Moves the numbers that are so near to a corner that a difference would step over it.
fn away(
    corners: &[f64],
    (width, mut x, cotangent): (usize, Vec<f64>, Vec<f64>),
) -> (usize, Vec<f64>, Vec<f64>) {
    for v in &mut x {
        if corners.iter().any(|corner| (*v - corner).abs() < 1e-3) {
            *v += 2e-3;
        }
    }
    (width, x, cotangent)
}

macro_rules! activations {
    ($($name:ident: $activation:expr $(, corners $corners:expr)?;)*) => {
        proptest! {$(
            #[test]
            fn $name(rows in rows()) {
                $(let rows = away(&$corners, rows);)?
                check(&$activation, rows)?;
            }
        )*}
    };
}

proptest! {
    #[test]
    fn sparsemax(rows in rows()) {
        // Where an element begins to count there is a corner.
        let mut y = rows.1.clone();
        Cpu::<f64>::default().activate(&Sparsemax, rows.0, &mut y);
        for (x, y) in rows.1.chunks(rows.0).zip(y.chunks(rows.0)) {
            let tau = x.iter().zip(y).find(|(_, y)| **y > 0.0).map(|(x, y)| x - y).unwrap();
            prop_assume!(x.iter().all(|x| (x - tau).abs() > 1e-3));
        }
        check(&Sparsemax, rows.clone())?;
        // Keras' has them where elements change places too, and at its own threshold.
        for x in rows.1.chunks(rows.0) {
            let mut sorted = x.to_vec();
            sorted.sort_by(|a, b| b.total_cmp(a));
            prop_assume!(sorted.windows(2).all(|pair| pair[0] - pair[1] > 2e-3));
            let (mut sum, mut sums, mut count) = (0.0, 0.0, 0.0);
            for (&v, r) in sorted.iter().zip(1..) {
                sum += v;
                if v - (sum - 1.0) / f64::from(r) > 0.0 {
                    (sums, count) = (sums + sum, count + 1.0);
                }
            }
            let tau = (sums - 1.0) / count;
            prop_assume!(x.iter().all(|x| (x - tau).abs() > 1e-3));
        }
        check(&KerasSparsemax, rows)?;
    }

    #[test]
    fn glu((width, x, cotangent) in rows()) {
        // Rows of twice the width have an output of the width.
        let (width, x) = (2 * width, [x.clone(), x.iter().map(|x| 0.7 - x).collect()].concat());
        let forward = |x: &[f64]| {
            let mut y = vec![0.0; x.len() / 2];
            Glu.forward(width, x, &mut y).unwrap();
            y
        };
        let mut gradient = vec![0.0; x.len()];
        Glu.backward(width, &x, &cotangent, &mut gradient).unwrap();
        let sum = |x: &[f64]| forward(x).iter().zip(&cotangent).map(|(y, c)| y * c).sum();
        central::compare(&gradient, &central::gradient(&x, sum))?;
    }
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
    celu: Celu::default();
    celu_of_another_alpha: Celu::new(0.3);
    celu_of_a_negative_alpha: Celu::new(-2.0);
    exponential: Exponential;
    hard_shrink: HardShrink::default(), corners [-0.5, 0.5];
    hard_shrink_of_another_threshold: HardShrink::new(2.0), corners [-2.0, 2.0];
    hard_shrink_of_a_negative_threshold: HardShrink::new(-1.0);
    hard_sigmoid: HardSigmoid, corners [-3.0, 3.0];
    hard_silu: HardSilu, corners [-3.0, 3.0];
    hard_tanh: HardTanh, corners [-1.0, 1.0];
    log_sigmoid: LogSigmoid;
    log_softmax: LogSoftmax;
    mish: Mish;
    rectified_linear: RectifiedLinear::default();
    rectified_linear_of_all: RectifiedLinear::new(0.2, 2.0, 0.4), corners [0.4, 2.0];
    rectified_linear_of_a_negative_threshold: RectifiedLinear::new(0.3, 3.0, -1.0), corners [-1.0, 0.0, 3.0];
    rectified_linear_without_a_largest_value: RectifiedLinear::new(-0.3, f64::INFINITY, -1.0), corners [-1.0];
    relu6: Relu6, corners [6.0];
    soft_shrink: SoftShrink::default(), corners [-0.5, 0.5];
    soft_shrink_of_another_threshold: SoftShrink::new(2.0), corners [-2.0, 2.0];
    softsign: Softsign;
    sparse_plus: SparsePlus, corners [-1.0, 1.0];
    sparse_sigmoid: SparseSigmoid, corners [-1.0, 1.0];
    squareplus: Squareplus::default();
    squareplus_of_another_b: Squareplus::new(0.3);
    tanh_shrink: TanhShrink;
    threshold: Threshold::new(0.5, -1.0), corners [0.5];
}
