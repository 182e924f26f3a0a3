use super::Initializer;
use super::fans::{TRUNCATED_DEVIATION, fans};
use crate::backend::Random;
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
        uniform((6.0 / (inputs + outputs)).sqrt(), random, values);
    }
}

impl Initializer for GlorotNormal {
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        let (inputs, outputs) = fans(dims);
        truncated_normal((2.0 / (inputs + outputs)).sqrt(), random, values);
    }
}

pub(super) fn uniform(limit: f64, random: &mut Random, values: &mut [f32]) {
    for v in values {
        *v = ((2.0 * random.uniform() - 1.0) * limit) as f32;
    }
}

pub(super) fn truncated_normal(deviation: f64, random: &mut Random, values: &mut [f32]) {
    for v in values {
        *v = (random.truncated_normal() * deviation / TRUNCATED_DEVIATION) as f32;
    }
}
