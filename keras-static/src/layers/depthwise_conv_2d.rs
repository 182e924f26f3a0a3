use core::marker::PhantomData;

use keras_shapes::{Dims, depthwise2d};

use super::dense::start;
use super::window::{Meeting, rule};
use super::{Layer, Padding, SlidingWindow, Valid, Variable};
use crate::activations::{Activate, Linear};
use crate::shape::Shape;
use crate::weights::{Numbers, number, variable};

/// A convolution of each channel by itself.
#[derive(Debug)]
pub struct DepthwiseConv2D<
    K,
    A = Linear,
    P = Valid,
    const DEPTH_MULTIPLIER: usize = 1,
    const USE_BIAS: bool = true,
> {
    activation: A,
    window: PhantomData<(K, P)>,
}

impl<K, A: Activate, P, const DEPTH_MULTIPLIER: usize, const USE_BIAS: bool> Default
    for DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    fn default() -> Self {
        Self { activation: A::default(), window: PhantomData }
    }
}

impl<K, A: Activate, P, const DEPTH_MULTIPLIER: usize, const USE_BIAS: bool>
    DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
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
    K: SlidingWindow,
    A: Activate,
    P: Padding,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
> Layer<In> for DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    const OUT: Dims = depthwise2d(In::DIMS, rule::<K, P>(), DEPTH_MULTIPLIER);
    const VARIABLES: &'static [Variable] = {
        let ([h, w], channels) = (K::RULE.size, In::DIMS.last());
        if USE_BIAS {
            &[
                variable("kernel", [h, w, channels, DEPTH_MULTIPLIER]),
                variable("bias", [channels * DEPTH_MULTIPLIER]),
            ]
        } else {
            &[variable("kernel", [h, w, channels, DEPTH_MULTIPLIER])]
        }
    };

    fn run(&self, weights: &[Numbers], x: &[f32], y: &mut [f32]) {
        let ([height, width, channels, _], out) = (In::DIMS.d, <Self as Layer<In>>::OUT.d);
        let ([kh, kw], filters) = (K::RULE.size, channels * DEPTH_MULTIPLIER);
        let meeting = Meeting::new(rule::<K, P>(), [height, width]);
        for (o, y) in y.chunks_exact_mut(filters).enumerate() {
            start(USE_BIAS.then(|| weights[1]), y);
            for k in 0..kh * kw {
                let Some(pixel) = meeting.pixel([o / out[1], o % out[1]], [k / kw, k % kw]) else { continue };
                let (x, w) = (&x[pixel * channels..][..channels], &weights[0][k * filters..][..filters]);
                let both = y.chunks_exact_mut(DEPTH_MULTIPLIER).zip(w.chunks_exact(DEPTH_MULTIPLIER));
                for (x, (y, w)) in x.iter().zip(both) {
                    y.iter_mut().zip(w).for_each(|(y, w)| *y += x * number(w));
                }
            }
        }
        self.activation.rows(filters, y);
    }
}
