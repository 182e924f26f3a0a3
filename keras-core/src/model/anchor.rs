use crate::shape::{Rank0, Rank1, Rank2, Rank3, Rank4, Shape};

/// A rank and four sizes as const arguments: what const evaluation has found out.
#[derive(Debug)]
pub struct Sel<const RANK: usize, const A: usize, const B: usize, const C: usize, const D: usize>;

/// The way back from numbers to a plain shape, where only the type system knows the rank: behind a
/// layer that is not built in.
#[diagnostic::on_unimplemented(
    message = "the shape after this layer is not known",
    label = "because of the error above"
)]
pub trait Pick {
    /// The shape of these sizes.
    type Rank: Shape;
}

#[diagnostic::do_not_recommend]
impl Pick for Sel<0, 0, 0, 0, 0> {
    type Rank = Rank0;
}

#[diagnostic::do_not_recommend]
impl<const A: usize> Pick for Sel<1, A, 0, 0, 0> {
    type Rank = Rank1<A>;
}

#[diagnostic::do_not_recommend]
impl<const A: usize, const B: usize> Pick for Sel<2, A, B, 0, 0> {
    type Rank = Rank2<A, B>;
}

#[diagnostic::do_not_recommend]
impl<const A: usize, const B: usize, const C: usize> Pick for Sel<3, A, B, C, 0> {
    type Rank = Rank3<A, B, C>;
}

#[diagnostic::do_not_recommend]
impl<const A: usize, const B: usize, const C: usize, const D: usize> Pick for Sel<4, A, B, C, D> {
    type Rank = Rank4<A, B, C, D>;
}
