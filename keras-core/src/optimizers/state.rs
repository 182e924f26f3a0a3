use super::parts::Several;
use super::passes::{Blend, Fill, Mean};
use super::slots::{Layout, weights};
use super::{Buffers, MAX_SLOTS, Optimizer, Slot, Start, Update};
use super::{clip::clip, loss_scale::Scale};
use crate::backend::{Backend, FloatBuf, Floats, FloatsMut};
use crate::error::{Error, Result};
use crate::model::LayerInfo;
use crate::saving::Counters;

/// What an optimizer remembers of a model: its state arrays and how many steps it has made.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::optimizers::OptimizerState;
///
/// let cpu = Cpu::<f32>::default();
/// let sgd = SGD::new(0.5).momentum(0.9);
/// let mut state = OptimizerState::new(&cpu, &sgd, 2)?;
/// let (mut params, mut grads) = (vec![1.0, 2.0].into(), vec![1.0, 0.0].into());
/// state.apply(&cpu, &sgd, &[], &mut params, &mut grads)?;
/// assert_eq!(params[..], [0.5, 2.0]);
/// assert_eq!(state.slot("momentum"), Some([-0.5, 0.0].as_slice()));
/// assert_eq!(state.iterations(), 1);
/// # Ok::<(), keras_core::Error>(())
/// ```
pub struct OptimizerState<B: Backend> {
    slots: FloatBuf<B>,
    scratch: FloatBuf<B>,
    layout: Layout,
    params: usize,
    iterations: u64,
    /// Whether the arrays that begin as the parameters have begun.
    begun: bool,
    scale: Option<Scale>,
    /// Those of several optimizers, which have the parameters among them.
    several: Option<Several<B>>,
}

impl<B: Backend> OptimizerState<B> {
    /// The state before the first step, for `params` parameters whose variables need not be known.
    ///
    /// # Errors
    /// If the device has not enough memory, or the optimizer has to know the variables.
    pub fn new<O: Optimizer>(device: &B, optimizer: &O, params: usize) -> Result<Self> {
        Self::with_layers(device, optimizer, &[], params)
    }

    /// The state before the first step, for `params` parameters, the variables of `layers`.
    ///
    /// # Errors
    /// If the device has not enough memory, or the variables are not all parameters but the optimizer has
    /// to know them.
    pub fn with_layers<O: Optimizer>(
        device: &B,
        optimizer: &O,
        layers: &[LayerInfo],
        params: usize,
    ) -> Result<Self> {
        let layout = Layout::new(optimizer, layers, params)?;
        let mut slots = device.alloc(layout.len())?;
        for (own, range) in layout.ranges[layout.common..].iter().enumerate() {
            if let Start::Value(value) = optimizer.slot_start(own)
                && value != 0.0
            {
                let none = device.alloc(range.len())?;
                let (array, none) = (B::view_mut(&mut slots, range.clone()), B::view(&none, 0..range.len()));
                device.update(&Fill { value }, array, none, no_slots::<B>(&mut device.alloc(0)?));
            }
        }
        let scratch = device.alloc(layout.scratch)?;
        let scale = optimizer.loss_scaling().map(Scale::new);
        let several =
            optimizer.several().map(|multi| Several::new(device, multi, layers, params)).transpose()?;
        Ok(Self { slots, scratch, layout, params, iterations: 0, begun: false, scale, several })
    }

    /// How many steps were made, or, where gradients are accumulated, how many batches were seen.
    #[must_use]
    pub const fn iterations(&self) -> u64 {
        self.iterations
    }

    /// Changes how many steps were made, as when a state is loaded.
    pub fn set_iterations(&mut self, iterations: u64) {
        self.iterations = iterations;
        self.begun = iterations > 0;
        if let Some(several) = &mut self.several {
            several.set_counters(Counters { iterations, begun: self.begun, scale: None });
        }
    }

    /// What it counts, for a checkpoint.
    pub(crate) fn counters(&self) -> Counters {
        let scale = self.scale.map(|scale| (scale.factor.to_bits(), scale.good));
        Counters { iterations: self.iterations, begun: self.begun, scale }
    }

    /// Counts on from there.
    pub(crate) fn set_counters(&mut self, counters: Counters) {
        (self.iterations, self.begun) = (counters.iterations, counters.begun);
        if let Some(several) = &mut self.several {
            several.set_counters(counters);
        }
        if let (Some(scale), Some((factor, good))) = (&mut self.scale, counters.scale) {
            (scale.factor, scale.good) = (f64::from_bits(factor), good);
        }
    }

