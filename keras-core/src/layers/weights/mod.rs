//! The weights of a model's layers, by the layers' types: each with its own methods.

mod batch_normalization;
mod conv2d;
mod dense;
mod depthwise_conv_2d;
mod model;
mod separable_conv_2d;

use core::marker::PhantomData;
use core::ops::Range;

use crate::backend::{Backend, Cpu};
use crate::element::Element;
use crate::model::{Place, Store};

/// The weights of one layer of a model, by the layer's type.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { pub struct Net< hidden: Dense<3, 2, Relu>, Dense<_, 1> > }
/// let mut net = Net::<Cpu>::new(1);
/// let kernel: &[[f32; 2]; 3] = net.hidden().kernel();
/// assert!(kernel[0][0] != 0.0);
/// net.hidden_mut().bias()[1] = 0.5;
/// assert_eq!(net.hidden().bias(), &[0.0, 0.5]);
/// ```
pub struct Weights<'a, B: Backend, L> {
    store: &'a Store<B>,
    place: Place,
    layer: PhantomData<L>,
}

/// The weights of one layer of a model, to be changed.
pub struct WeightsMut<'a, B: Backend, L> {
    store: &'a mut Store<B>,
    place: Place,
    layer: PhantomData<L>,
}

impl<'a, B: Backend, L> Weights<'a, B, L> {
    #[doc(hidden)]
    #[must_use]
    pub fn new(store: &'a Store<B>, place: Place) -> Self {
        Self { store, place, layer: PhantomData }
    }
}

impl<'a, B: Backend, L> WeightsMut<'a, B, L> {
    #[doc(hidden)]
    #[must_use]
    pub fn new(store: &'a mut Store<B>, place: Place) -> Self {
        Self { store, place, layer: PhantomData }
    }
}

impl<'a, E: Element, L> Weights<'a, Cpu<E>, L> {
    /// What the layer learns.
    fn params(&self, range: Range<usize>) -> &'a [E] {
        &self.store.params()[self.place.params..][range]
    }

    /// What the layer remembers.
    fn state(&self, range: Range<usize>) -> &'a [E] {
        &self.store.params()[self.place.state..][range]
    }
}

impl<E: Element, L> WeightsMut<'_, Cpu<E>, L> {
    fn params(&mut self, range: Range<usize>) -> &mut [E] {
        &mut self.store.params_mut()[self.place.params..][range]
    }

    fn state(&mut self, range: Range<usize>) -> &mut [E] {
        &mut self.store.params_mut()[self.place.state..][range]
    }
}

/// A slice in rows of `O`.
fn rows<E, const I: usize, const O: usize>(values: &[E]) -> &[[E; O]; I] {
    match values.as_chunks().0.try_into() {
        Ok(rows) => rows,
        Err(_) => unreachable!("the kernel has {I} rows of {O}"),
    }
}

fn rows_mut<E, const I: usize, const O: usize>(values: &mut [E]) -> &mut [[E; O]; I] {
    match values.as_chunks_mut().0.try_into() {
        Ok(rows) => rows,
        Err(_) => unreachable!("the kernel has {I} rows of {O}"),
    }
}

fn row<E, const O: usize>(values: &[E]) -> &[E; O] {
    &rows::<E, 1, O>(values)[0]
}

fn row_mut<E, const O: usize>(values: &mut [E]) -> &mut [E; O] {
    &mut rows_mut::<E, 1, O>(values)[0]
}
