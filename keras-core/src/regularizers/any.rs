use core::fmt::Debug;
use std::sync::Arc;

use super::Regularizer;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// A [`Regularizer`] without its type.
trait Erased: Debug + Send + Sync {
    fn of_f32s(&self, dims: Dims, values: &[f32], gradient: Option<&mut [f32]>) -> Result<f64>;
    fn of_f64s(&self, dims: Dims, values: &[f64], gradient: Option<&mut [f64]>) -> Result<f64>;
}

impl<R: Regularizer> Erased for R {
    fn of_f32s(&self, dims: Dims, values: &[f32], gradient: Option<&mut [f32]>) -> Result<f64> {
        self.penalty(dims, values, gradient)
    }
    fn of_f64s(&self, dims: Dims, values: &[f64], gradient: Option<&mut [f64]>) -> Result<f64> {
        self.penalty(dims, values, gradient)
    }
}

/// Any regularizer, as a layer keeps it.
#[derive(Clone, Debug)]
pub struct AnyRegularizer(Arc<dyn Erased>);

impl<R: Regularizer> From<R> for AnyRegularizer {
    fn from(regularizer: R) -> Self {
        Self(Arc::new(regularizer))
    }
}

impl AnyRegularizer {
    /// As [`Regularizer::penalty`].
    ///
    /// # Errors
    /// As there.
    pub fn penalty<E: Element>(&self, dims: Dims, values: &[E], gradient: Option<&mut [E]>) -> Result<f64> {
        if let Some(values) = E::f32s(values) {
            return self.0.of_f32s(dims, values, gradient.and_then(E::f32s_mut));
        }
        match E::f64s(values) {
            Some(values) => self.0.of_f64s(dims, values, gradient.and_then(E::f64s_mut)),
            None => unreachable!("an element is one of the two"),
        }
    }
}
