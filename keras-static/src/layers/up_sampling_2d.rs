use core::marker::PhantomData;

use keras_shapes::{Dims, upsample2d};

use super::Layer;
use crate::shape::Shape;
use crate::weights::Numbers;

/// Each pixel is repeated.
#[derive(Debug, Default)]
pub struct Nearest;

/// Each pixel becomes `H` rows and `W` columns.
#[derive(Debug, Default)]
pub struct UpSampling2D<const H: usize = 2, const W: usize = 2, I = Nearest>(PhantomData<I>);

impl<In: Shape, const H: usize, const W: usize> Layer<In> for UpSampling2D<H, W, Nearest> {
    const OUT: Dims = upsample2d(In::DIMS, [H, W]);

    fn run(&self, _: &[Numbers], x: &[f32], y: &mut [f32]) {
        let [_, width, channels, _] = In::DIMS.d;
        for (o, y) in y.chunks_exact_mut(channels).enumerate() {
            let [row, column] = [o / (width * W) / H, o % (width * W) / W];
            y.copy_from_slice(&x[(row * width + column) * channels..][..channels]);
        }
    }
}
