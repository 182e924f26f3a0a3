use core::fmt::Debug;
use std::sync::Arc;

use super::{L1, L1L2, L2, OrthogonalRegularizer, Regularizer};
use crate::element::Element;
use crate::error::Result;
use crate::names::by_name;
use crate::shape::Dims;

/// A [`Regularizer`] without its type.
trait Erased: core::any::Any + Debug + Send + Sync {
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

/// Any regularizer, as a layer keeps it. By name it is one with Keras' defaults.
///
/// ```
/// use keras_core::regularizers::AnyRegularizer;
/// let regularizer: AnyRegularizer = "l1_l2".parse()?;
/// assert_eq!(format!("{regularizer:?}"), "AnyRegularizer(L1L2 { l1: 0.0, l2: 0.0 })");
/// assert!("l1_l3".parse::<AnyRegularizer>().unwrap_err().to_string().contains("such as `l1_l2`"));
/// # Ok::<(), keras_core::Error>(())
/// ```
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

by_name!(AnyRegularizer, REGULARIZERS, L1 L2 L1L2 OrthogonalRegularizer);

#[cfg(feature = "serde")]
impl AnyRegularizer {
    fn object(&self) -> crate::error::Result<serde_json::Value> {
        let any: &dyn core::any::Any = &*self.0;
        macro_rules! written {
            ($($type:ident)*) => {$(if let Some(it) = any.downcast_ref::<$type>() {
                return crate::config::object(it);
            })*};
        }
        written!(L1 L2 L1L2 OrthogonalRegularizer);
        Err(crate::config::unwritable(keras_shapes::names::REGULARIZERS.what, &self.0))
    }
}

#[cfg(feature = "serde")]
crate::config::any_configured! {
    AnyRegularizer, REGULARIZERS, |this| this.object();
    L1 => L1;
    L2 => L2;
    L1L2 => L1L2;
    OrthogonalRegularizer => OrthogonalRegularizer;
}

#[cfg(test)]
mod tests {
    use super::AnyRegularizer;

    #[test]
    fn every_name_of_the_table_is_one() {
        for name in keras_shapes::names::REGULARIZERS.all {
            for spelling in name.spellings() {
                let any: AnyRegularizer = spelling.parse().unwrap();
                assert!(format!("{any:?}").contains(name.class), "{spelling}: {any:?}");
            }
        }
    }
}
