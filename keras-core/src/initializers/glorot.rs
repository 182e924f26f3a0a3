use super::fans::fans;
use super::{Distribution, Initializer};
use crate::backend::Random;
use crate::config::configured;
use crate::shape::Dims;

/// Uniform within ± √(6 / (fan in + fan out)): the default of kernels. Keras: `GlorotUniform`.
///
/// Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
/// networks", 2010.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GlorotUniform;

/// Truncated normal of standard deviation √(2 / (fan in + fan out)). Keras: `GlorotNormal`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GlorotNormal;

impl Initializer for GlorotUniform {
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        let (inputs, outputs) = fans(dims);
        Distribution::Uniform.fill(2.0 / (inputs + outputs).max(2.0), random, values);
    }
}

impl Initializer for GlorotNormal {
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        let (inputs, outputs) = fans(dims);
        Distribution::TruncatedNormal.fill(2.0 / (inputs + outputs).max(2.0), random, values);
    }
}

configured! {
    [] GlorotUniform, "GlorotUniform", "keras.initializers", Default::default(), |this, fields| {
        let _ = this;
        fields.unused("seed", serde_json::Value::Null);
        fields.null("input_axes")?;
        fields.null("output_axes")?;
    }
}

configured! {
    [] GlorotNormal, "GlorotNormal", "keras.initializers", Default::default(), |this, fields| {
        let _ = this;
        fields.unused("seed", serde_json::Value::Null);
        fields.null("input_axes")?;
        fields.null("output_axes")?;
    }
}