    /// How many numbers the state array of this name has.
    pub(crate) fn slot_len(&self, name: &str) -> usize {
        match &self.several {
            Some(several) => several.slot_len(name),
            None => self.layout.range(name).map_or(0, |range| range.len()),
        }
    }

    /// The names of the state arrays, in order: those of the common options, then the optimizer's own.
    #[must_use]
    pub fn slot_names(&self) -> &[&'static str] {
        self.several.as_ref().map_or(&self.layout.names, |several| several.names())
    }

    /// The state array of this name, variable by variable in the parameters' order. But for optimizers
    /// that remember less, it has one number for each parameter.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<Floats<'_, B>> {
        match &self.several {
            Some(several) => several.slot(name),
            None => Some(B::view(&self.slots, self.layout.range(name)?)),
        }
    }

    /// The same, to be changed.
    #[must_use]
    pub fn slot_mut(&mut self, name: &str) -> Option<FloatsMut<'_, B>> {
        self.begun = true;
        match &mut self.several {
            Some(several) => several.slot_mut(name),
            None => Some(B::view_mut(&mut self.slots, self.layout.range(name)?)),
        }
    }

    /// What each state array has of each variable: for the first variable all arrays, then for the next.
    #[must_use]
    pub fn parts<O: Optimizer>(&self, optimizer: &O, layers: &[LayerInfo]) -> Vec<Slot> {
        if let (Some(several), Some(multi)) = (&self.several, optimizer.several()) {
            return several.slots(multi);
        }
        let mut ends = vec![0; self.layout.names.len()];
        let parts = weights(layers).flat_map(|(weight, _)| {
            let parts = self.layout.names.iter().zip(&mut ends).enumerate().map(|(k, (&name, end))| {
                let own = k.checked_sub(self.layout.common);
                let dims = own.map_or(weight.dims, |own| optimizer.slot_dims(own, &weight));
                let start = *end;
                *end += dims.numel();
                Slot { name, weight, dims, range: start..*end }
            });
            parts.collect::<Vec<_>>()
        });
        parts.collect()
    }

    /// What the loss is multiplied by before it is differentiated: `optimizer`'s factor, or the one that has
    /// been adapted so far.
    #[must_use]
    pub fn loss_scale<O: Optimizer>(&self, optimizer: &O) -> f64 {
        self.scale.map_or(optimizer.options().loss_scale_factor.unwrap_or(1.0), |scale| scale.factor)
    }

    /// One step: clips the gradients, in place, and changes the parameters. `layers` say where each
    /// variable lies, for `clipnorm` and for optimizers that have to know.
    ///
    /// An optimizer with other state arrays than at the step before goes on with those that it
    /// shares, and begins the others anew.
    ///
    /// # Errors
    /// If there are not as many gradients, or fewer parameters, than this state was made for, or if the
    /// optimizer's arrays have changed and the device has not enough memory.
    pub fn apply<O: Optimizer>(
        &mut self,
        device: &B,
        optimizer: &O,
        layers: &[LayerInfo],
        params: &mut FloatBuf<B>,
        grads: &mut FloatBuf<B>,
    ) -> Result<()> {
        let n = self.params;
        // A model's state lies behind its parameters.
        if B::len(params) < n {
            return Err(Error::argument("parameters", format!("at least {n} numbers"), B::len(params)));
        }
        if B::len(grads) != n {
            return Err(Error::argument("gradients", format!("{n} numbers"), B::len(grads)));
        }
        if !self.layout.fits(optimizer, layers, n)
            || optimizer.loss_scaling().is_some() != self.scale.is_some()
            || !self.has_parts_of(optimizer)
        {
            self.change(device, optimizer, layers)?;
        }
        if let Some(scale) = &mut self.scale {
            let factor = scale.factor;
            if !scale.go_on(device.sum_of_squares(B::view(grads, 0..n)).is_finite()) {
                return Ok(());
            }
            device.scale(1.0 / factor, B::view_mut(grads, 0..n));
        } else if let Some(factor) = optimizer.options().loss_scale_factor {
            device.scale(1.0 / factor, B::view_mut(grads, 0..n));
        }
        if let (Some(several), Some(multi)) = (&mut self.several, optimizer.several()) {
            several.apply(device, multi, params, grads)?;
            self.begun = true;
            self.iterations += 1;
            return Ok(());
        }
        if self.accumulate(device, optimizer, grads) {
            clip::<B>(device, optimizer.options(), layers, grads);
            self.update(device, optimizer, layers, params, grads);
        }
        self.average(device, optimizer, params);
        self.iterations += 1;
        Ok(())
    }

    /// Replaces the parameters by their running means, where those are kept: what `fit` ends with.
    /// Keras: `finalize_variable_values`.
    pub fn finalize(&self, device: &B, params: &mut FloatBuf<B>) {
        if let Some(several) = &self.several {
            return several.finalize(device, params);
        }
        if let Some(average) = self.slot("average") {
            device.copy(average, B::view_mut(params, 0..self.params));
        }
    }

    /// Adds the gradients to those of the batches before; says whether it is time for a step, with their
    /// mean.
    fn accumulate<O: Optimizer>(&mut self, device: &B, optimizer: &O, grads: &mut FloatBuf<B>) -> bool {
        let Some(steps) = optimizer.options().gradient_accumulation_steps else { return true };
        let Some(range) = self.layout.range("gradient_accumulator") else { return true };
        let n = self.params;
        if !(self.iterations + 1).is_multiple_of(steps) {
            device.add(B::view(grads, 0..n), B::view_mut(&mut self.slots, range));
            return false;
        }
        let sums = B::view(&self.slots, range.clone());
        let mean = Mean { steps: steps as f64 };
        device.update(&mean, B::view_mut(grads, 0..n), sums, no_slots::<B>(&mut self.scratch));
        let (sums, grads) = (B::view_mut(&mut self.slots, range), B::view(grads, 0..n));
        device.update(&Fill { value: 0.0 }, sums, grads, no_slots::<B>(&mut self.scratch));
        true
    }

    fn update<O: Optimizer>(
        &mut self,
        device: &B,
        optimizer: &O,
        layers: &[LayerInfo],
        params: &mut FloatBuf<B>,
        grads: &mut FloatBuf<B>,
    ) {
        let n = self.params;
        let own = &self.layout.ranges[self.layout.common..];
        if !self.begun {
            for (k, range) in own.iter().enumerate() {
                if optimizer.slot_start(k) == Start::Params {
                    device.copy(B::view(params, 0..n), B::view_mut(&mut self.slots, range.clone()));
                }
            }
            self.begun = true;
        }
        let options = optimizer.options();
        let mut now = optimizer.clone();
        now.options_mut().learning_rate = options.learning_rate_at(self.iterations);
        let iteration = self.iterations / options.gradient_accumulation_steps.unwrap_or(1) + 1;
        let step = now.step(iteration);
        let excluded = options.exclude_from_weight_decay;
        if !optimizer.by_weight() && excluded.is_empty() {
            let ranges = core::array::from_fn(|k| own.get(k).cloned().unwrap_or(0..0));
            let slots = B::parts(&mut self.slots, ranges);
            device.update(&step, B::view_mut(params, 0..n), B::view(grads, 0..n), slots);
            return;
        }
        let plain = now.without_weight_decay().step(iteration);
        let mut ends = [0; MAX_SLOTS];
        for (weight, range) in weights(layers) {
            let ranges = core::array::from_fn(|k| {
                let Some(array) = own.get(k) else { return 0..0 };
                let start = array.start + ends[k];
                ends[k] += optimizer.slot_dims(k, &weight).numel();
                start..array.start + ends[k]
            });
            let room = B::len(&self.scratch);
            let buffers = Buffers {
                params: B::view_mut(params, range.clone()),
                grads: B::view_mut(grads, range),
                slots: B::parts(&mut self.slots, ranges),
                scratch: B::view_mut(&mut self.scratch, 0..room),
            };
            let step = if weight.is_among(excluded) { &plain } else { &step };
            step.weight(device, &weight, buffers);
        }
    }

    /// Goes on with the running means of the parameters, and replaces those where it is time.
    fn average<O: Optimizer>(&mut self, device: &B, optimizer: &O, params: &mut FloatBuf<B>) {
        let Some(range) = self.layout.range("average") else { return };
        let options = optimizer.options();
        let (n, made) = (self.params, self.iterations / options.gradient_accumulation_steps.unwrap_or(1));
        let keep = if made == 0 { 0.0 } else { options.ema_momentum };
        let average = B::view_mut(&mut self.slots, range.clone());
        let blend = Blend { keep, take: 1.0 - keep };
        device.update(&blend, average, B::view(params, 0..n), no_slots::<B>(&mut self.scratch));
        if options.ema_overwrite_frequency.is_some_and(|steps| (made + 1).is_multiple_of(steps)) {
            device.copy(B::view(&self.slots, range), B::view_mut(params, 0..n));
        }
    }

    /// Whether it has a state for each of the optimizers that this one is made of.
    fn has_parts_of<O: Optimizer>(&self, optimizer: &O) -> bool {
        match (&self.several, optimizer.several()) {
            (None, None) => true,
            (Some(several), Some(multi)) => several.fits(multi),
            _ => false,
        }
    }

    #[cold]
    fn change<O: Optimizer>(&mut self, device: &B, optimizer: &O, layers: &[LayerInfo]) -> Result<()> {
        let mut new = Self::with_layers(device, optimizer, layers, self.params)?;
        let mut shared = true;
        for (k, name) in new.layout.names.clone().into_iter().enumerate() {
            let (from, to) = (self.layout.range(name), new.layout.ranges[k].clone());
            match from {
                Some(from) if from.len() == to.len() => {
                    device.copy(B::view(&self.slots, from), B::view_mut(&mut new.slots, to));
                }
                _ => {
                    shared &=
                        k < new.layout.common || optimizer.slot_start(k - new.layout.common) != Start::Params
                }
            }
        }
        new.begun = self.begun && shared;
        new.iterations = self.iterations;
        if let Some(several) = &mut new.several {
            several.set_counters(Counters { iterations: self.iterations, begun: false, scale: None });
        }
        *self = new;
        Ok(())
    }
}

