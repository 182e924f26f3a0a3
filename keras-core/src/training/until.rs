use core::marker::PhantomData;

use super::pass::{Pass, make_room};
use super::predict::BATCH;
use super::tiles::Tiles;
use crate::backend::{Backend, Stream};
use crate::data::Data;
use crate::error::Result;
use crate::model::{INPUT, Model, Part, Step, Store};
use crate::shape::Shape;
use crate::tensor::Tensor;
use crate::values::{Signals, Values};

/// A model up to one of its layers: what that layer makes of inputs, such as the features of an image that
/// another model goes on with. A model has a method `until_NAME` for each layer that was given a name.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { struct Encoder< Dense<4, 8, Tanh>, code: Dense<_, 2, Tanh>, Dense<_, 4> > }
/// let mut model = Encoder::<Cpu>::new(1);
/// let codes: Tensor<Rank1<2>> = model.until_code().predict(&[[0.1, 0.2, 0.3, 0.4]])?;
/// assert!(codes.as_slice().iter().all(|code| code.abs() < 1.0));
/// # keras_core::Result::Ok(())
/// ```
pub struct Until<'a, M: Model, S: Shape> {
    model: &'a mut M,
    step: &'static Step,
    shape: PhantomData<S>,
}

impl<'a, M: Model, S: Shape> Until<'a, M, S> {
    #[doc(hidden)]
    #[must_use]
    pub fn new(model: &'a mut M, step: &'static Step) -> Self {
        Self { model, step, shape: PhantomData }
    }

    /// What the layer makes of `x`, computed in batches of 32.
    ///
    /// # Errors
    /// As [`Model::predict`].
    pub fn predict<X>(&mut self, x: &X) -> Result<Tensor<S, M::Backend>>
    where
        X: Data<M::Input, M::Backend> + ?Sized,
    {
        let x = x.rows("x")?;
        let samples = M::Input::samples(&x);
        let mut out = Tensor::zeros(self.model.device().clone(), samples)?;
        let mut start = 0;
        while start < samples {
            let end = (start + BATCH).min(samples);
            self.forward((start, end), M::Input::range(&x, start, end), &mut out)?;
            start = end;
        }
        self.model.device().finish()?;
        Ok(out)
    }

    /// All values are kept on the way, as for a way back, so that the layer's is there at the end.
    fn forward(
        &mut self,
        (start, end): (usize, usize),
        x: <M::Input as Values>::Batch<'_, <M::Backend as Backend>::Elem>,
        to: &mut Tensor<S, M::Backend>,
    ) -> Result<()> {
        let (n, s) = (end - start, self.step);
        let (layers, store) = self.model.split();
        make_room::<M>(store, Tiles::whole(n), n, true)?;
        let Store { device, params, rooms, input, frozen, seed, step, .. } = store;
        let inputs = M::Input::floats(device, x, input);
        let (stream, frozen) = (Stream::new(*seed, *step), frozen.steps());
        device.run(M::FLOPS * n, || {
            let params = M::Backend::view(params, 0..M::LAYOUT.params());
            let activity = None;
            let pass = Pass::<M> {
                layers,
                device,
                frozen,
                params,
                stream,
                activity,
                training: false,
                keeps: true,
                from: 0,
            };
            pass.all(Tiles::whole(n), n, inputs.as_ref(), rooms);
            let front: &Part = &M::LAYOUT.full.front;
            let from = match (s.y, front.has(s.index)) {
                (INPUT, true) => M::Backend::part(inputs.as_ref()[s.inputs[0].input], 0..n * s.y_len),
                // What the head is given is what the front made.
                (INPUT, false) if front.is_empty() => {
                    M::Backend::part(inputs.as_ref()[s.inputs[0].input], 0..n * s.y_len)
                }
                (INPUT, false) => M::Backend::view(&rooms.between, 0..n * s.y_len),
                (at, true) => M::Backend::view(&rooms.lanes[0].works[0], front.place(at, s.y_len, n)),
                (at, false) => M::Backend::view(&rooms.head.work, M::LAYOUT.full.head.place(at, s.y_len, n)),
            };
            let place = start * s.y_len..end * s.y_len;
            device.copy(from, M::Backend::view_mut(to.buf_mut(), place));
        });
        Ok(())
    }
}
