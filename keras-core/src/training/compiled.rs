use core::ops::{Deref, DerefMut};

use crate::backend::{Backend, FloatBuf};
use crate::error::Result;
use crate::losses::Objective;
use crate::metrics::AllMetrics;
use crate::model::Model;
use crate::optimizers::{Optimizer, OptimizerState};
use crate::values::Values;

/// A number of a model.
pub(crate) type Elem<M> = <<M as Model>::Backend as Backend>::Elem;
/// What a model takes, on the host, checked.
pub(crate) type InputRows<'a, M> = <<M as Model>::Input as Values>::Rows<'a, Elem<M>>;
/// A batch of it.
pub(crate) type InputBatch<'a, M> = <<M as Model>::Input as Values>::Batch<'a, Elem<M>>;
/// What a model's outputs are compared with.
pub(crate) type Target<M, L> = <L as Objective<<M as Model>::Output>>::Target;
/// Targets on the host, checked.
pub(crate) type TargetRows<'a, M, L> = <Target<M, L> as Values>::Rows<'a, Elem<M>>;
/// A batch of them.
pub(crate) type TargetBatch<'a, M, L> = <Target<M, L> as Values>::Batch<'a, Elem<M>>;

/// A model with what it is trained by: what [`Model::compile`] makes.
///
/// It is trained through [`Train`](super::Train), and derefs to the model, for all that a model can do.
pub struct Compiled<M: Model, O, L, Ms> {
    pub(crate) model: M,
    pub(crate) optimizer: O,
    pub(crate) loss: L,
    pub(crate) metrics: Ms,
    pub(crate) trained: Option<Trained<M>>,
    /// How often `fit` went through its samples, so that the next `fit` shuffles anew.
    pub(crate) passes: u64,
}

/// What training needs beside the model; it is there from the first step on.
pub(crate) struct Trained<M: Model> {
    pub state: OptimizerState<M::Backend>,
    pub grads: FloatBuf<M::Backend>,
}

impl<M: Model, O, L, Ms> Compiled<M, O, L, Ms> {
    pub(crate) fn new(model: M, optimizer: O, loss: L, metrics: Ms) -> Self {
        Self { model, optimizer, loss, metrics, trained: None, passes: 0 }
    }

    /// The model alone.
    pub fn into_model(self) -> M {
        self.model
    }

    /// The optimizer.
    pub const fn optimizer(&self) -> &O {
        &self.optimizer
    }

    /// The optimizer, to be changed: its learning rate, for one.
    pub const fn optimizer_mut(&mut self) -> &mut O {
        &mut self.optimizer
    }

    /// How many steps were made.
    pub fn iterations(&self) -> u64 {
        self.trained.as_ref().map_or(0, |trained| trained.state.iterations())
    }
}

impl<M: Model, O: Optimizer, L: Objective<M::Output>, Ms: AllMetrics<M::Output, L::Target>>
    Compiled<M, O, L, Ms>
{
    /// Makes gradients and optimizer state ready.
    pub(crate) fn prepare(&mut self) -> Result<()> {
        if self.trained.is_none() {
            let device = self.model.device();
            let state = OptimizerState::with_layers(device, &self.optimizer, M::LAYERS, M::LAYOUT.trained)?;
            self.trained = Some(Trained { state, grads: device.alloc(M::LAYOUT.trained)? });
        }
        Ok(())
    }

    /// Replaces the weights by their running means, where the optimizer keeps those.
    pub(crate) fn finalize(&mut self) {
        if let Some(trained) = &self.trained {
            let store = self.model.store_mut();
            trained.state.finalize(&store.device, &mut store.params);
        }
    }
}

impl<M: Model, O, L, Ms> Deref for Compiled<M, O, L, Ms> {
    type Target = M;
    fn deref(&self) -> &M {
        &self.model
    }
}

impl<M: Model, O, L, Ms> DerefMut for Compiled<M, O, L, Ms> {
    fn deref_mut(&mut self) -> &mut M {
        &mut self.model
    }
}
