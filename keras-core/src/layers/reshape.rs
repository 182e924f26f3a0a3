use core::marker::PhantomData;

use super::{Backward, Forward, Layer, Operation, Run, Text};
use crate::backend::Backend;
use crate::shape::Shape;

/// Gives each sample another shape of as many numbers. Keras: `Reshape`.
///
/// In a model: `Reshape<7, 7, 16>`; one size may be `_`, it is worked out. It costs nothing: the
/// numbers stay where they are, in row-major order.
#[derive(Clone, Copy, Debug)]
pub struct Reshape<To>(PhantomData<fn() -> To>);

impl<To> Default for Reshape<To> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<In: Shape, To: Shape + Clone> Layer<In> for Reshape<To> {
    type Out = To;
    const FAULT: Option<Text> = if In::NUMEL == To::NUMEL {
        None
    } else {
        let text = Text::new("cannot give shape ").dims(In::DIMS).str(", ").num(In::NUMEL);
        Some(text.str(" numbers, the shape ").dims(To::DIMS).str(", ").num(To::NUMEL).str(" numbers"))
    };
    const VIEW: bool = true;
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Reshape)
    }
}

impl<In: Shape, To: Shape + Clone, B: Backend> Run<In, B> for Reshape<To> {
    fn forward(&self, _: Forward<'_, B>) {}
    fn backward(&self, _: Backward<'_, B>) {}
}
