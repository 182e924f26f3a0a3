use super::check::{counts, positive};
use super::{Optimizer, Options, Start, Weight};
use crate::config::configured;
use crate::error::Result;
use crate::shape::Dims;

/// An optimizer whose loss is multiplied by a large number, so that small gradients are not lost on the
/// way; the gradients are divided by it again. Keras: `LossScaleOptimizer`.
///
/// The number is doubled after every `dynamic_growth_steps` steps. A step whose gradients have a NaN or
/// an infinity in them is left out, and the number is halved.
///
/// Defaults: initial scale 2¹⁵, dynamic growth steps 2000.
/// Source: Micikevicius et al., "Mixed precision training", 2018.
///
/// ```
/// use keras_core::prelude::*;
/// let adam = LossScaleOptimizer::new(Adam::new(0.01)).initial_scale(1024.0).dynamic_growth_steps(100);
/// assert_eq!(adam.learning_rate(), 0.01);
/// assert_eq!(adam.inner(), &Adam::new(0.01));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossScaleOptimizer<O> {
    inner: O,
    scaling: LossScaling,
}

/// How a loss is scaled, where that is adapted from step to step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossScaling {
    /// What the loss is multiplied by at first.
    pub initial_scale: f64,
    /// After how many steps, all finite, that is doubled.
    pub dynamic_growth_steps: u64,
}

impl<O: Optimizer> LossScaleOptimizer<O> {
    /// This optimizer, its loss scaled. The factor of its own, if it has one, is not used.
    #[must_use]
    pub fn new(inner: O) -> Self {
        Self { inner, scaling: LossScaling { initial_scale: 32768.0, dynamic_growth_steps: 2000 } }
    }
    /// What the loss is multiplied by at first.
    #[must_use]
    pub fn initial_scale(mut self, scale: f64) -> Self {
        self.scaling.initial_scale = scale;
        self
    }
    /// After how many steps that is doubled, if all were finite.
    #[must_use]
    pub fn dynamic_growth_steps(mut self, steps: u64) -> Self {
        self.scaling.dynamic_growth_steps = steps;
        self
    }
    /// The optimizer inside.
    pub const fn inner(&self) -> &O {
        &self.inner
    }
}

impl<O: Optimizer> Optimizer for LossScaleOptimizer<O> {
    type Update = O::Update;
    const NAME: &'static str = "loss_scale_optimizer";

    fn slot_names(&self) -> &'static [&'static str] {
        self.inner.slot_names()
    }
    fn step(&self, iteration: u64) -> O::Update {
        self.inner.step(iteration)
    }
    fn options(&self) -> &Options {
        self.inner.options()
    }
    fn options_mut(&mut self) -> &mut Options {
        self.inner.options_mut()
    }
    fn slot_start(&self, slot: usize) -> Start {
        self.inner.slot_start(slot)
    }
    fn by_weight(&self) -> bool {
        self.inner.by_weight()
    }
    fn slot_dims(&self, slot: usize, weight: &Weight) -> Dims {
        self.inner.slot_dims(slot, weight)
    }
    fn scratch(&self, weight: &Weight) -> usize {
        self.inner.scratch(weight)
    }
    fn without_weight_decay(&self) -> Self {
        Self { inner: self.inner.without_weight_decay(), scaling: self.scaling }
    }
    fn loss_scaling(&self) -> Option<LossScaling> {
        Some(self.scaling)
    }
    fn several(&self) -> Option<&super::MultiOptimizer> {
        self.inner.several()
    }
    fn check(&self) -> Result<()> {
        positive(Self::NAME, "initial_scale", self.scaling.initial_scale)?;
        counts(Self::NAME, "dynamic_growth_steps", Some(self.scaling.dynamic_growth_steps), 1)?;
        self.inner.check()
    }
}

/// The scale so far.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    pub factor: f64,
    /// Steps since it was last changed.
    pub good: u64,
    growth: u64,
}

impl Scale {
    pub fn new(scaling: LossScaling) -> Self {
        Self { factor: scaling.initial_scale, good: 0, growth: scaling.dynamic_growth_steps }
    }

    /// Adapts itself to gradients that are finite or not; says whether there is a step with them.
    pub fn go_on(&mut self, finite: bool) -> bool {
        self.good = if finite { self.good + 1 } else { 0 };
        if !finite {
            self.factor *= 0.5;
        } else if self.good >= self.growth {
            self.factor *= 2.0;
            self.good = 0;
        }
        finite
    }
}

configured! {
    [] LossScaleOptimizer<super::AnyOptimizer>, "LossScaleOptimizer", "keras.optimizers",
    LossScaleOptimizer::new(super::SGD::default().into()), |this, fields| {
        fields.unused("name", "loss_scale_optimizer");
        fields.required("inner_optimizer", &mut this.inner)?;
        fields.field("initial_scale", &mut this.scaling.initial_scale)?;
        fields.field("dynamic_growth_steps", &mut this.scaling.dynamic_growth_steps)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_and_shrinks() {
        let mut scale = Scale::new(LossScaling { initial_scale: 8.0, dynamic_growth_steps: 2 });
        let steps = [true, true, true, false, true, true, true];
        let factors = steps.map(|finite| {
            assert_eq!(scale.go_on(finite), finite);
            scale.factor
        });
        assert_eq!(factors, [8.0, 16.0, 16.0, 8.0, 8.0, 16.0, 16.0]);
    }
}
