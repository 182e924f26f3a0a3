use keras_shapes::{Dims, global_pool};

use super::Layer;
use crate::shape::Shape;
use crate::weights::Numbers;

/// The largest element of each channel.
#[derive(Debug, Default)]
pub struct GlobalMaxPooling2D<const KEEPDIMS: bool = false>;

/// The mean of each channel.
#[derive(Debug, Default)]
pub struct GlobalAveragePooling2D<const KEEPDIMS: bool = false>;

impl<In: Shape, const KEEPDIMS: bool> Layer<In> for GlobalMaxPooling2D<KEEPDIMS> {
    const OUT: Dims = global_pool(In::DIMS, KEEPDIMS);

    fn run(&self, _: &[Numbers], x: &[f32], y: &mut [f32]) {
        y.fill(f32::NEG_INFINITY);
        for pixel in x.chunks_exact(y.len()) {
            for (y, &x) in y.iter_mut().zip(pixel) {
                if x > *y || x.is_nan() {
                    *y = x;
                }
            }
        }
    }
}

impl<In: Shape, const KEEPDIMS: bool> Layer<In> for GlobalAveragePooling2D<KEEPDIMS> {
    const OUT: Dims = global_pool(In::DIMS, KEEPDIMS);

    fn run(&self, _: &[Numbers], x: &[f32], y: &mut [f32]) {
        y.fill(0.0);
        let pixels = (x.len() / y.len()) as f32;
        for pixel in x.chunks_exact(y.len()) {
            y.iter_mut().zip(pixel).for_each(|(y, x)| *y += x);
        }
        y.iter_mut().for_each(|y| *y /= pixels);
    }
}
