use core::marker::PhantomData;

use keras_shapes::{Dims, conv2d};

use super::dense::{multiply, start};
use super::window::{Meeting, rule};
use super::{Layer, Padding, SlidingWindow, Valid, Variable};
use crate::activations::{Activate, Linear};
use crate::shape::Shape;
use crate::weights::{Numbers, number, variable};

/// A convolution of each channel by itself, then of the channels of each pixel.
#[derive(Debug)]
pub struct SeparableConv2D<
    const CHANNELS: usize,
    const FILTERS: usize,
    K,
    A = Linear,
    P = Valid,
    const DEPTH_MULTIPLIER: usize = 1,
    const USE_BIAS: bool = true,
> {
    activation: A,
    window: PhantomData<(K, P)>,
}

impl<
    const CHANNELS: usize,
    const FILTERS: usize,
    K,
    A: Activate,
    P,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
> Default for SeparableConv2D<CHANNELS, FILTERS, K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    fn default() -> Self {
        Self { activation: A::default(), window: PhantomData }
    }
}

impl<
    const CHANNELS: usize,
    const FILTERS: usize,
    K,
    A: Activate,
    P,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
> SeparableConv2D<CHANNELS, FILTERS, K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    /// With this value of its activation.
    #[must_use]
    pub fn activation(mut self, activation: A) -> Self {
        self.activation = activation;
        self
    }
}

impl<
    In: Shape,
    const CHANNELS: usize,
    const FILTERS: usize,
    K: SlidingWindow,
    A: Activate,
    P: Padding,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
> Layer<In> for SeparableConv2D<CHANNELS, FILTERS, K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    const OUT: Dims = conv2d(In::DIMS, rule::<K, P>(), FILTERS);
    const VARIABLES: &'static [Variable] = {
        let ([h, w], between) = (K::RULE.size, CHANNELS * DEPTH_MULTIPLIER);
        if USE_BIAS {
            &[
                variable("depthwise_kernel", [h, w, CHANNELS, DEPTH_MULTIPLIER]),
                variable("pointwise_kernel", [1, 1, between, FILTERS]),
                variable("bias", [FILTERS]),
            ]
        } else {
            &[
                variable("depthwise_kernel", [h, w, CHANNELS, DEPTH_MULTIPLIER]),
                variable("pointwise_kernel", [1, 1, between, FILTERS]),
            ]
        }
    };

    fn run(&self, weights: &[Numbers], x: &[f32], y: &mut [f32]) {
        let ([height, width, ..], out) = (In::DIMS.d, <Self as Layer<In>>::OUT.d);
        let ([kh, kw], between) = (K::RULE.size, CHANNELS * DEPTH_MULTIPLIER);
        let meeting = Meeting::new(rule::<K, P>(), [height, width]);
        for (o, y) in y.chunks_exact_mut(FILTERS).enumerate() {
            start(USE_BIAS.then(|| weights[2]), y);
            // One number between the steps at a time needs no memory for all of them.
            for (i, w) in weights[1].chunks_exact(FILTERS).enumerate() {
                let mut sum = 0.0;
                for k in 0..kh * kw {
                    if let Some(pixel) = meeting.pixel([o / out[1], o % out[1]], [k / kw, k % kw]) {
                        let x = x[pixel * CHANNELS + i / DEPTH_MULTIPLIER];
                        sum += x * number(&weights[0][k * between + i]);
                    }
                }
                multiply(&[sum], w, y);
            }
        }
        self.activation.rows(FILTERS, y);
    }
}
