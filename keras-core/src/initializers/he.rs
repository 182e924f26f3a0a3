use super::fans::fans;
use super::{Distribution, Initializer};
use crate::backend::Random;
use crate::config::configured;
use crate::shape::Dims;

/// Uniform within ± √(6 / fan in). Keras: `HeUniform`.
///
/// Source: He et al., "Delving deep into rectifiers", 2015.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HeUniform;

/// Truncated normal of standard deviation √(2 / fan in). Keras: `HeNormal`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HeNormal;

impl Initializer for HeUniform {
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        Distribution::Uniform.fill(2.0 / fans(dims).0.max(1.0), random, values);
    }
}

impl Initializer for HeNormal {
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        Distribution::TruncatedNormal.fill(2.0 / fans(dims).0.max(1.0), random, values);
    }
}

configured! {
    [] HeUniform, "HeUniform", "keras.initializers", Default::default(), |this, fields| {
        let _ = this;
        fields.unused("seed", serde_json::Value::Null);
        fields.null("input_axes")?;
        fields.null("output_axes")?;
    }
}

configured! {
    [] HeNormal, "HeNormal", "keras.initializers", Default::default(), |this, fields| {
        let _ = this;
        fields.unused("seed", serde_json::Value::Null);
        fields.null("input_axes")?;
        fields.null("output_axes")?;
    }
}
