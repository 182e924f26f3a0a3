//! Values and gradients, for training loops of one's own.

use super::compiled::{Elem, InputRows, TargetRows};
use super::gradients::Gradients;
use super::pass::{Pass, make_room, remember};
use super::step::{self, HostBatch, Losses, Then, Uploads};
use super::tiles::Tiles;
use crate::backend::{Backend, FloatBuf, Stream};
use crate::data::Data;
use crate::error::{Error, Result};
use crate::losses::{Each, Objective, Place};
use crate::model::{Activity, Model, Store, ruled};
use crate::values::{Signals, Values};

/// Numbers of the shape of a model's input.
pub type InputTensors<M> = <<M as Model>::Input as Signals>::Tensors<<M as Model>::Backend>;

/// What [`Differentiate::pullback`] gives.
pub struct Pullback<M: Model> {
    /// The model's output.
    pub output: <M::Output as Signals>::Tensors<M::Backend>,
    /// The gradient by the model's input.
    pub input_gradient: InputTensors<M>,
}

/// Values and gradients, for every model.
pub trait Differentiate: Model {
    /// The loss on a batch in training with all penalties on variables, and its gradients by all parameters.
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
        L: Objective<Self::Output>,
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
        L: Objective<Self::Output>,
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
        let n = Self::Input::samples(&x);
        Self::Input::check_samples(&x, Self::Output::samples(&cotangent), "cotangent")?;
        let mut output = Self::Output::tensors(self.device(), n)?;
        let outputs = const { Self::LAYOUT.full.last() }.outputs();
        let input_gradient = there_and_back(self, &x, training, None, gradients, |device, y, spare| {
            for (place, buf) in outputs.iter().zip(Self::Output::buffers(&mut output).as_mut()) {
                let y = Self::Backend::view(y, place.range(n, 0, n));
                device.copy(y, Self::Backend::view_mut(buf, 0..place.len * n));
            }
            let cotangents = Self::Output::slices(Self::Output::whole(&cotangent));
            for (place, cotangent) in outputs.iter().zip(cotangents.as_ref()) {
                let start = place.gradient * n;
                device.write(Self::Backend::view_mut(spare, start..start + place.len * n), cotangent);
            }
        })?;
        Ok(Pullback { output, input_gradient })
    }

    /// The loss on a batch, its gradients by all parameters, and those by the inputs, which come back beside
    /// the loss: what explanations and adversarial examples are made of. `training` says how layers such as
    /// dropout behave.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// sequential! { struct Net< Dense<2, 1> > }
    /// let mut net = Net::<Cpu>::new(3);
    /// let mut gradients = Gradients::new(&net)?;
    /// let (x, y) = ([[1.0, 2.0]], [[0.0]]);
    /// let (loss, by_x) = net.value_and_input_grad(&MeanSquaredError::default(), &x, &y, false, &mut gradients)?;
    /// // The loss is (w · x + b)², so its gradient by x is that by b, times w.
    /// let by_bias = gradients.get("dense/bias").unwrap()[0];
    /// let expected = by_bias * net.store().params()[0];
    /// assert!(loss > 0.0 && (by_x.as_slice()[0] - expected).abs() < 1e-5);
    /// # keras_core::Result::Ok(())
    /// ```
    ///
    /// # Errors
    /// As [`value_and_grad`](Self::value_and_grad).
    fn value_and_input_grad<L, X, Y>(
        &mut self,
        loss: &L,
        x: &X,
        y: &Y,
        training: bool,
        gradients: &mut Gradients<Self>,
    ) -> Result<(f64, InputTensors<Self>)>
    where
        L: Objective<Self::Output>,
        X: Data<Self::Input, Self::Backend> + ?Sized,
        Y: Data<L::Target, Self::Backend> + ?Sized,
    {
        let (x, y) = checked::<Self, L, X, Y>(loss, x, y)?;
        let n = Self::Input::samples(&x);
        let factors = loss.factors(n, L::Target::whole(&y), None);
        let mut bufs = L::Target::bufs(self.device())?;
        let mut sums = Each::default();
        let outputs = const { Self::LAYOUT.full.last() }.outputs();
        let activity = self.store().watched.then(|| Activity::new(n, 1.0));
        let by_input =
            there_and_back(self, &x, training, activity.as_ref(), gradients, |device, output, spare| {
                let y = L::Target::upload(device, L::Target::whole(&y), &mut bufs);
                let place = Place { outputs, first: 0, n, at: 0, all: n };
                loss.add(device, place, &factors, y, None, output, Some(spare), &mut sums);
            })?;
        let (layers, Store { device, params, frozen, ruled, .. }) = self.split();
        let rules = (ruled.as_slice(), frozen.steps());
        let mut penalty = ruled::penalty::<Self>(layers, rules, device, params, Some(&mut gradients.buf))?;
        penalty += activity.as_ref().map_or(Ok(0.0), Activity::total)?;
        sums.iter_mut().zip(factors).for_each(|(sum, factor)| *sum *= factor);
        Ok((Losses { each: sums, penalty }.total(loss), by_input))
    }

    /// The loss of each sample alone, and its gradients, one after the other: `each` is called with the
    /// sample's number, its loss and its gradients. What private training and influence functions are made of.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// sequential! { struct Net< Dense<2, 1> > }
    /// let mut net = Net::<Cpu>::new(3);
    /// let mut gradients = Gradients::new(&net)?;
    /// let mut largest = 0.0_f64;
    /// net.per_sample_grads(&MeanSquaredError::default(), &[[1.0, 2.0], [3.0, 4.0]], &[[0.0], [1.0]], &mut gradients,
    ///     |_, _, gradients| {
    ///         largest = largest.max(gradients.norm());
    ///         Ok(())
    ///     },
    /// )?;
    /// assert!(largest > 0.0);
    /// # keras_core::Result::Ok(())
    /// ```
    ///
    /// # Errors
    /// As [`value_and_grad`](Self::value_and_grad); if the model has a layer that looks at all samples of a batch
    /// together, such as batch normalisation, so that there is no gradient of one alone; or what `each` returns.
    fn per_sample_grads<L, X, Y>(
        &mut self,
        loss: &L,
        x: &X,
        y: &Y,
        gradients: &mut Gradients<Self>,
        mut each: impl FnMut(usize, f64, &mut Gradients<Self>) -> Result<()>,
    ) -> Result<()>
    where
        L: Objective<Self::Output>,
        X: Data<Self::Input, Self::Backend> + ?Sized,
        Y: Data<L::Target, Self::Backend> + ?Sized,
    {
        if let Some(layer) = Self::LAYERS.iter().find(|layer| !layer.state.is_empty()) {
            let expected = "layers that see each sample alone";
            return Err(Error::argument(
                "per_sample_grads",
                expected,
                format!("`{}`, {}", layer.name, layer.title),
            ));
        }
        let (x, y) = checked::<Self, L, X, Y>(loss, x, y)?;
        for sample in 0..Self::Input::samples(&x) {
            let value = one_batch(self, loss, &x, &y, (sample, sample + 1), gradients, false)?;
            each(sample, value, gradients)?;
        }
        Ok(())
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
    L: Objective<M::Output>,
    X: Data<M::Input, M::Backend> + ?Sized,
    Y: Data<L::Target, M::Backend> + ?Sized,
{
    let (x, y) = checked::<M, L, X, Y>(loss, x, y)?;
    one_batch(model, loss, &x, &y, (0, M::Input::samples(&x)), gradients, add)
}

/// Inputs and targets of a step; they are as many.
fn checked<'a, M, L, X, Y>(loss: &L, x: &'a X, y: &'a Y) -> Result<(InputRows<'a, M>, TargetRows<'a, M, L>)>
where
    M: Model,
    L: Objective<M::Output>,
    X: Data<M::Input, M::Backend> + ?Sized,
    Y: Data<L::Target, M::Backend> + ?Sized,
{
    let (x, y) = (x.rows("x")?, y.rows("y")?);
    M::Input::check_samples(&x, L::Target::samples(&y), "y")?;
    loss.check_target::<Elem<M>>(&y)?;
    Ok((x, y))
}

/// The loss of some samples, and the gradients by the parameters.
fn one_batch<M: Model, L: Objective<M::Output>>(
    model: &mut M,
    loss: &L,
    x: &InputRows<'_, M>,
    y: &TargetRows<'_, M, L>,
    (start, end): (usize, usize),
    gradients: &mut Gradients<M>,
    add: bool,
) -> Result<f64> {
    let (x, y) = (M::Input::range(x, start, end), L::Target::range(y, start, end));
    let batch = HostBatch::<M, L> { n: end - start, x, y, weights: None };
    let mut uploads = Uploads::<M, L>::new(model.device())?;
    // No optimizer has a part in this; the type is only a name.
    let then: Then<'_, crate::optimizers::Adam, _> = Then::Keep { grads: &mut gradients.buf, add };
    let losses = step::batch(model, loss, &mut uploads, &batch, then)?;
    model.device().finish()?;
    Ok(losses.total(loss))
}

/// A whole batch forward and backward at once, with the gradients by the inputs. `seed` is given the outputs, and
/// writes the gradients by them to their places.
fn there_and_back<M: Model>(
    model: &mut M,
    x: &InputRows<'_, M>,
    training: bool,
    activity: Option<&Activity>,
    gradients: &mut Gradients<M>,
    seed: impl FnOnce(&M::Backend, &FloatBuf<M::Backend>, &mut FloatBuf<M::Backend>) + Send,
) -> Result<InputTensors<M>> {
    let (n, tiles) = (M::Input::samples(x), Tiles::whole(M::Input::samples(x)));
    let mut input_gradient = M::Input::tensors(model.device(), n)?;
    let (layers, store) = model.split();
    make_room::<M>(store, tiles, n, true)?;
    let stream = Stream::new(store.seed, store.step);
    let Store { device, params, rooms, input, frozen, .. } = store;
    let frozen = frozen.steps();
    let inputs = M::Input::floats(device, M::Input::whole(x), input);
    device.run(M::FLOPS * n * 3, || {
        let all = M::Backend::view(params, 0..M::LAYOUT.params());
        let pass = Pass::<M> {
            layers,
            device,
            frozen,
            params: all,
            stream,
            activity,
            training,
            keeps: true,
            from: 0,
        };
        pass.all(tiles, n, inputs.as_ref(), rooms);
        let front = M::LAYOUT.full.head.is_empty();
        let spare = if front { &mut rooms.lanes[0].spare } else { &mut rooms.head.spare };
        seed(device, &rooms.output, spare);
        let mut dx = M::Input::views_mut(&mut input_gradient, n);
        pass.all_back(tiles, n, inputs.as_ref(), rooms, (&mut gradients.buf, false), dx.as_mut());
        if training {
            remember::<M>(device, &rooms.head.work, params, frozen);
        }
    });
    device.finish()?;
    Ok(input_gradient)
}
