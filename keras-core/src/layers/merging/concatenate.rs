use keras_shapes::{Join, axis, merge, merge_text};

use super::each::inputs;
use super::{Named, Shapes};
use crate::backend::{Backend, Columns};
use crate::layers::{Backward, Forward, Layer, Operation, Run, Text};
use crate::shape::{Dims, Shape};

/// The shape of several values one after the other along an axis.
#[derive(Debug)]
pub struct Along<T, const AXIS: isize>(Named<T>);

#[diagnostic::do_not_recommend]
impl<T: Shapes, const AXIS: isize> Shape for Along<T, AXIS> {
    const DIMS: Dims = match merge(Join::Along(AXIS), T::DIMS) {
        Ok(dims) => dims,
        Err(_) => T::DIMS[0],
    };
}

/// Values one after the other along an axis. Keras:
/// [`Concatenate`](https://keras.io/api/layers/merging_layers/concatenate/).
///
/// In a graph: `Concatenate(a, b)`, or `Concatenate<axis = 1>(a, b)`: the axis is counted from the batch, so 1
/// is the first size of a sample and -1, the default, the last.
///
/// - Inputs: up to 8 values whose sizes are equal but for that axis.
/// - Output: the same, with the sum of the sizes there.
///
/// ```
/// use keras_core::prelude::*;
/// model! {
///     struct Net {
///         input x: Input<2>;
///         let both = Concatenate(x, Activation<Relu>(x));
///         output both;
///     }
/// }
/// assert_eq!(Net::<Cpu>::new(1).predict(&[[1.0, -2.0]])?.to_vec(), [1.0, -2.0, 1.0, 0.0]);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Concatenate<const AXIS: isize = -1>;

impl<T: Shapes, const AXIS: isize> Layer<T> for Concatenate<AXIS> {
    type Out = Along<T, AXIS>;
    const FAULT: Option<Text> = merge_text("it", "joins", Join::Along(AXIS), T::DIMS);
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Concatenate { axis: axis(AXIS, T::DIMS[0].rank)? })
    }
}

/// How many rows a sample has whose parts are put side by side.
const fn rows(dims: Dims, at: isize) -> usize {
    let (mut rows, mut i) = (1, 0);
    let Some(at) = axis(at, dims.rank) else { return 1 };
    while i < at {
        rows *= dims.d[i];
        i += 1;
    }
    rows
}

impl<T: Shapes, const AXIS: isize, B: Backend> Run<T, B> for Concatenate<AXIS> {
    fn forward(&self, io: Forward<'_, B>) {
        let out = <Along<T, AXIS> as Shape>::DIMS;
        let (rows, mut y, mut at) = (rows(out, AXIS), io.y, 0);
        let width = out.numel() / rows;
        for (x, dims) in inputs::<B>(io.x, io.others).into_iter().zip(T::DIMS) {
            let len = dims.numel() / rows;
            let (from, to) = (Columns { width: len, at: 0 }, Columns { width, at });
            io.device.copy_columns(io.n * rows, len, (x, from), (B::lend(&mut y), to));
            at += len;
        }
    }

    fn backward(&self, io: Backward<'_, B>) {
        let out = <Along<T, AXIS> as Shape>::DIMS;
        let (rows, dy, mut at) = (rows(out, AXIS), B::freeze(io.dy), 0);
        let width = out.numel() / rows;
        for (dx, dims) in core::iter::once(io.dx).chain(io.other_dx).zip(T::DIMS) {
            let len = dims.numel() / rows;
            if let Some(dx) = dx {
                let (from, to) = (Columns { width, at }, Columns { width: len, at: 0 });
                io.device.copy_columns(io.n * rows, len, (dy, from), (dx, to));
            }
            at += len;
        }
    }
}
