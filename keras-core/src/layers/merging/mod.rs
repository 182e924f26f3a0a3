//! Layers that make one value of several.

mod concatenate;
mod dot;
mod each;

use core::marker::PhantomData;

pub use concatenate::{Along, Concatenate};
pub use dot::{Dot, Dotted};
pub use each::{Add, Average, Each, Maximum, Minimum, Multiply, Subtract};

use crate::shape::{Dims, Shape};

/// Several shapes: what a layer that takes a tuple of values is given.
pub trait Shapes: 'static {
    /// Their sizes.
    const DIMS: &'static [Dims];
}

/// A tuple of shapes that stands in a type's name only.
type Named<T> = PhantomData<fn() -> T>;

macro_rules! tuples {
    ($(($($s:ident),*);)*) => {$(
        impl<$($s: Shape),*> Shapes for ($($s,)*) {
            const DIMS: &'static [Dims] = &[$(<$s as Shape>::DIMS),*];
        }
    )*};
}

tuples! {
    (A, B);
    (A, B, C);
    (A, B, C, D);
    (A, B, C, D, E);
    (A, B, C, D, E, F);
    (A, B, C, D, E, F, G);
    (A, B, C, D, E, F, G, H);
}
