//! Penalties on what layers make, which a layer's [`ACTIVITY`] rules ask for.

use std::sync::{Mutex, PoisonError};

use crate::backend::{Backend, FloatsMut};
use crate::error::Result;
use crate::layers::{ACTIVITY, Layer};
use crate::model::plan::Step;
use crate::model::run::{Backward, Forward};
use crate::regularizers::AnyRegularizer;
use crate::shape::{Dims, Shape};

/// The penalties of a batch, which runs as one tile then.
///
/// As in Keras each is divided by the number of samples, and counts in an evaluation, too.
#[derive(Debug)]
pub struct Activity {
    batch: f64,
    /// What the gradients of the loss are larger by.
    scale: f64,
    sum: Mutex<Result<f64>>,
}

impl Activity {
    /// Those of `batch` samples; all gradients are `scale` times as large.
    pub(crate) const fn new(batch: usize, scale: f64) -> Self {
        Self { batch: batch as f64, scale, sum: Mutex::new(Ok(0.0)) }
    }

    /// Their sum.
    ///
    /// # Errors
    /// What one of them had to say against its numbers or the shape.
    pub(crate) fn total(&self) -> Result<f64> {
        let mut sum = self.sum.lock().unwrap_or_else(PoisonError::into_inner);
        core::mem::replace(&mut *sum, Ok(0.0)).map(|sum| sum / self.batch)
    }

    fn add(&self, penalty: Result<f64>) {
        let mut sum = self.sum.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(before) = *sum {
            *sum = penalty.map(|penalty| before + penalty);
        }
    }
}

/// Whether any layer has a penalty on what it makes.
pub(super) fn is_any<M: super::Model>(layers: &M::Layers) -> bool {
    (0..M::LAYERS.len()).any(|layer| M::rules(layers, layer, ACTIVITY).is_some_and(|rules| !rules.is_empty()))
}

#[inline(always)]
fn of<In, L: Layer<In>>(layer: &L) -> Option<&AnyRegularizer> {
    layer.rules(ACTIVITY).and_then(|rules| rules.regularizer.as_ref())
}

/// The shape of what the whole batch makes; the first sizes of a sample that has as many as can be are one.
fn whole(n: usize, sample: Dims) -> Dims {
    match *sample.sizes() {
        [] => Dims::new([n]),
        [a] => Dims::new([n, a]),
        [a, b] => Dims::new([n, a, b]),
        [a, b, c] => Dims::new([n, a, b, c]),
        [a, b, ref rest @ ..] => Dims::new([n, a * b, rest[0], rest[1..].iter().product()]),
    }
}

/// Behind a layer's forward pass: its penalty.
#[inline(always)]
pub(super) fn forward<In, L: Layer<In>, B: Backend>(layer: &L, pass: &Forward<'_, '_, B>, s: &'static Step) {
    if let Some(regularizer) = of(layer)
        && let Some(activity) = pass.activity
    {
        let y = B::view(pass.work, pass.part.place(s.y, s.y_len, pass.n));
        activity.add(pass.device.penalty(regularizer, whole(pass.n, L::Out::DIMS), y, None));
    }
}

/// Before a layer's backward pass: the gradient of its penalty, added to that by its output.
#[inline(always)]
pub(super) fn backward<In, L: Layer<In>, B: Backend>(
    layer: &L,
    pass: &mut Backward<'_, '_, '_, B>,
    s: &'static Step,
) {
    if let Some(regularizer) = of(layer)
        && let Some(activity) = pass.activity
    {
        let n = pass.n;
        let y = B::view(pass.work, pass.part.place(s.y, s.y_len, n));
        let mut dy = B::view_mut(pass.spare, s.dy * n..(s.dy + s.y_len) * n);
        add_gradient(pass.device, activity, (regularizer, whole(n, L::Out::DIMS)), y, &mut dy);
    }
}

/// A penalty adds its gradient as it is: what it is added to is made as large first.
fn add_gradient<B: Backend>(
    device: &B,
    activity: &Activity,
    (regularizer, dims): (&AnyRegularizer, Dims),
    y: crate::backend::Floats<'_, B>,
    dy: &mut FloatsMut<'_, B>,
) {
    let factor = activity.scale / activity.batch;
    device.scale(1.0 / factor, B::lend(dy));
    // A mistake in it was seen on the way there.
    let _ = device.penalty(regularizer, dims, y, Some(B::lend(dy)));
    device.scale(factor, B::lend(dy));
}
