use keras_shapes::{Dims, pad2d};

use super::Layer;
use crate::shape::Shape;
use crate::weights::Numbers;

/// Rows and columns of zeros around an image.
#[derive(Debug, Default)]
pub struct ZeroPadding2D<
    const TOP: usize = 1,
    const BOTTOM: usize = 1,
    const LEFT: usize = 1,
    const RIGHT: usize = 1,
>;

impl<In: Shape, const TOP: usize, const BOTTOM: usize, const LEFT: usize, const RIGHT: usize> Layer<In>
    for ZeroPadding2D<TOP, BOTTOM, LEFT, RIGHT>
{
    const OUT: Dims = pad2d(In::DIMS, [[TOP, BOTTOM], [LEFT, RIGHT]]);

    fn run(&self, _: &[Numbers], x: &[f32], y: &mut [f32]) {
        let [_, width, channels, _] = In::DIMS.d;
        y.fill(0.0);
        let rows = y.chunks_exact_mut((width + LEFT + RIGHT) * channels).skip(TOP);
        for (x, y) in x.chunks_exact(width * channels).zip(rows) {
            y[LEFT * channels..][..x.len()].copy_from_slice(x);
        }
    }
}
