use core::ops::Range;

use super::Optimizer;
use super::clip::clip;
use crate::backend::{Backend, FloatBuf, Floats, FloatsMut};
use crate::error::{Error, Result};
use crate::model::LayerInfo;

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
    names: &'static [&'static str],
    params: usize,
    iterations: u64,
}

impl<B: Backend> OptimizerState<B> {
    /// The state before the first step, for `params` parameters.
    ///
    /// # Errors
    /// If the device has not enough memory.
    pub fn new<O: Optimizer>(device: &B, optimizer: &O, params: usize) -> Result<Self> {
        let names = optimizer.slot_names();
        Ok(Self { slots: device.alloc(params * names.len())?, names, params, iterations: 0 })
    }

    /// How many steps were made.
    #[must_use]
    pub const fn iterations(&self) -> u64 {
        self.iterations
    }

    /// Changes how many steps were made, as when a state is loaded.
    pub const fn set_iterations(&mut self, iterations: u64) {
        self.iterations = iterations;
    }

    /// The names of the state arrays, in order.
    #[must_use]
    pub const fn slot_names(&self) -> &'static [&'static str] {
        self.names
    }

    /// The state array of this name: one number for each parameter, in the parameters' order.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<Floats<'_, B>> {
        Some(B::view(&self.slots, self.range(name)?))
    }

    /// The same, to be changed.
    #[must_use]
    pub fn slot_mut(&mut self, name: &str) -> Option<FloatsMut<'_, B>> {
        let range = self.range(name)?;
        Some(B::view_mut(&mut self.slots, range))
    }

    fn range(&self, name: &str) -> Option<Range<usize>> {
        let index = self.names.iter().position(|n| *n == name)?;
        Some(index * self.params..(index + 1) * self.params)
    }

    /// One step: clips the gradients, in place, and changes the parameters. `layers` say where each
    /// variable lies, for `clipnorm`.
    ///
    /// An optimizer with other state arrays than at the step before goes on with those that it
    /// shares, and with zeros for the others.
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
        if optimizer.slot_names() != self.names {
            self.change(device, optimizer)?;
        }
        clip::<B>(device, optimizer.options(), layers, grads);
        self.iterations += 1;
        let slots = B::len(&self.slots);
        device.update(
            &optimizer.step(self.iterations),
            B::view_mut(params, 0..n),
            B::view(grads, 0..n),
            B::view_mut(&mut self.slots, 0..slots),
        );
        Ok(())
    }

    #[cold]
    fn change<O: Optimizer>(&mut self, device: &B, optimizer: &O) -> Result<()> {
        let mut new = Self::new(device, optimizer, self.params)?;
        for name in new.names {
            if let (Some(from), Some(to)) = (self.slot(name), new.slot_mut(name)) {
                device.copy(from, to);
            }
        }
        new.iterations = self.iterations;
        *self = new;
        Ok(())
    }
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