/// For a pass without state.
pub fn no_slots<B: Backend>(any: &mut FloatBuf<B>) -> [FloatsMut<'_, B>; MAX_SLOTS] {
    B::parts(any, core::array::from_fn(|_| 0..0))
}

/// The same, from a part of a buffer.
pub fn no_slots_of<'a, B: Backend>(any: FloatsMut<'a, B>) -> [FloatsMut<'a, B>; MAX_SLOTS] {
    let (a, rest) = B::cut(any, 0);
    let (b, rest) = B::cut(rest, 0);
    let (c, rest) = B::cut(rest, 0);
    [a, b, c, B::cut(rest, 0).0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Cpu;
    use crate::optimizers::{Adam, SGD};

    #[test]
    fn another_optimizer_goes_on_with_the_arrays_it_shares() {
        let cpu = Cpu::<f64>::default();
        let mut state = OptimizerState::new(&cpu, &Adam::default(), 2).unwrap();
        let (mut p, mut g) = (vec![1.0, 2.0].into(), vec![0.5, -0.25].into());
        state.apply(&cpu, &Adam::default(), &[], &mut p, &mut g).unwrap();
        let momentum = state.slot("momentum").unwrap().to_vec();
        assert_eq!(state.slot("velocity_hat"), None);

        let zero = &mut vec![0.0; 2].into();
        state.apply(&cpu, &Adam::new(0.0).amsgrad(true), &[], &mut p, zero).unwrap();
        let decayed: Vec<f64> = momentum.iter().map(|m| m - m * (1.0 - 0.9)).collect();
        assert_eq!(state.slot("momentum").unwrap(), decayed);
        assert_eq!(state.slot("velocity_hat"), state.slot("velocity"));
        assert_eq!(state.iterations(), 2);

        state.apply(&cpu, &SGD::default(), &[], &mut p, &mut g).unwrap();
        assert!(state.slot_names().is_empty());
    }

    #[test]
    fn arrays_of_another_length_are_refused() {
        let cpu = Cpu::<f32>::default();
        let mut state = OptimizerState::new(&cpu, &SGD::default(), 3).unwrap();
        let error = state
            .apply(&cpu, &SGD::default(), &[], &mut vec![0.0; 3].into(), &mut vec![0.0; 2].into())
            .unwrap_err();
        assert_eq!(error.to_string(), "gradients: expected 3 numbers, but found 2");
    }

    #[test]
    fn a_slot_can_be_written() {
        let cpu = Cpu::<f32>::default();
        let sgd = SGD::new(1.0).momentum(0.5);
        let mut state = OptimizerState::new(&cpu, &sgd, 1).unwrap();
        state.slot_mut("momentum").unwrap()[0] = 4.0;
        let mut p = vec![1.0].into();
        state.apply(&cpu, &sgd, &[], &mut p, &mut vec![0.0].into()).unwrap();
        assert_eq!(*p, [3.0]);
    }
}
