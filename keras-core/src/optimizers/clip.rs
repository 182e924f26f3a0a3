use core::ops::Range;

use super::Options;
use crate::backend::{Backend, FloatBuf};
use crate::model::LayerInfo;

/// Keeps the gradients of `layers` as small as the options say, in place. One kind of clipping is
/// given at most.
pub fn clip<B: Backend>(device: &B, options: &Options, layers: &[LayerInfo], grads: &mut FloatBuf<B>) {
    let n = B::len(grads);
    if let Some(limit) = options.clipvalue {
        device.clamp(limit, B::view_mut(grads, 0..n));
    }
    if let Some(limit) = options.global_clipnorm {
        to_norm::<B>(device, limit, 0..n, grads);
    }
    if let Some(limit) = options.clipnorm {
        for layer in layers {
            for (_, range) in layer.places().filter(|(variable, _)| variable.trainable) {
                to_norm::<B>(device, limit, range, grads);
            }
        }
    }
}

fn to_norm<B: Backend>(device: &B, limit: f64, range: Range<usize>, grads: &mut FloatBuf<B>) {
    let norm = device.sum_of_squares(B::view(grads, range.clone())).sqrt();
    if norm > limit {
        device.scale(limit / norm, B::view_mut(grads, range));
    }
}
