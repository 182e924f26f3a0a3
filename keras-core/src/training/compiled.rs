use core::ops::{Deref, DerefMut};

use crate::backend::FloatBuf;
use crate::model::Model;
use crate::optimizers::OptimizerState;

/// A model with what it is trained by: what [`Model::compile`] makes.
pub struct Compiled<M: Model, O, L, Ms> {
    pub(crate) model: M,
    pub(crate) optimizer: O,
    pub(crate) loss: L,
    pub(crate) metrics: Ms,
    pub(crate) state: Option<OptimizerState<M::Backend>>,
    pub(crate) grads: Option<FloatBuf<M::Backend>>,
}

impl<M: Model, O, L, Ms> Compiled<M, O, L, Ms> {
    pub(crate) fn new(model: M, optimizer: O, loss: L, metrics: Ms) -> Self {
        Self { model, optimizer, loss, metrics, state: None, grads: None }
    }

    /// The model alone.
    pub fn into_model(self) -> M {
        self.model
    }

    /// The optimizer.
    pub fn optimizer(&self) -> &O {
        &self.optimizer
    }

    /// The optimizer, to be changed: its learning rate, for one.
    pub fn optimizer_mut(&mut self) -> &mut O {
        &mut self.optimizer
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
