use core::marker::PhantomData;

use keras_shapes::pool2d_fault;

use super::pooling::{self, Pooled};
use super::window::{Padding, SlidingWindow, Valid, rule};
use super::{Backward, Forward, Layer, Run, Text};
use crate::backend::{Backend, Pool2d, Pooling};
use crate::shape::{Rank3, Shape};

/// The largest element of each window, channel by channel. Keras: `MaxPooling2D`.
///
/// - Input: `Rank3<HEIGHT, WIDTH, CHANNELS>`.
/// - Output: height and width as the window `K` and the padding `P` make them, and the same channels.
///
/// The gradient goes to the first element that is as large.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MaxPooling2D<K, P = Valid>(PhantomData<fn() -> (K, P)>);

impl<K: SlidingWindow, P: Padding> MaxPooling2D<K, P> {
    const fn of<S: Shape>() -> Pool2d {
        pooling::windows::<K, P>(Pooling::Max, S::DIMS)
    }
}

impl<const H: usize, const W: usize, const C: usize, K: SlidingWindow, P: Padding> Layer<Rank3<H, W, C>>
    for MaxPooling2D<K, P>
{
    type Out = Pooled<Rank3<H, W, C>, K, P>;
    const FAULT: Option<Text> = pool2d_fault(Rank3::<H, W, C>::DIMS, rule::<K, P>(), P::STRICT);
    const FLOPS: usize = pooling::flops(Self::of::<Rank3<H, W, C>>());
}

impl<const H: usize, const W: usize, const C: usize, K: SlidingWindow, P: Padding, B: Backend>
    Run<Rank3<H, W, C>, B> for MaxPooling2D<K, P>
{
    fn forward(&self, io: Forward<'_, B>) {
        pooling::forward(&Self::of::<Rank3<H, W, C>>(), io);
    }
    fn backward(&self, io: Backward<'_, B>) {
        pooling::backward(&Self::of::<Rank3<H, W, C>>(), io);
    }
}
