use core::marker::PhantomData;

use keras_shapes::Dims;

use super::{Layer, Variable};
use crate::activations::{Activate, Linear};
use crate::shape::Shape;
use crate::weights::{Numbers, number, variable};

/// `y = activation(x · kernel + bias)`, at every position.
#[derive(Debug)]
pub struct Dense<const IN: usize, const OUT: usize, A = Linear, const USE_BIAS: bool = true> {
    activation: A,
    sizes: PhantomData<[(); OUT]>,
}

impl<const IN: usize, const OUT: usize, A: Activate, const USE_BIAS: bool> Default
    for Dense<IN, OUT, A, USE_BIAS>
{
    fn default() -> Self {
        Self { activation: A::default(), sizes: PhantomData }
    }
}

impl<const IN: usize, const OUT: usize, A: Activate, const USE_BIAS: bool> Dense<IN, OUT, A, USE_BIAS> {
    /// With this value of its activation.
    #[must_use]
    pub fn activation(mut self, activation: A) -> Self {
        self.activation = activation;
        self
    }
}

impl<In: Shape, const IN: usize, const OUT: usize, A: Activate, const USE_BIAS: bool> Layer<In>
    for Dense<IN, OUT, A, USE_BIAS>
{
    const OUT: Dims = In::DIMS.with_last(OUT);
    const VARIABLES: &'static [Variable] = if USE_BIAS {
        &[variable("kernel", [IN, OUT]), variable("bias", [OUT])]
    } else {
        &[variable("kernel", [IN, OUT])]
    };

    fn run(&self, weights: &[Numbers], x: &[f32], y: &mut [f32]) {
        for (x, y) in x.chunks_exact(IN).zip(y.chunks_exact_mut(OUT)) {
            start(USE_BIAS.then(|| weights[1]), y);
            multiply(x, weights[0], y);
        }
        self.activation.rows(OUT, y);
    }
}

/// Sets a row to the bias, or to zeros.
#[inline(always)]
pub fn start(bias: Option<Numbers>, y: &mut [f32]) {
    match bias {
        Some(bias) => y.iter_mut().zip(bias).for_each(|(y, b)| *y = number(b)),
        None => y.fill(0.0),
    }
}

/// `y += x · w`, `w` being row-major.
#[inline(always)]
pub fn multiply(x: &[f32], w: Numbers, y: &mut [f32]) {
    for (x, w) in x.iter().zip(w.chunks_exact(y.len())) {
        for (y, w) in y.iter_mut().zip(w) {
            *y += x * number(w);
        }
    }
}
