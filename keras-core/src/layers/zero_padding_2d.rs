use core::marker::PhantomData;

use keras_shapes::{image_fault, pad2d};

use super::{Backward, Forward, Layer, Operation, Run, Text};
use crate::backend::{Backend, Pad2d};
use crate::shape::{Dims, Rank3, Shape};

/// Puts rows of zeros above and below an image, and columns left and right of it. Keras:
/// [`ZeroPadding2D`](https://keras.io/api/layers/reshaping_layers/zero_padding2d/).
///
/// In a model: `ZeroPadding2D<1>`, 1 on every side; `ZeroPadding2D<(1, 2)>`, 1 above and below, 2 left and
/// right; `ZeroPadding2D<((0, 1), (2, 3))>`, 0 above, 1 below, 2 left, 3 right.
///
/// - Input: `Rank3<HEIGHT, WIDTH, CHANNELS>`.
/// - Output: `Rank3<TOP + HEIGHT + BOTTOM, LEFT + WIDTH + RIGHT, CHANNELS>`.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { pub struct Net< Input<1, 2, 1>, ZeroPadding2D<((0, 0), (1, 2))> > }
/// let y = Net::<Cpu>::new(1).predict(&[[[[3.0], [4.0]]]])?;
/// assert_eq!(y.to_vec(), [0.0, 3.0, 4.0, 0.0, 0.0]);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ZeroPadding2D<const TOP: usize, const BOTTOM: usize, const LEFT: usize, const RIGHT: usize>;

/// The shape `In` with rows and columns around it.
#[derive(Debug)]
pub struct Padded<In, const TOP: usize, const BOTTOM: usize, const LEFT: usize, const RIGHT: usize>(
    PhantomData<fn() -> In>,
);

#[diagnostic::do_not_recommend]
impl<In: Shape, const TOP: usize, const BOTTOM: usize, const LEFT: usize, const RIGHT: usize> Shape
    for Padded<In, TOP, BOTTOM, LEFT, RIGHT>
{
    const DIMS: Dims = pad2d(In::DIMS, [[TOP, BOTTOM], [LEFT, RIGHT]]);
}

impl<const TOP: usize, const BOTTOM: usize, const LEFT: usize, const RIGHT: usize>
    ZeroPadding2D<TOP, BOTTOM, LEFT, RIGHT>
{
    const fn of(h: usize, w: usize, c: usize) -> Pad2d {
        Pad2d { input: [h, w, c], padding: [[TOP, BOTTOM], [LEFT, RIGHT]] }
    }
}

impl<
    const H: usize,
    const W: usize,
    const C: usize,
    const TOP: usize,
    const BOTTOM: usize,
    const LEFT: usize,
    const RIGHT: usize,
> Layer<Rank3<H, W, C>> for ZeroPadding2D<TOP, BOTTOM, LEFT, RIGHT>
{
    type Out = Padded<Rank3<H, W, C>, TOP, BOTTOM, LEFT, RIGHT>;
    const FAULT: Option<Text> = image_fault(Rank3::<H, W, C>::DIMS);
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Pad2d(Self::of(H, W, C)))
    }
}

impl<
    const H: usize,
    const W: usize,
    const C: usize,
    const TOP: usize,
    const BOTTOM: usize,
    const LEFT: usize,
    const RIGHT: usize,
    B: Backend,
> Run<Rank3<H, W, C>, B> for ZeroPadding2D<TOP, BOTTOM, LEFT, RIGHT>
{
    fn forward(&self, io: Forward<'_, B>) {
        io.device.pad2d(&Self::of(H, W, C), io.n, io.x, io.y);
    }
    fn backward(&self, io: Backward<'_, B>) {
        if let Some(dx) = io.dx {
            io.device.crop2d(&Self::of(H, W, C), io.n, B::freeze(io.dy), dx);
        }
    }
}
