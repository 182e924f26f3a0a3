use super::{Clipping, Optimizer};
use crate::backend::{Backend, FloatBuf};
use crate::error::Result;
use crate::model::LayerInfo;

/// What an optimizer remembers of a model: its state arrays and how many steps it has made.
pub struct OptimizerState<B: Backend> {
    slots: FloatBuf<B>,
    iterations: u64,
}

impl<B: Backend> OptimizerState<B> {
    /// The state before the first step, for `params` parameters.
    ///
    /// # Errors
    /// If the device has not enough memory.
    pub fn new<O: Optimizer>(device: &B, optimizer: &O, params: usize) -> Result<Self> {
        Ok(Self { slots: device.alloc(params * optimizer.slots())?, iterations: 0 })
    }

    /// How many steps were made.
    #[must_use]
    pub const fn iterations(&self) -> u64 {
        self.iterations
    }

    /// The state arrays, one after the other.
    #[must_use]
    pub const fn slots(&self) -> &FloatBuf<B> {
        &self.slots
    }

    /// One step: clips the gradients, in place, and changes the parameters.
    pub fn apply<O: Optimizer>(
        &mut self,
        device: &B,
        optimizer: &O,
        layers: &[LayerInfo],
        params: &mut FloatBuf<B>,
        grads: &mut FloatBuf<B>,
    ) {
        let n = B::len(params);
        clip::<B>(device, optimizer.options().clipping, layers, grads);
        self.iterations += 1;
        let slots = B::len(&self.slots);
        device.update(
            &optimizer.step(self.iterations),
            B::view_mut(params, 0..n),
            B::view(grads, 0..n),
            B::view_mut(&mut self.slots, 0..slots),
        );
    }
}

fn clip<B: Backend>(device: &B, clipping: Clipping, layers: &[LayerInfo], grads: &mut FloatBuf<B>) {
    let n = B::len(grads);
    let to_norm = |grads: &mut FloatBuf<B>, range: core::ops::Range<usize>, limit: f64| {
        let norm = device.sum_of_squares(B::view(grads, range.clone())).sqrt();
        if norm > limit {
            device.scale(limit / norm, B::view_mut(grads, range));
        }
    };
    match clipping {
        Clipping::None => {}
        Clipping::Value(limit) => device.clamp(limit, B::view_mut(grads, 0..n)),
        Clipping::GlobalNorm(limit) => to_norm(grads, 0..n, limit),
        Clipping::Norm(limit) => {
            for layer in layers {
                let mut start = layer.offset;
                for variable in layer.variables {
                    let end = start + variable.dims.numel();
                    to_norm(grads, start..end, limit);
                    start = end;
                }
            }
        }
    }
}
