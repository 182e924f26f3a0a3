use core::fmt::Debug;
use core::marker::PhantomData;

use keras_shapes::{upsample2d, upsample2d_fault};

use super::{Backward, Forward, Layer, Operation, Run, Text};
use crate::backend::{Backend, Upsample2d, Upsampling};
use crate::shape::{Dims, Rank3, Shape};

/// Makes an image larger: each pixel becomes `H` rows and `W` columns. Keras:
/// [`UpSampling2D`](https://keras.io/api/layers/reshaping_layers/up_sampling2d/).
///
/// In a model: `UpSampling2D`, twice as large; `UpSampling2D<3>`, `UpSampling2D<(2, 3)>`. Option:
/// `interpolation = Bilinear` (default [`Nearest`]).
///
/// With the interpolation [`Nearest`], the default, pixels are repeated; with [`Bilinear`], what lies
/// between the centres of pixels is interpolated linearly, and what lies outside of them is as the
/// nearest pixel.
///
/// - Input: `Rank3<HEIGHT, WIDTH, CHANNELS>`.
/// - Output: `Rank3<H * HEIGHT, W * WIDTH, CHANNELS>`.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { pub struct Net< Input<1, 2, 1>, UpSampling2D<(1, 2), interpolation = Bilinear> > }
/// let y = Net::<Cpu>::new(1).predict(&[[[[0.0], [4.0]]]])?;
/// assert_eq!(y.to_vec(), [0.0, 1.0, 3.0, 4.0]);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct UpSampling2D<const H: usize, const W: usize, I = Nearest>(PhantomData<fn() -> I>);

/// Each pixel is repeated. Keras: `interpolation="nearest"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nearest;

/// What lies between the centres of pixels is interpolated linearly. Keras: `interpolation="bilinear"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bilinear;

/// How an image is made larger: [`Nearest`] or [`Bilinear`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an interpolation",
    label = "expected `Nearest` or `Bilinear`"
)]
pub trait Interpolation: Clone + Copy + Debug + Default + PartialEq + Send + Sync + 'static {
    /// What the backend calls it.
    const UPSAMPLING: Upsampling;
    /// Operations for each element of the output.
    const FLOPS: usize;
}

impl Interpolation for Nearest {
    const UPSAMPLING: Upsampling = Upsampling::Nearest;
    const FLOPS: usize = 0;
}

impl Interpolation for Bilinear {
    const UPSAMPLING: Upsampling = Upsampling::Bilinear;
    const FLOPS: usize = 7;
}

/// The shape `In` with every pixel so many rows and columns.
#[derive(Debug)]
pub struct Upsampled<In, const H: usize, const W: usize>(PhantomData<fn() -> In>);

#[diagnostic::do_not_recommend]
impl<In: Shape, const H: usize, const W: usize> Shape for Upsampled<In, H, W> {
    const DIMS: Dims = upsample2d(In::DIMS, [H, W]);
}

impl<const H: usize, const W: usize, I: Interpolation> UpSampling2D<H, W, I> {
    const fn of(height: usize, width: usize, channels: usize) -> Upsample2d {
        Upsample2d { upsampling: I::UPSAMPLING, input: [height, width, channels], size: [H, W] }
    }
}

impl<
    const HEIGHT: usize,
    const WIDTH: usize,
    const C: usize,
    const H: usize,
    const W: usize,
    I: Interpolation,
> Layer<Rank3<HEIGHT, WIDTH, C>> for UpSampling2D<H, W, I>
{
    type Out = Upsampled<Rank3<HEIGHT, WIDTH, C>, H, W>;
    const FAULT: Option<Text> = upsample2d_fault(Rank3::<HEIGHT, WIDTH, C>::DIMS, [H, W]);
    const FLOPS: usize = <Self::Out as Shape>::NUMEL.saturating_mul(I::FLOPS);
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Upsample2d(Self::of(HEIGHT, WIDTH, C)))
    }
}

impl<
    const HEIGHT: usize,
    const WIDTH: usize,
    const C: usize,
    const H: usize,
    const W: usize,
    I: Interpolation,
    B: Backend,
> Run<Rank3<HEIGHT, WIDTH, C>, B> for UpSampling2D<H, W, I>
{
    fn forward(&self, io: Forward<'_, B>) {
        io.device.upsample2d(&Self::of(HEIGHT, WIDTH, C), io.n, io.x, io.y);
    }
    fn backward(&self, io: Backward<'_, B>) {
        if let Some(dx) = io.dx {
            io.device.upsample2d_back(&Self::of(HEIGHT, WIDTH, C), io.n, B::freeze(io.dy), dx);
        }
    }
}
