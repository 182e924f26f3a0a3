use super::{Weights, WeightsMut};
use crate::backend::Backend;
use crate::model::{Model, Place};

impl Place {
    /// Where they are here, and where in a model of these layers alone.
    fn beside<M: Model>(&self) -> [(core::ops::Range<usize>, core::ops::Range<usize>); 2] {
        let trained = M::LAYOUT.trained;
        [
            (self.params..self.params + self.params_len, 0..trained),
            (self.state..self.state + self.state_len, trained..M::LAYOUT.params()),
        ]
    }
}

/// Of a model that is a layer.
impl<B: Backend, L> Weights<'_, B, L> {
    /// Gives a model of its own the weights that this one has in the model around it, as after a training.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// sequential! { struct Encoder< Dense<4, 2, Tanh> > }
    /// sequential! { struct Net< Input<4>, encoder: Encoder, Dense<_, 1> > }
    /// let (net, mut encoder) = (Net::<Cpu>::new(1), Encoder::<Cpu>::new(2));
    /// net.encoder().copy_to(&mut encoder);
    /// ```
    pub fn copy_to<M: Model<Backend = B, Architecture = L>>(&self, model: &mut M) {
        for (here, there) in self.place.beside::<M>() {
            let store = model.store_mut();
            store.device.copy(B::view(&self.store.params, here), B::view_mut(&mut store.params, there));
        }
    }
}

/// Of a model that is a layer.
impl<B: Backend, L> WeightsMut<'_, B, L> {
    /// Takes the weights of a model, as those of one that was trained before.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// sequential! { struct Encoder< Dense<4, 2, Tanh> > }
    /// sequential! { struct Net< Input<4>, #[frozen] encoder: Encoder, Dense<_, 1> > }
    /// let (mut net, mut encoder) = (Net::<Cpu>::new(1), Encoder::<Cpu>::new(2));
    /// net.encoder_mut().copy_from(&encoder);
    /// let x = [[0.1, 0.2, 0.3, 0.4]];
    /// assert_eq!(net.until_encoder().predict(&x)?.as_slice(), encoder.predict(&x)?.as_slice());
    /// # keras_core::Result::Ok(())
    /// ```
    pub fn copy_from<M: Model<Backend = B, Architecture = L>>(&mut self, model: &M) {
        for (here, there) in self.place.beside::<M>() {
            let from = B::view(&model.store().params, there);
            self.store.device.copy(from, B::view_mut(&mut self.store.params, here));
        }
    }
}
