use core::marker::PhantomData;

use crate::layers::Layer;
use crate::shape::{Dims, Shape};

/// What a layer makes of `In`. Where its type is not built in, this is *the* shape check.
#[must_use]
pub const fn output<In, L: Layer<In>>() -> Dims {
    <L::Out as Shape>::DIMS
}

/// A layer that has been checked by [`output`]. `OK` is made from the result, so that the compiler
/// knows this type to be wrong when the check failed, and says nothing more about it.
#[derive(Debug)]
pub struct Guard<L, const OK: usize>(PhantomData<L>);

/// The way to the layer.
pub trait Guarded {
    /// The layer.
    type L;
}

impl<L, const OK: usize> Guarded for Guard<L, OK> {
    type L = L;
}
