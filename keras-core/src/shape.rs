//! Shapes as types: plain numbers that the compiler compares.

use core::marker::PhantomData;

pub use keras_shapes::Dims;

use crate::element::{Element, Scalar};

/// The shape of one sample, known at compile time. The batch is not part of it: that is a run-time number.
///
/// Beside the `Rank` types below there are *symbolic* shapes that name a formula, such as what
/// [`Flatten`](crate::layers::Flatten) makes; only [`DIMS`](Self::DIMS), their value, counts.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tensor shape",
    label = "expected `Rank1<FEATURES>`, `Rank2<..>`, `Rank3<HEIGHT, WIDTH, CHANNELS>` or `Rank4<..>`"
)]
pub trait Shape: Send + Sync + 'static {
    /// The sizes.
    const DIMS: Dims;
    /// How many elements one sample has.
    const NUMEL: usize = Self::DIMS.numel();
}

macro_rules! ranks {
    ($($(#[$doc:meta])* $name:ident($($size:ident),*);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name<$(const $size: usize),*>;
        impl<$(const $size: usize),*> Shape for $name<$($size),*> {
            const DIMS: Dims = Dims::new([$($size),*]);
        }
    )*};
}

ranks! {
    /// One number a sample.
    Rank0();
    /// A row of features: `Rank1<100>`.
    Rank1(A);
    /// A table or a sequence of features: `Rank2<STEPS, FEATURES>`.
    Rank2(A, B);
    /// An image: `Rank3<HEIGHT, WIDTH, CHANNELS>`.
    Rank3(A, B, C);
    /// A volume, or a film: `Rank4<DEPTH, HEIGHT, WIDTH, CHANNELS>`.
    Rank4(A, B, C, D);
}

/// Whole numbers instead of floats, in the shape `S`: class numbers, token ids.
///
/// `Ints<Rank0>`, one class number a sample, is what
/// [`SparseCategoricalCrossentropy`](crate::losses::SparseCategoricalCrossentropy) compares a
/// `Rank1<CLASSES>` output with; one-hot floats in its place do not compile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ints<S>(PhantomData<S>);

/// What goes in and out of a model: floats in a [`Shape`], or [`Ints`] of one.
pub trait Value: Send + Sync + 'static {
    /// The sizes of one sample.
    const DIMS: Dims;
    /// How many elements one sample has.
    const NUMEL: usize = Self::DIMS.numel();
    /// Whether several numbers can say which class a sample is of, one of them being 1.
    const ONE_HOT: bool = false;
    /// What one element is, in a model that computes in `E`.
    type Scalar<E: Element>: Scalar;
}

impl<S: Shape> Value for S {
    const DIMS: Dims = S::DIMS;
    const ONE_HOT: bool = S::DIMS.rank == 1;
    type Scalar<E: Element> = E;
}

impl<S: Shape> Value for Ints<S> {
    const DIMS: Dims = S::DIMS;
    type Scalar<E: Element> = i32;
}
