use core::fmt::Debug;
use std::sync::Arc;

use super::{Constraint, MaxNorm, MinMaxNorm, NonNeg, UnitNorm};
use crate::element::Element;
use crate::error::Result;
use crate::names::by_name;
use crate::shape::Dims;

/// A [`Constraint`] without its type.
trait Erased: core::any::Any + Debug + Send + Sync {
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

/// Any constraint, as a layer keeps it. By name it is one with Keras' defaults.
///
/// ```
/// use keras_core::constraints::AnyConstraint;
/// let constraint: AnyConstraint = "non_neg".parse()?;
/// assert_eq!(format!("{constraint:?}"), "AnyConstraint(NonNeg)");
/// assert!("non_neq".parse::<AnyConstraint>().unwrap_err().to_string().contains("such as `non_neg`"));
/// # Ok::<(), keras_core::Error>(())
/// ```
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

by_name!(AnyConstraint, CONSTRAINTS, MaxNorm MinMaxNorm NonNeg UnitNorm);

#[cfg(feature = "serde")]
impl AnyConstraint {
    fn object(&self) -> crate::error::Result<serde_json::Value> {
        let any: &dyn core::any::Any = &*self.0;
        macro_rules! written {
            ($($type:ident)*) => {$(if let Some(it) = any.downcast_ref::<$type>() {
                return crate::config::object(it);
            })*};
        }
        written!(MaxNorm MinMaxNorm NonNeg UnitNorm);
        Err(crate::config::unwritable(keras_shapes::names::CONSTRAINTS.what, &self.0))
    }
}

#[cfg(feature = "serde")]
crate::config::any_configured! {
    AnyConstraint, CONSTRAINTS, |this| this.object();
    MaxNorm => MaxNorm;
    MinMaxNorm => MinMaxNorm;
    NonNeg => NonNeg;
    UnitNorm => UnitNorm;
}

#[cfg(test)]
mod tests {
    use super::AnyConstraint;

    #[test]
    fn every_name_of_the_table_is_one() {
        for name in keras_shapes::names::CONSTRAINTS.all {
            for spelling in name.spellings() {
                let any: AnyConstraint = spelling.parse().unwrap();
                assert!(format!("{any:?}").contains(name.class), "{spelling}: {any:?}");
            }
        }
    }
}
