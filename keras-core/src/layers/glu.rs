use keras_shapes::{axis, halved, halved_text};

use super::window::Named;
use super::{Backward, Forward, Layer, Operation, Run, Text};
use crate::backend::Backend;
use crate::shape::{Dims, Shape};

/// The shape with half of the size of an axis.
#[derive(Debug)]
pub struct Halved<In, const AXIS: isize>(Named<In>);

#[diagnostic::do_not_recommend]
impl<In: Shape, const AXIS: isize> Shape for Halved<In, AXIS> {
    const DIMS: Dims = halved(AXIS, In::DIMS);
}

/// A gated linear unit: `y = a · sigmoid(b)`, `a` and `b` being the halves of an axis. Keras:
/// `Activation("glu")`; it changes the shape, which an [`Activation`](super::Activation) here does not.
///
/// In a model: `Glu`, or `Glu<axis = 1>`: the axis is counted from the batch, so 1 is the first size of a sample
/// and -1, the default, the last.
///
/// - Input: any one shape whose size along the axis is even.
/// - Output: the same with half of that size.
///
/// Source: Dauphin et al., "Language modeling with gated convolutional networks", 2017.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { struct Net< Input<4>, Glu > }
/// let y = Net::<Cpu>::new(1).predict(&[[1.0, 2.0, 0.0, 0.0]])?;
/// assert_eq!(y.as_slice(), [0.5, 1.0]);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Glu<const AXIS: isize = -1>;

/// What lies between the beginnings of two pairs of halves.
const fn width(at: isize, dims: Dims) -> usize {
    let Some(mut i) = axis(at, dims.rank) else { return 2 };
    let mut width = 1;
    while i < dims.rank {
        width *= dims.d[i];
        i += 1;
    }
    width
}

impl<S: Shape, const AXIS: isize> Layer<S> for Glu<AXIS> {
    type Out = Halved<S, AXIS>;
    const FAULT: Option<Text> = halved_text("it", AXIS, S::DIMS);
    const FLOPS: usize = S::NUMEL;
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Gate { axis: axis(AXIS, S::DIMS.rank)? })
    }
}

impl<S: Shape, const AXIS: isize, B: Backend> Run<S, B> for Glu<AXIS> {
    fn forward(&self, io: Forward<'_, B>) {
        io.device.gate(width(AXIS, S::DIMS), io.x, io.y);
    }

    fn backward(&self, io: Backward<'_, B>) {
        if let Some(dx) = io.dx {
            io.device.gate_back(width(AXIS, S::DIMS), io.x, B::freeze(io.dy), dx);
        }
    }
}
