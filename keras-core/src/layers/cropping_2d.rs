use core::marker::PhantomData;

use keras_shapes::{crop2d, crop2d_fault};

use super::{Backward, Forward, Layer, Operation, Run, Text};
use crate::backend::{Backend, Pad2d};
use crate::shape::{Dims, Rank3, Shape};

/// Takes rows away above and below, and columns left and right. Keras:
/// [`Cropping2D`](https://keras.io/api/layers/reshaping_layers/cropping2d/).
///
/// In a model: `Cropping2D<1>`, 1 on every side; `Cropping2D<(1, 2)>`, 1 above and below, 2 left and right;
/// `Cropping2D<((0, 1), (2, 3))>`, 0 above, 1 below, 2 left, 3 right. `Cropping2D` alone takes none, as in Keras.
///
/// - Input: `Rank3<HEIGHT, WIDTH, CHANNELS>`.
/// - Output: `Rank3<HEIGHT - TOP - BOTTOM, WIDTH - LEFT - RIGHT, CHANNELS>`, of one pixel at least.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { pub struct Net< Input<1, 4, 1>, Cropping2D<((0, 0), (1, 2))> > }
/// let y = Net::<Cpu>::new(1).predict(&[[[[1.0], [2.0], [3.0], [4.0]]]])?;
/// assert_eq!(y.to_vec(), [2.0]);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cropping2D<const TOP: usize, const BOTTOM: usize, const LEFT: usize, const RIGHT: usize>;

/// The shape `In` without rows and columns at its sides.
#[derive(Debug)]
pub struct Cropped<In, const TOP: usize, const BOTTOM: usize, const LEFT: usize, const RIGHT: usize>(
    PhantomData<fn() -> In>,
);

#[diagnostic::do_not_recommend]
impl<In: Shape, const TOP: usize, const BOTTOM: usize, const LEFT: usize, const RIGHT: usize> Shape
    for Cropped<In, TOP, BOTTOM, LEFT, RIGHT>
{
    const DIMS: Dims = crop2d(In::DIMS, [[TOP, BOTTOM], [LEFT, RIGHT]]);
}

impl<const TOP: usize, const BOTTOM: usize, const LEFT: usize, const RIGHT: usize>
    Cropping2D<TOP, BOTTOM, LEFT, RIGHT>
{
    /// What is taken away, as a border that is put around what remains.
    const fn of(from: Dims) -> Pad2d {
        let padding = [[TOP, BOTTOM], [LEFT, RIGHT]];
        let [h, w, c, _] = crop2d(from, padding).d;
        Pad2d { input: [h, w, c], padding }
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
> Layer<Rank3<H, W, C>> for Cropping2D<TOP, BOTTOM, LEFT, RIGHT>
{
    type Out = Cropped<Rank3<H, W, C>, TOP, BOTTOM, LEFT, RIGHT>;
    const FAULT: Option<Text> = crop2d_fault(Rank3::<H, W, C>::DIMS, [[TOP, BOTTOM], [LEFT, RIGHT]]);
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Crop2d(Self::of(Rank3::<H, W, C>::DIMS)))
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
> Run<Rank3<H, W, C>, B> for Cropping2D<TOP, BOTTOM, LEFT, RIGHT>
{
    fn forward(&self, io: Forward<'_, B>) {
        io.device.crop2d(&Self::of(Rank3::<H, W, C>::DIMS), io.n, io.x, io.y);
    }
    fn backward(&self, io: Backward<'_, B>) {
        if let Some(dx) = io.dx {
            io.device.pad2d(&Self::of(Rank3::<H, W, C>::DIMS), io.n, B::freeze(io.dy), dx);
        }
    }
}
