//! Variables that have more to follow than their gradients: regularizers and constraints.

use core::ops::Range;

use super::Model;
use crate::backend::{Backend, FloatBuf};
use crate::error::Result;
use crate::shape::Dims;

/// A variable with a regularizer or a constraint.
pub struct Ruled {
    layer: usize,
    variable: usize,
    step: usize,
    dims: Dims,
    range: Range<usize>,
}

/// All of a model.
pub(super) fn of<M: Model>(layers: &M::Layers) -> Vec<Ruled> {
    let mut all = Vec::new();
    for (layer, info) in M::LAYERS.iter().enumerate() {
        for (variable, (what, range)) in info.places().enumerate() {
            if what.trainable && M::rules(layers, layer, variable).is_some_and(|rules| !rules.is_empty()) {
                all.push(Ruled { layer, variable, step: info.step, dims: what.dims, range });
            }
        }
    }
    all
}

/// The sum of all penalties; their gradients are added to `grads`. What is frozen has none, as in Keras.
pub(crate) fn penalty<M: Model>(
    layers: &M::Layers,
    (ruled, frozen): (&[Ruled], &[bool]),
    device: &M::Backend,
    params: &FloatBuf<M::Backend>,
    mut grads: Option<&mut FloatBuf<M::Backend>>,
) -> Result<f64> {
    let mut sum = 0.0;
    for Ruled { layer, variable, step, dims, range } in ruled {
        if !frozen[*step]
            && let Some(regularizer) =
                M::rules(layers, *layer, *variable).and_then(|rules| rules.regularizer.as_ref())
        {
            let values = M::Backend::view(params, range.clone());
            let gradient = grads.as_deref_mut().map(|grads| M::Backend::view_mut(grads, range.clone()));
            sum += device.penalty(regularizer, *dims, values, gradient)?;
        }
    }
    Ok(sum)
}

/// Brings variables back to what their constraints ask for, after a step.
pub(crate) fn project<M: Model>(
    layers: &M::Layers,
    (ruled, frozen): (&[Ruled], &[bool]),
    device: &M::Backend,
    params: &mut FloatBuf<M::Backend>,
) -> Result<()> {
    for Ruled { layer, variable, step, dims, range } in ruled {
        if !frozen[*step]
            && let Some(constraint) =
                M::rules(layers, *layer, *variable).and_then(|rules| rules.constraint.as_ref())
        {
            device.project(constraint, *dims, M::Backend::view_mut(params, range.clone()))?;
        }
    }
    Ok(())
}
