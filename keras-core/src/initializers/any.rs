use std::sync::Arc;

use super::{
    Constant, GlorotNormal, GlorotUniform, HeNormal, HeUniform, Identity, Initializer, LecunNormal,
    LecunUniform, Ones, Orthogonal, RandomNormal, RandomUniform, STFT, TruncatedNormal, VarianceScaling,
    Zeros,
};
use crate::backend::Random;
use crate::names::by_name;
use crate::shape::Dims;

/// Any initializer, as a layer keeps it. By name it is one with Keras' defaults.
///
/// ```
/// use keras_core::initializers::AnyInitializer;
/// let initializer: AnyInitializer = "he_normal".parse()?;
/// assert_eq!(format!("{initializer:?}"), "AnyInitializer(HeNormal)");
/// assert!("he_norml".parse::<AnyInitializer>().unwrap_err().to_string().contains("such as `he_normal`"));
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct AnyInitializer(Arc<dyn Initializer>);

impl AnyInitializer {
    /// Fills a variable of shape `dims`.
    pub fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        self.0.fill(dims, random, values);
    }
}

impl<I: Initializer> From<I> for AnyInitializer {
    fn from(initializer: I) -> Self {
        Self(Arc::new(initializer))
    }
}

by_name!(
    AnyInitializer, INITIALIZERS,
    Zeros Ones Constant GlorotUniform GlorotNormal HeUniform HeNormal LecunUniform LecunNormal RandomUniform RandomNormal TruncatedNormal VarianceScaling Orthogonal Identity STFT
);

#[cfg(feature = "serde")]
impl AnyInitializer {
    fn object(&self) -> crate::error::Result<serde_json::Value> {
        let any: &dyn core::any::Any = &*self.0;
        macro_rules! written {
            ($($type:ident)*) => {$(if let Some(it) = any.downcast_ref::<$type>() {
                return crate::config::object(it);
            })*};
        }
        written!(Zeros Ones Constant GlorotUniform GlorotNormal HeUniform HeNormal LecunUniform LecunNormal RandomUniform RandomNormal TruncatedNormal VarianceScaling Orthogonal Identity STFT);
        Err(crate::config::unwritable(keras_shapes::names::INITIALIZERS.what, &self.0))
    }
}

#[cfg(feature = "serde")]
crate::config::any_configured! {
    AnyInitializer, INITIALIZERS, |this| this.object();
    Zeros => Zeros;
    Ones => Ones;
    Constant => Constant;
    GlorotUniform => GlorotUniform;
    GlorotNormal => GlorotNormal;
    HeUniform => HeUniform;
    HeNormal => HeNormal;
    LecunUniform => LecunUniform;
    LecunNormal => LecunNormal;
    RandomUniform => RandomUniform;
    RandomNormal => RandomNormal;
    TruncatedNormal => TruncatedNormal;
    VarianceScaling => VarianceScaling;
    Orthogonal => Orthogonal;
    Identity => Identity;
    STFT => STFT;
}

#[cfg(test)]
mod tests {
    use super::AnyInitializer;

    #[test]
    fn every_name_of_the_table_is_one() {
        for name in keras_shapes::names::INITIALIZERS.all {
            for spelling in name.spellings() {
                let any: AnyInitializer = spelling.parse().unwrap();
                assert!(format!("{any:?}").contains(name.class), "{spelling}: {any:?}");
            }
        }
    }
}
