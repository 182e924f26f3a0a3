use keras_shapes::{Join, axis, merge, merge_text};

use super::{Named, Shapes};
use crate::backend::{Backend, Dots};
use crate::layers::{Backward, Forward, Layer, Operation, Run, Text};
use crate::shape::{Dims, Shape};

/// The shape of the products of two values along an axis of each.
#[derive(Debug)]
pub struct Dotted<T, const A: isize, const B: isize>(Named<T>);

#[diagnostic::do_not_recommend]
impl<T: Shapes, const A: isize, const B: isize> Shape for Dotted<T, A, B> {
    const DIMS: Dims = match merge(Join::Dot([A, B]), T::DIMS) {
        Ok(dims) => dims,
        Err(_) => T::DIMS[0],
    };
}

/// The products of the vectors of two values: `y[i, j] = Σ a[i, k] · b[j, k]`. Keras:
/// [`Dot`](https://keras.io/api/layers/merging_layers/dot/).
///
/// In a graph: `Dot(a, b)`; `Dot<axes = (2, 1)>(a, b)` says along which axis of each (1, the default, is the first
/// size of a sample, -1 the last), `normalize = true` divides each vector by its length first, so that the
/// products are cosines.
///
/// - Inputs: two values with as many elements along these axes.
/// - Output: the other sizes of the first, then those of the second; one number where there are none.
///
/// ```
/// use keras_core::prelude::*;
/// model! {
///     struct Net {
///         input x: Input<2>;
///         let square = Dot(x, x);
///         output square;
///     }
/// }
/// assert_eq!(Net::<Cpu>::new(1).predict(&[[3.0, 4.0]])?.to_vec(), [25.0]);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dot<const A: isize = 1, const B: isize = 1, const NORMALIZE: bool = false>;

/// How the vectors of two values lie.
const fn dots(dims: &[Dims], axes: [isize; 2], normalize: bool) -> Dots {
    let mut dots = Dots { around: [[1; 2]; 2], len: 1, normalize };
    let mut side = 0;
    while side < 2 {
        let value = dims[side];
        if let Some(at) = axis(axes[side], value.rank) {
            dots.len = value.d[at];
            let mut i = 0;
            while i < value.rank {
                if i != at {
                    dots.around[side][(i > at) as usize] *= value.d[i];
                }
                i += 1;
            }
        }
        side += 1;
    }
    dots
}

impl<T: Shapes, const A: isize, const B: isize, const NORMALIZE: bool> Layer<T> for Dot<A, B, NORMALIZE> {
    type Out = Dotted<T, A, B>;
    const FAULT: Option<Text> = merge_text("it", "multiplies", Join::Dot([A, B]), T::DIMS);
    const AUX: usize = if NORMALIZE {
        let [a, b] = dots(T::DIMS, [A, B], true).vectors();
        a + b
    } else {
        0
    };
    const FLOPS: usize = {
        let dots = dots(T::DIMS, [A, B], NORMALIZE);
        let [a, b] = dots.vectors();
        Dims::new([2, a, b, dots.len]).numel()
    };
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Dot {
            axes: [axis(A, T::DIMS[0].rank)?, axis(B, T::DIMS.get(1)?.rank)?],
            normalize: NORMALIZE,
        })
    }
}

impl<T: Shapes, const X: isize, const Y: isize, const NORMALIZE: bool, B: Backend> Run<T, B>
    for Dot<X, Y, NORMALIZE>
{
    fn forward(&self, io: Forward<'_, B>) {
        let dots = dots(T::DIMS, [X, Y], NORMALIZE);
        io.device.dots(&dots, io.n, io.x, io.others[0], io.y, io.aux);
    }
    fn backward(&self, io: Backward<'_, B>) {
        let dots = dots(T::DIMS, [X, Y], NORMALIZE);
        let [db, ..] = io.other_dx;
        io.device.dots_back(
            &dots,
            io.n,
            io.x,
            io.others[0],
            io.y,
            B::freeze(io.aux),
            B::freeze(io.dy),
            io.dx,
            db,
        );
    }
}
