use crate::shape::{Rank0, Rank1, Rank2, Rank3, Rank4, Shape};

/// An output whose last axis has one number for each class, so that it can be compared with class
/// numbers: a `Rank1<10>` with one class number a sample, `Ints<Rank0>`; a `Rank2<T, 10>` with `T` of
/// them, `Ints<Rank1<T>>`.
#[diagnostic::on_unimplemented(
    message = "an output of shape `{Self}` has no axis of classes, so it cannot be compared with class numbers",
    label = "expected an output such as `Rank1<CLASSES>`"
)]
pub trait Classes: Shape {
    /// The shape of the class numbers.
    type Numbers: Shape;
}

impl<const N: usize> Classes for Rank1<N> {
    type Numbers = Rank0;
}
impl<const A: usize, const N: usize> Classes for Rank2<A, N> {
    type Numbers = Rank1<A>;
}
impl<const A: usize, const B: usize, const N: usize> Classes for Rank3<A, B, N> {
    type Numbers = Rank2<A, B>;
}
impl<const A: usize, const B: usize, const C: usize, const N: usize> Classes for Rank4<A, B, C, N> {
    type Numbers = Rank3<A, B, C>;
}
