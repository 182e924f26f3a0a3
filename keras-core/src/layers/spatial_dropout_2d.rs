use keras_shapes::image_fault;

use super::{Backward, Forward, Layer, Operation, Run, Text};
use crate::backend::Backend;
use crate::shape::{Rank3, Shape};

/// In training, sets a `rate` of the channels of each image to 0, whole, and divides the others by
/// `1 - rate`; else does nothing. Keras:
/// [`SpatialDropout2D`](https://keras.io/api/layers/regularization_layers/spatial_dropout2d/).
///
/// In a model: `SpatialDropout2D<0.2>`. Neighbouring pixels are alike, so that a single one that falls is not missed; a channel is. Input and
/// output: `Rank3<HEIGHT, WIDTH, CHANNELS>`. Which channels fall follows from the model's seed, the step
/// and the layer, so it is the same on every backend.
///
/// Source: Tompson et al., "Efficient object localization using convolutional networks", 2015.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SpatialDropout2D {
    rate: f64,
}

impl SpatialDropout2D {
    /// With this rate, from 0 to 1.
    ///
    /// # Panics
    /// If it lies outside of 0 to 1; the macro checks it while compiling.
    #[must_use]
    pub const fn rate(mut self, rate: f64) -> Self {
        assert!(rate >= 0.0 && rate <= 1.0, "the rate of a dropout lies between 0 and 1");
        self.rate = rate;
        self
    }
}

impl<const H: usize, const W: usize, const C: usize> Layer<Rank3<H, W, C>> for SpatialDropout2D {
    type Out = Rank3<H, W, C>;
    const FAULT: Option<Text> = image_fault(Rank3::<H, W, C>::DIMS);
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Identity)
    }
}

impl<const H: usize, const W: usize, const C: usize, B: Backend> Run<Rank3<H, W, C>, B> for SpatialDropout2D {
    fn forward(&self, io: Forward<'_, B>) {
        if io.training && self.rate > 0.0 {
            io.device.dropout_channels(io.stream, io.first * C, self.rate, [H * W, C], io.x, io.y);
        } else {
            io.device.copy(io.x, io.y);
        }
    }

    fn backward(&self, io: Backward<'_, B>) {
        let (Some(dx), dy) = (io.dx, B::freeze(io.dy)) else { return };
        if io.training && self.rate > 0.0 {
            io.device.dropout_channels(io.stream, io.first * C, self.rate, [H * W, C], dy, dx);
        } else {
            io.device.copy(dy, dx);
        }
    }
}
