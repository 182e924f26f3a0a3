use core::marker::PhantomData;

use keras_shapes::{Dims, conv2d};

use super::dense::{multiply, start};
use super::window::{Meeting, rule};
use super::{Layer, Padding, SlidingWindow, Valid, Variable};
use crate::activations::{Activate, Linear};
use crate::shape::Shape;
use crate::weights::{Numbers, variable};

/// A convolution of images: `y = activation(x * kernel + bias)`.
#[derive(Debug)]
pub struct Conv2D<
    const CHANNELS: usize,
    const FILTERS: usize,
    K,
    A = Linear,
    P = Valid,
    const GROUPS: usize = 1,
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
    const GROUPS: usize,
    const USE_BIAS: bool,
> Default for Conv2D<CHANNELS, FILTERS, K, A, P, GROUPS, USE_BIAS>
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
    const GROUPS: usize,
    const USE_BIAS: bool,
> Conv2D<CHANNELS, FILTERS, K, A, P, GROUPS, USE_BIAS>
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
    const GROUPS: usize,
    const USE_BIAS: bool,
> Layer<In> for Conv2D<CHANNELS, FILTERS, K, A, P, GROUPS, USE_BIAS>
{
    const OUT: Dims = conv2d(In::DIMS, rule::<K, P>(), FILTERS);
    const VARIABLES: &'static [Variable] = {
        let [h, w] = K::RULE.size;
        if USE_BIAS {
            &[variable("kernel", [h, w, CHANNELS / GROUPS, FILTERS]), variable("bias", [FILTERS])]
        } else {
            &[variable("kernel", [h, w, CHANNELS / GROUPS, FILTERS])]
        }
    };

    fn run(&self, weights: &[Numbers], x: &[f32], y: &mut [f32]) {
        let ([height, width, ..], out) = (In::DIMS.d, <Self as Layer<In>>::OUT.d);
        let ([kh, kw], depth, filters) = (K::RULE.size, CHANNELS / GROUPS, FILTERS / GROUPS);
        let meeting = Meeting::new(rule::<K, P>(), [height, width]);
        for (o, y) in y.chunks_exact_mut(FILTERS).enumerate() {
            start(USE_BIAS.then(|| weights[1]), y);
            for k in 0..kh * kw {
                let Some(pixel) = meeting.pixel([o / out[1], o % out[1]], [k / kw, k % kw]) else { continue };
                let (x, w) = (&x[pixel * CHANNELS..][..CHANNELS], &weights[0][k * depth * FILTERS..]);
                if GROUPS == 1 {
                    multiply(x, &w[..depth * FILTERS], y);
                    continue;
                }
                for (group, (x, y)) in x.chunks_exact(depth).zip(y.chunks_exact_mut(filters)).enumerate() {
                    for (i, x) in x.iter().enumerate() {
                        multiply(core::slice::from_ref(x), &w[i * FILTERS + group * filters..][..filters], y);
                    }
                }
            }
        }
        self.activation.rows(FILTERS, y);
    }
}
