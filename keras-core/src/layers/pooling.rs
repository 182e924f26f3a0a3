//! What pools have in common.

use keras_shapes::pool2d;

use super::window::{Named, Padding, SlidingWindow, rule};
use super::{Backward, Forward};
use crate::backend::{Backend, Pool2d, Pooling};
use crate::shape::{Dims, Shape};

/// What a pool makes of the shape `In`.
#[derive(Debug)]
pub struct Pooled<In, K, P>(Named<(In, K, P)>);

#[diagnostic::do_not_recommend]
impl<In: Shape, K: SlidingWindow, P: Padding> Shape for Pooled<In, K, P> {
    const DIMS: Dims = pool2d(In::DIMS, rule::<K, P>());
}

/// The pooling of images of the sizes `from`.
pub(super) const fn windows<K: SlidingWindow, P: Padding>(pooling: Pooling, from: Dims) -> Pool2d {
    let (rule, [height, width, channels, _]) = (rule::<K, P>(), from.d);
    Pool2d {
        pooling,
        input: [height, width, channels],
        output: rule.output([height, width]),
        size: K::SIZE,
        strides: K::STRIDES,
        before: rule.before([height, width]),
    }
}

/// The pooling of a whole image of the sizes `from`.
pub(super) const fn whole(pooling: Pooling, from: Dims) -> Pool2d {
    let [height, width, channels, _] = from.d;
    Pool2d {
        pooling,
        input: [height, width, channels],
        output: [1, 1],
        size: [height, width],
        strides: [1, 1],
        before: [0, 0],
    }
}

/// Operations on one image: one for each element of each window.
pub(super) const fn flops(pool: Pool2d) -> usize {
    Dims::new([pool.map(), pool.size[0], pool.size[1]]).numel()
}

pub(super) fn forward<B: Backend>(pool: &Pool2d, io: Forward<'_, B>) {
    io.device.pool2d(pool, io.n, io.x, io.y);
}

pub(super) fn backward<B: Backend>(pool: &Pool2d, io: Backward<'_, B>) {
    if let Some(dx) = io.dx {
        io.device.pool2d_back(pool, io.n, io.x, io.y, B::freeze(io.dy), dx);
    }
}
