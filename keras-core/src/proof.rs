//! Shape arithmetic proved by trait selection.
//!
//! Shapes are plain numbers here, `Rank3<28, 28, 1>`, and most of what is to be checked is that two of
//! them are equal, which the compiler does as it compares any two types. Arithmetic is different:
//! that 28 · 28 · 1 is 784 is worked out by the macro and by the layer's const evaluation, and the two
//! must agree. Beside them stands this third way, in which neither takes part: for each layer that
//! computes a shape from numbers that it knows, the macro emits
//!
//! ```
//! use keras_core::proof::{Count, same};
//! use typenum::{U1, U28, U784};
//! const _: () = same::<<(U28, U28, U1) as Count>::Out, <(U784,) as Count>::Out>();
//! ```
//!
//! where the product is a type that trait selection finds. A wrong one does not compile:
//!
//! ```compile_fail
//! use keras_core::proof::{Count, same};
//! use typenum::{U1, U28, U783};
//! const _: () = same::<<(U28, U28, U1) as Count>::Out, <(U783,) as Count>::Out>();
//! ```
//!
//! It costs nothing in the program, and no number of [`typenum`] stands in a type that a person reads.

use core::ops::Mul;

pub use typenum::{B0, B1, Prod, UInt, UTerm, Unsigned};

/// The number of elements of a sample, from the numbers of its dimensions.
///
/// In generic code it states laws, such as that a reshape keeps the count:
///
/// ```
/// use keras_core::proof::Count;
/// use typenum::{U2, U3, U6};
/// fn reshape<From: Count, To: Count<Out = From::Out>>() {}
/// reshape::<(U2, U3), (U6,)>();
/// ```
pub trait Count {
    /// The product.
    type Out: Unsigned;
}

impl<A: Unsigned> Count for (A,) {
    type Out = A;
}

impl<A: Mul<B>, B> Count for (A, B)
where
    Prod<A, B>: Unsigned,
{
    type Out = Prod<A, B>;
}

impl<A: Mul<B>, B, C> Count for (A, B, C)
where
    Prod<A, B>: Mul<C>,
    Prod<Prod<A, B>, C>: Unsigned,
{
    type Out = Prod<Prod<A, B>, C>;
}

impl<A: Mul<B>, B, C, D> Count for (A, B, C, D)
where
    Prod<A, B>: Mul<C>,
    Prod<Prod<A, B>, C>: Mul<D>,
    Prod<Prod<Prod<A, B>, C>, D>: Unsigned,
{
    type Out = Prod<Prod<Prod<A, B>, C>, D>;
}

/// A type is itself, and nothing else is.
pub trait Is<T> {}

impl<T> Is<T> for T {}

/// Compiles if the two are one type.
pub const fn same<A: Is<B>, B>() {}
