use super::compiled::Elem;
use crate::backend::{Backend, FloatBuf};
use crate::error::Result;
use crate::model::{Model, Store, ruled};
use crate::optimizers::{Optimizer, OptimizerState};

/// The gradients by all of a model's parameters that are trained, for training loops of one's own.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::optimizers::OptimizerState;
///
/// sequential! { struct Net< Dense<2, 4, Tanh>, Dense<_, 1> > }
/// let (x, y) = ([[0.0, 1.0], [1.0, 0.0]], [[1.0], [0.0]]);
/// let (mut net, adam, mse) = (Net::<Cpu>::new(3), Adam::new(0.1), MeanSquaredError::default());
/// let mut gradients = Gradients::new(&net)?;
/// let mut state = OptimizerState::of(&adam, &net)?;
/// let first = net.value_and_grad(&mse, &x, &y, &mut gradients)?;
/// state.step(&adam, &mut net, &mut gradients)?;
/// assert!(net.value_and_grad(&mse, &x, &y, &mut gradients)? < first);
/// # keras_core::Result::Ok(())
/// ```
pub struct Gradients<M: Model> {
    device: M::Backend,
    pub(super) buf: FloatBuf<M::Backend>,
}

impl<M: Model> Gradients<M> {
    /// Gradients for a model: zeros.
    ///
    /// # Errors
    /// If the device has not enough memory.
    pub fn new(model: &M) -> Result<Self> {
        let device = model.device().clone();
        Ok(Self { buf: device.alloc(M::LAYOUT.trained)?, device })
    }

    /// Sets all to 0.
    pub fn clear(&mut self) {
        self.device.scale(0.0, M::Backend::view_mut(&mut self.buf, 0..M::LAYOUT.trained));
    }

    /// Multiplies all by `factor`.
    pub fn scale(&mut self, factor: f64) {
        self.device.scale(factor, M::Backend::view_mut(&mut self.buf, 0..M::LAYOUT.trained));
    }

    /// The root of the sum of all squares.
    #[must_use]
    pub fn norm(&self) -> f64 {
        self.device.sum_of_squares(M::Backend::view(&self.buf, 0..M::LAYOUT.trained)).sqrt()
    }

    /// All of them, in the order of the parameters.
    #[must_use]
    pub fn to_vec(&self) -> Vec<Elem<M>> {
        let mut values = vec![Default::default(); M::LAYOUT.trained];
        self.device.read(M::Backend::view(&self.buf, 0..M::LAYOUT.trained), &mut values);
        values
    }

    /// The gradient by the variable of this name, such as `dense_1/kernel`, row-major.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Vec<Elem<M>>> {
        let (layer, variable) = name.rsplit_once('/')?;
        let layer = M::LAYERS.iter().find(|l| l.name == layer)?;
        let (_, range) = layer.places().find(|(v, _)| v.name == variable && v.trainable)?;
        let mut values = vec![Default::default(); range.len()];
        self.device.read(M::Backend::view(&self.buf, range), &mut values);
        Some(values)
    }
}

impl<B: Backend> OptimizerState<B> {
    /// The state before the first step, for a model.
    ///
    /// # Errors
    /// If the device has not enough memory.
    pub fn of<M: Model<Backend = B>, O: Optimizer>(optimizer: &O, model: &M) -> Result<Self> {
        Self::with_layers(model.device(), optimizer, M::LAYERS, M::LAYOUT.trained)
    }

    /// One step of an optimizer on a model. Where the optimizer clips gradients, they are clipped in place.
    ///
    /// # Errors
    /// As [`apply`](Self::apply).
    pub fn step<M: Model<Backend = B>, O: Optimizer>(
        &mut self,
        optimizer: &O,
        model: &mut M,
        gradients: &mut Gradients<M>,
    ) -> Result<()> {
        let (layers, Store { device, params, frozen, ruled, .. }) = model.split();
        frozen.hold(device, params, &mut gradients.buf, |params, grads| {
            self.apply(device, optimizer, M::LAYERS, params, grads)
        })?;
        ruled::project::<M>(layers, (ruled, frozen.steps()), device, params)
    }

    /// One step of an optimizer on some layers of a model, by name: two optimizers can have a part each. The
    /// others, and the gradients by them, stay as they are.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// use keras_core::optimizers::OptimizerState;
    ///
    /// sequential! { struct Net< body: Dense<2, 4, Tanh>, head: Dense<_, 1> > }
    /// let (x, y) = ([[0.0, 1.0], [1.0, 0.0]], [[1.0], [0.0]]);
    /// let (mut net, slow, fast) = (Net::<Cpu>::new(3), SGD::new(0.01), Adam::new(0.1));
    /// let mut gradients = Gradients::new(&net)?;
    /// let (mut of_slow, mut of_fast) = (OptimizerState::of(&slow, &net)?, OptimizerState::of(&fast, &net)?);
    /// net.value_and_grad(&MeanSquaredError::default(), &x, &y, &mut gradients)?;
    /// of_slow.step_layers(&slow, &mut net, &mut gradients, &["body"])?;
    /// of_fast.step_layers(&fast, &mut net, &mut gradients, &["head"])?;
    /// # keras_core::Result::Ok(())
    /// ```
    ///
    /// # Errors
    /// If there is no layer of a name, or as [`apply`](Self::apply).
    pub fn step_layers<M: Model<Backend = B>, O: Optimizer>(
        &mut self,
        optimizer: &O,
        model: &mut M,
        gradients: &mut Gradients<M>,
        layers: &[&str],
    ) -> Result<()> {
        let before = model.frozen_layers();
        let all = 0..M::LAYOUT.trained;
        let mut kept = model.device().alloc(all.len())?;
        model.device().copy(B::view(&gradients.buf, all.clone()), B::view_mut(&mut kept, all.clone()));
        let step = |state: &mut Self, model: &mut M, gradients: &mut Gradients<M>| {
            for name in layers {
                model.is_frozen(name)?;
            }
            for layer in M::LAYERS.iter().filter(|layer| !layers.iter().any(|name| layer.is_called(name))) {
                model.freeze(layer.name)?;
            }
            state.step(optimizer, model, gradients)
        };
        let done = step(self, model, gradients);
        for layer in M::LAYERS.iter().filter(|layer| !before.contains(&layer.name)) {
            model.unfreeze(layer.name)?;
        }
        model.device().copy(B::view(&kept, all.clone()), B::view_mut(&mut gradients.buf, all));
        done
    }
}
