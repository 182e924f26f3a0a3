use core::marker::PhantomData;

use super::{Backward, Forward, Layer, Operation, Run};
use crate::backend::Backend;
use crate::shape::{Dims, Shape};

/// Lays all numbers of a sample in one row. Keras: `Flatten`.
///
/// In a model: `Flatten`. Input: any shape; output: `Rank1` of as many features. It costs nothing:
/// the numbers stay where they are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flatten;

/// The shape `In` in one row.
#[derive(Debug)]
pub struct Flat<In>(PhantomData<fn() -> In>);

impl<In: Shape> Shape for Flat<In> {
    const DIMS: Dims = Dims::new([In::NUMEL]);
}

impl<In: Shape> Layer<In> for Flatten {
    type Out = Flat<In>;
    const VIEW: bool = true;
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Reshape)
    }
}

impl<In: Shape, B: Backend> Run<In, B> for Flatten {
    fn forward(&self, _: Forward<'_, B>) {}
    fn backward(&self, _: Backward<'_, B>) {}
}
