use super::fans::fans;
use super::{Distribution, Initializer};
use crate::backend::Random;
use crate::config::configured;
use crate::shape::Dims;

/// Uniform within ± √(3 / fan in). Keras: `LecunUniform`.
///
/// Source: LeCun, Bottou, Orr and Müller, "Efficient backprop", 1998.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LecunUniform;

/// Truncated normal of standard deviation √(1 / fan in): what [`Selu`](crate::activations::Selu) wants.
/// Keras: `LecunNormal`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LecunNormal;

impl Initializer for LecunUniform {
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        Distribution::Uniform.fill(1.0 / fans(dims).0.max(1.0), random, values);
    }
}

impl Initializer for LecunNormal {
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        Distribution::TruncatedNormal.fill(1.0 / fans(dims).0.max(1.0), random, values);
    }
}

configured! {
    [] LecunUniform, "LecunUniform", "keras.initializers", Default::default(), |this, fields| {
        let _ = this;
        fields.unused("seed", serde_json::Value::Null);
        fields.null("input_axes")?;
        fields.null("output_axes")?;
    }
}

configured! {
    [] LecunNormal, "LecunNormal", "keras.initializers", Default::default(), |this, fields| {
        let _ = this;
        fields.unused("seed", serde_json::Value::Null);
        fields.null("input_axes")?;
        fields.null("output_axes")?;
    }
}
