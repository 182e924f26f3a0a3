//! Kernels give the same bits with all vector instructions, and the same as one element at a time. The
//! compiler makes vectors of loops in release builds alone, so the gate runs these tests in one too.

use super::super::rows::{Forward, Loss};
use super::super::simd::{self, Kernel, levels};
use super::numbers;
use crate::activations::{
    Activate, Celu, Elu, Gelu, LogSigmoid, LogSoftmax, Mish, Selu, Sigmoid, Silu, Softmax, Softplus,
    Sparsemax, Squareplus, Tanh, TanhShrink,
};
use crate::backend::LossRows;
use crate::element::Element;
use crate::losses::{BinaryCrossentropy, CategoricalCrossentropy, Huber, MeanSquaredError, RowLoss};
use crate::shape::Rank1;

/// Numbers of all sizes, and those that are special.
fn inputs(n: usize) -> Vec<f32> {
    let special = [0.0, -0.0, 1.0, -1.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, f32::MAX, 1e-40, -1e-40];
    let some = numbers(1, n).into_iter().zip(numbers(2, n)).map(|(a, b)| a * (12.0 * b).exp2());
    some.chain(special).collect()
}

/// The bits, but for NaN, whose sign and payload say nothing.
fn bits(x: &[f32]) -> Vec<u32> {
    x.iter().map(|x| if x.is_nan() { f32::NAN.to_bits() } else { x.to_bits() }).collect()
}

struct Functions<'a>(&'a mut [f32], usize);

impl Kernel for Functions<'_> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        for x in self.0 {
            *x = match self.1 {
                0 => Element::exp(*x),
                1 => Element::exp_m1(*x),
                2 => Element::ln(*x),
                3 => Element::ln_1p(*x),
                4 => Element::tanh(*x),
                _ => Element::erf(*x),
            };
        }
    }
}

#[test]
fn functions_give_the_same_bits_at_every_level() {
    let x = inputs(1001);
    for function in 0..6 {
        let mut alone = x.clone();
        alone.iter_mut().for_each(|x| Functions(core::slice::from_mut(x), function).run());
        for level in levels() {
            let mut y = x.clone();
            simd::run_at(level, Functions(&mut y, function));
            assert_eq!(bits(&y), bits(&alone), "function {function}, {level:?}");
        }
    }
}

fn same_activation<A: Activate>(activation: A, width: usize) {
    let x = if A::ELEMENTWISE { inputs(1001) } else { numbers(3, 10 * width) };
    let [first, rest @ ..] = &levels()[..] else { return };
    let at = |level| {
        let mut y = x.clone();
        simd::run_at(level, Forward(&activation, width, &mut y));
        bits(&y)
    };
    let expected = at(*first);
    for &level in rest {
        assert_eq!(at(level), expected, "{activation:?}, {level:?}");
    }
}

#[test]
fn activations_give_the_same_bits_at_every_level() {
    same_activation(Sigmoid, 1);
    same_activation(Silu, 1);
    same_activation(Tanh, 1);
    same_activation(Gelu::default(), 1);
    same_activation(Gelu::approximate(), 1);
    same_activation(Elu::default(), 1);
    same_activation(Selu, 1);
    same_activation(Softplus, 1);
    same_activation(Celu::new(0.3), 1);
    same_activation(LogSigmoid, 1);
    same_activation(Mish, 1);
    same_activation(Squareplus::default(), 1);
    same_activation(TanhShrink, 1);
    for width in [1, 3, 10, 16, 37] {
        same_activation(Softmax, width);
        same_activation(LogSoftmax, width);
        same_activation(Sparsemax, width);
    }
}

fn same_loss<const N: usize, L: RowLoss<Rank1<N>>>(loss: &L) {
    let rows = 131;
    let positive = |seed| numbers(seed, rows * N).into_iter().map(f32::abs).collect::<Vec<_>>();
    let (y_true, y_pred, weights) = (positive(4), positive(5), positive(6));
    let layout = LossRows { rows, width: N, target_width: N, rows_per_weight: 1, scale: 0.37, gather: None };
    // One row after the other, in plain code.
    let (mut sum, mut expected) = (0.0, vec![0.0; rows * N]);
    for (i, g) in expected.chunks_exact_mut(N).enumerate() {
        let row = i * N..(i + 1) * N;
        let value = loss.row(&y_true[row.clone()], &y_pred[row], Some(&mut *g));
        g.iter_mut().for_each(|g| *g *= 0.37 * weights[i]);
        sum += f64::from(value) * f64::from(weights[i]);
    }
    for level in levels() {
        let mut gradient = vec![0.0; rows * N];
        let kernel = |gradient| Loss {
            loss,
            rows: layout,
            y_true: &y_true,
            y_pred: &y_pred,
            weights: Some(&weights),
            gradient,
        };
        let found: f64 = simd::run_at(level, kernel(Some(&mut gradient)));
        assert_eq!(found, sum, "{loss:?}, {level:?}");
        assert_eq!(simd::run_at(level, kernel(None)), sum, "{loss:?}, {level:?}");
        assert_eq!(bits(&gradient), bits(&expected), "{loss:?}, {level:?}");
    }
}

fn same_losses<const N: usize>() {
    same_loss::<N, _>(&BinaryCrossentropy::default());
    same_loss::<N, _>(&BinaryCrossentropy::from_logits());
    same_loss::<N, _>(&CategoricalCrossentropy::default());
    same_loss::<N, _>(&CategoricalCrossentropy::from_logits());
    same_loss::<N, _>(&Huber::default());
    same_loss::<N, _>(&MeanSquaredError::default());
}

#[test]
fn losses_give_the_same_bits_at_every_level_and_row_by_row() {
    same_losses::<1>();
    same_losses::<10>();
    same_losses::<37>();
}
