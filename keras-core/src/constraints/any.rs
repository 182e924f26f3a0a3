use core::fmt::Debug;
use std::sync::Arc;

use super::Constraint;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// A [`Constraint`] without its type.
trait Erased: Debug + Send + Sync {
    fn of_f32s(&self, dims: Dims, values: &mut [f32]) -> Result<()>;
    fn of_f64s(&self, dims: Dims, values: &mut [f64]) -> Result<()>;
}

impl<C: Constraint> Erased for C {
    fn of_f32s(&self, dims: Dims, values: &mut [f32]) -> Result<()> {
        self.project(dims, values)
    }
    fn of_f64s(&self, dims: Dims, values: &mut [f64]) -> Result<()> {
        self.project(dims, values)
    }
}

/// Any constraint, as a layer keeps it.
#[derive(Clone, Debug)]
pub struct AnyConstraint(Arc<dyn Erased>);

impl<C: Constraint> From<C> for AnyConstraint {
    fn from(constraint: C) -> Self {
        Self(Arc::new(constraint))
    }
}

impl AnyConstraint {
    /// As [`Constraint::project`].
    ///
    /// # Errors
    /// As there.
    pub fn project<E: Element>(&self, dims: Dims, values: &mut [E]) -> Result<()> {
        if E::f32s(values).is_some() {
            return E::f32s_mut(values).map_or(Ok(()), |values| self.0.of_f32s(dims, values));
        }
        E::f64s_mut(values).map_or(Ok(()), |values| self.0.of_f64s(dims, values))
    }
}
