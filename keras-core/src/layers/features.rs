use crate::shape::{Rank1, Rank2, Rank3, Shape};

/// A shape whose last dimension is `N` features, at one position or at many: what a layer takes that
/// works on the last axis.
#[diagnostic::on_unimplemented(
    message = "a layer of {N} inputs cannot take an input of shape `{Self}`",
    label = "this layer is given `{Self}`",
    note = "shapes are per sample: `Rank1<64>` is 64 features, `Rank3<28, 28, 1>` is height 28, width 28, 1 channel",
    note = "make the layer's inputs the last size of that shape, or put a `Flatten` before it"
)]
pub trait Features<const N: usize>: Shape {
    /// How many positions there are.
    const ROWS: usize;
    /// The shape with `M` features in their place.
    type With<const M: usize>: Shape;
}

impl<const N: usize> Features<N> for Rank1<N> {
    const ROWS: usize = 1;
    type With<const M: usize> = Rank1<M>;
}

#[diagnostic::do_not_recommend]
impl<const T: usize, const N: usize> Features<N> for Rank2<T, N> {
    const ROWS: usize = T;
    type With<const M: usize> = Rank2<T, M>;
}

#[diagnostic::do_not_recommend]
impl<const H: usize, const W: usize, const N: usize> Features<N> for Rank3<H, W, N> {
    const ROWS: usize = H.saturating_mul(W);
    type With<const M: usize> = Rank3<H, W, M>;
}
