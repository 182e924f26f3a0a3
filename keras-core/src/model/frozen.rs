//! Layers that training leaves as they are.

use core::ops::Range;

use super::{LayerInfo, Model, reserve};
use crate::backend::{Backend, FloatBuf};
use crate::error::{Error, Result};

/// Which layers of a model are frozen.
pub struct Frozen<B: Backend> {
    /// By step of the plan, for the layer that was used there first.
    layers: Vec<bool>,
    /// Their variables among the parameters.
    ranges: Vec<Range<usize>>,
    /// What these were before a step.
    kept: FloatBuf<B>,
    /// The first step with a variable that is trained.
    first: usize,
}

impl<B: Backend> Frozen<B> {
    /// As declared.
    pub(super) fn new(device: &B, layers: &[LayerInfo]) -> Result<Self> {
        let steps = layers.iter().map(|layer| layer.step + 1).max().unwrap_or(0);
        let by_step = vec![false; steps];
        let mut frozen = Self { layers: by_step, ranges: Vec::new(), kept: device.alloc(0)?, first: 0 };
        for layer in layers.iter().filter(|layer| layer.frozen) {
            frozen.set(layers, layer, true);
        }
        Ok(frozen)
    }

    /// Freezes a layer, or sets it free.
    pub(super) fn set(&mut self, layers: &[LayerInfo], layer: &LayerInfo, frozen: bool) {
        self.layers[layer.step] = frozen;
        self.ranges.clear();
        for layer in layers.iter().filter(|layer| self.layers[layer.step]) {
            self.ranges.extend(layer.places().filter(|(variable, _)| variable.trainable).map(|(_, at)| at));
        }
        let trains = |layer: &&LayerInfo| {
            !self.layers[layer.step] && layer.places().any(|(variable, _)| variable.trainable)
        };
        // Where no layer is frozen the way back is to the very first, as it was when this was made.
        let any = self.layers.contains(&true);
        let first = layers.iter().filter(trains).map(|layer| layer.step).min().unwrap_or(usize::MAX);
        self.first = if any { first } else { 0 };
    }

    /// Whether a layer is frozen.
    #[must_use]
    pub fn is(&self, layer: &LayerInfo) -> bool {
        self.layers[layer.step]
    }

    /// The step that the way back ends at, where only variables are to be changed: in what is before it
    /// there is nothing to change.
    pub(crate) fn first(&self) -> usize {
        self.first
    }

    /// By step.
    pub(crate) fn steps(&self) -> &[bool] {
        &self.layers
    }

    /// Changes parameters by their gradients, but not those of frozen layers. Their gradients are 0 for the
    /// optimizer, so that they do not count where gradients are clipped together.
    pub(crate) fn hold(
        &mut self,
        device: &B,
        params: &mut FloatBuf<B>,
        grads: &mut FloatBuf<B>,
        update: impl FnOnce(&mut FloatBuf<B>, &mut FloatBuf<B>) -> Result<()>,
    ) -> Result<()> {
        if self.ranges.is_empty() {
            return update(params, grads);
        }
        reserve(device, &mut self.kept, self.ranges.iter().map(ExactSizeIterator::len).sum())?;
        let mut at = 0;
        for range in &self.ranges {
            let to = B::view_mut(&mut self.kept, at..at + range.len());
            device.copy(B::view(params, range.clone()), to);
            device.clear(B::view_mut(grads, range.clone()));
            at += range.len();
        }
        update(params, grads)?;
        at = 0;
        for range in &self.ranges {
            let from = B::view(&self.kept, at..at + range.len());
            device.copy(from, B::view_mut(params, range.clone()));
            at += range.len();
        }
        Ok(())
    }
}

/// The layer of this name, or all layers of the model of this name.
pub(super) fn find<M: Model>(name: &str) -> Result<impl Iterator<Item = &'static LayerInfo>> {
    if M::LAYERS.iter().any(|layer| layer.is_called(name)) {
        return Ok(M::LAYERS.iter().filter(move |layer| layer.is_called(name)));
    }
    let names: Vec<&str> = M::LAYERS.iter().map(|layer| layer.name).collect();
    Err(Error::argument("layer", format!("one of {}", names.join(", ")), name))
}

/// Freezes the layer of this name, or sets it free.
pub(super) fn set<M: Model>(model: &mut M, name: &str, frozen: bool) -> Result<()> {
    for layer in find::<M>(name)? {
        model.store_mut().frozen.set(M::LAYERS, layer, frozen);
    }
    Ok(())
}
