use super::Model;
use crate::shape::Shape;

/// A [`Model`] that takes one value and gives one: for code that is generic over such models.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { struct Net< Dense<3, 2> > }
/// fn outputs<M: OneToOne>(_: &M) -> usize {
///     M::Out::NUMEL
/// }
/// assert_eq!(outputs(&Net::<Cpu>::new(1)), 2);
/// ```
pub trait OneToOne: Model<Input = <Self as OneToOne>::In, Output = <Self as OneToOne>::Out> {
    /// What it takes.
    type In: Shape;
    /// What it gives.
    type Out: Shape;
}

impl<In: Shape, Out: Shape, M: Model<Input = In, Output = Out>> OneToOne for M {
    type In = In;
    type Out = Out;
}
