use core::marker::PhantomData;

use keras_shapes::pool2d_fault;

use super::pooling::{self, Pooled};
use super::window::{Padding, SlidingWindow, Valid, rule};
use super::{Backward, Forward, Layer, Operation, Run, Text};
use crate::backend::{Backend, Pool2d, Pooling};
use crate::shape::{Rank3, Shape};

/// The largest element of each window, channel by channel. Keras:
/// [`MaxPooling2D`](https://keras.io/api/layers/pooling_layers/max_pooling2d/).
///
/// In a model: `MaxPooling2D`, of 2 by 2 pixels; `MaxPooling2D<3>`, `MaxPooling2D<(2, 3)>`. Options:
/// `strides = 1` (default the size), `padding = Same` (default [`Valid`]), `strict = true`: strides that
/// leave rows or columns over do not compile.
///
/// - Input: `Rank3<HEIGHT, WIDTH, CHANNELS>`.
/// - Output: height and width as the window and the [padding](super::Padding) make them, and the same
///   channels.
///
/// The gradient goes to the first element that is as large.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { pub struct Net< Input<2, 4, 1>, MaxPooling2D<2> > }
/// let image = [[[[0.0], [1.0], [4.0], [6.0]], [[3.0], [4.0], [4.0], [6.0]]]];
/// assert_eq!(Net::<Cpu>::new(1).predict(&image)?.to_vec(), [4.0, 6.0]);
/// # keras_core::Result::Ok(())
/// ```
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
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Pool2d(Self::of::<Rank3<H, W, C>>()))
    }
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
