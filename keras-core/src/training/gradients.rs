use super::compiled::Elem;
use super::pass::{Pass, make_room, remember};
use super::step::{self, HostBatch, Then, Uploads};
use super::tiles::Tiles;
use crate::backend::{Backend, FloatBuf, Stream};
use crate::data::Data;
use crate::error::Result;
use crate::losses::Loss;
use crate::model::{Model, Store};
use crate::optimizers::{Optimizer, OptimizerState};
use crate::shape::Shape;
use crate::tensor::Tensor;

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
    buf: FloatBuf<M::Backend>,
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
        let store = model.store_mut();
        self.apply(&store.device, optimizer, M::LAYERS, &mut store.params, &mut gradients.buf)
    }
}

/// What [`Differentiate::pullback`] gives.
pub struct Pullback<M: Model> {
    /// The model's output.
    pub output: Tensor<M::Output, M::Backend>,
    /// The gradient by the model's input.
    pub input_gradient: Tensor<M::Input, M::Backend>,
}

/// Values and gradients, for every model.
pub trait Differentiate: Model {
    /// The loss on a batch in training, and its gradients by all parameters.
    ///
    /// # Errors
    /// If the data does not fit the model or the loss; the message says where.
    fn value_and_grad<L, X, Y>(
        &mut self,
        loss: &L,
        x: &X,
        y: &Y,
        gradients: &mut Gradients<Self>,
    ) -> Result<f64>
    where
        L: Loss<Self::Output>,
        X: Data<Self::Input, Self::Backend> + ?Sized,
        Y: Data<L::Target, Self::Backend> + ?Sized,
    {
        value_and_grad(self, loss, x, y, gradients, false)
    }

    /// The same, adding to the gradients that are there: for large batches in several pieces.
    ///
    /// # Errors
    /// As [`value_and_grad`](Self::value_and_grad).
    fn value_and_add_grad<L, X, Y>(
        &mut self,
        loss: &L,
        x: &X,
        y: &Y,
        gradients: &mut Gradients<Self>,
    ) -> Result<f64>
    where
        L: Loss<Self::Output>,
        X: Data<Self::Input, Self::Backend> + ?Sized,
        Y: Data<L::Target, Self::Backend> + ?Sized,
    {
        value_and_grad(self, loss, x, y, gradients, true)
    }

    /// The output for `x`, and the gradients of `Σ output · cotangent` by all parameters and by `x`;
    /// `training` says how layers such as dropout behave.
    ///
    /// # Errors
    /// As [`value_and_grad`](Self::value_and_grad).
    fn pullback<X, C>(
        &mut self,
        x: &X,
        cotangent: &C,
        training: bool,
        gradients: &mut Gradients<Self>,
    ) -> Result<Pullback<Self>>
    where
        X: Data<Self::Input, Self::Backend> + ?Sized,
        C: Data<Self::Output, Self::Backend> + ?Sized,
    {
        let (x, cotangent) = (x.rows("x")?, cotangent.rows("cotangent")?);
        x.check_samples(cotangent.samples(), "cotangent")?;
        let n = x.samples();
        let mut output = Tensor::zeros(self.device().clone(), n)?;
        let mut input_gradient = Tensor::zeros(self.device().clone(), n)?;
        let (layers, store) = self.split();
        make_room::<Self>(store, Tiles::whole(n), n, true)?;
        let stream = Stream::new(store.seed, store.step);
        let Store { device, params, rooms, input, .. } = store;
        let x = device.upload(x.values(), input);
        let (last, tiles) = (const { Self::LAYOUT.full.last() }, Tiles::whole(n));
        device.run(Self::FLOPS * n * 3, || {
            let all = Self::Backend::view(params, 0..Self::LAYOUT.params());
            let pass = Pass::<Self> { layers, device, params: all, stream, training, keeps: true };
            let inputs = [Self::Backend::part(x, 0..n * Self::Input::NUMEL)];
            pass.all(tiles, n, &inputs, rooms);
            let numel = n * Self::Output::NUMEL;
            let y = Self::Backend::view(&rooms.output, 0..numel);
            device.copy(y, Self::Backend::view_mut(output.buf_mut(), 0..numel));
            let front = Self::LAYOUT.full.head.is_empty();
            let spare = if front { &mut rooms.lanes[0].spare } else { &mut rooms.head.spare };
            let start = last.outputs[0].gradient * n;
            device.write(Self::Backend::view_mut(spare, start..start + numel), cotangent.values());
            let dx = Self::Backend::view_mut(input_gradient.buf_mut(), 0..Self::Input::NUMEL * n);
            pass.all_back(tiles, n, &inputs, rooms, (&mut gradients.buf, false), &mut [dx]);
            if training {
                remember::<Self>(device, &rooms.head.work, params);
            }
        });
        self.device().finish()?;
        Ok(Pullback { output, input_gradient })
    }
}

impl<M: Model> Differentiate for M {}

fn value_and_grad<M, L, X, Y>(
    model: &mut M,
    loss: &L,
    x: &X,
    y: &Y,
    gradients: &mut Gradients<M>,
    add: bool,
) -> Result<f64>
where
    M: Model,
    L: Loss<M::Output>,
    X: Data<M::Input, M::Backend> + ?Sized,
    Y: Data<L::Target, M::Backend> + ?Sized,
{
    let (x, y) = (x.rows("x")?, y.rows("y")?);
    x.check_samples(y.samples(), "y")?;
    loss.check_target::<Elem<M>>(&y)?;
    let batch = HostBatch { n: x.samples(), x: x.values(), y: y.values(), weights: None };
    let mut uploads = Uploads::<M, L>::new(model.device())?;
    // No optimizer has a part in this; the type is only a name.
    let then: Then<'_, crate::optimizers::Adam, _> = Then::Keep { grads: &mut gradients.buf, add };
    let value = step::batch(model, loss, &mut uploads, &batch, then)?;
    model.device().finish()?;
    Ok(value)
}
