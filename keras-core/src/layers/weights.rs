use core::marker::PhantomData;

use super::Dense;
use crate::backend::{Backend, Cpu};
use crate::element::Element;
use crate::model::Store;

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
    offset: usize,
    layer: PhantomData<L>,
}

/// The weights of one layer of a model, to be changed.
pub struct WeightsMut<'a, B: Backend, L> {
    store: &'a mut Store<B>,
    offset: usize,
    layer: PhantomData<L>,
}

impl<'a, B: Backend, L> Weights<'a, B, L> {
    #[doc(hidden)]
    #[must_use]
    pub fn new(store: &'a Store<B>, offset: usize) -> Self {
        Self { store, offset, layer: PhantomData }
    }
}

impl<'a, B: Backend, L> WeightsMut<'a, B, L> {
    #[doc(hidden)]
    #[must_use]
    pub fn new(store: &'a mut Store<B>, offset: usize) -> Self {
        Self { store, offset, layer: PhantomData }
    }
}

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

impl<'a, E: Element, const IN: usize, const OUT: usize, A, const USE_BIAS: bool>
    Weights<'a, Cpu<E>, Dense<IN, OUT, A, USE_BIAS>>
{
    /// The kernel: a row for each input, a column for each unit.
    #[must_use]
    pub fn kernel(&self) -> &'a [[E; OUT]; IN] {
        rows(&self.store.params()[self.offset..self.offset + IN * OUT])
    }
}

impl<'a, E: Element, const IN: usize, const OUT: usize, A> Weights<'a, Cpu<E>, Dense<IN, OUT, A, true>> {
    /// The bias: one number a unit.
    #[must_use]
    pub fn bias(&self) -> &'a [E; OUT] {
        let start = self.offset + IN * OUT;
        &rows::<E, 1, OUT>(&self.store.params()[start..start + OUT])[0]
    }
}

impl<E: Element, const IN: usize, const OUT: usize, A, const USE_BIAS: bool>
    WeightsMut<'_, Cpu<E>, Dense<IN, OUT, A, USE_BIAS>>
{
    /// The kernel: a row for each input, a column for each unit.
    #[must_use]
    pub fn kernel(&mut self) -> &mut [[E; OUT]; IN] {
        rows_mut(&mut self.store.params_mut()[self.offset..self.offset + IN * OUT])
    }
}

impl<E: Element, const IN: usize, const OUT: usize, A> WeightsMut<'_, Cpu<E>, Dense<IN, OUT, A, true>> {
    /// The bias: one number a unit.
    #[must_use]
    pub fn bias(&mut self) -> &mut [E; OUT] {
        let start = self.offset + IN * OUT;
        &mut rows_mut::<E, 1, OUT>(&mut self.store.params_mut()[start..start + OUT])[0]
    }
}
