use super::Initializer;
use super::distribution::draw;
use crate::backend::Random;
use crate::config::configured;
use crate::shape::Dims;

/// Normal. Keras: `RandomNormal`, of mean 0 and standard deviation 0.05 by default.
///
/// In a model: `kernel_initializer = RandomNormal<stddev = 0.1>`.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { struct Net< Dense<4, 3, kernel_initializer = RandomNormal<stddev = 0.1>>, Dense<_, 1> > }
/// assert_eq!(Net::<Cpu>::PARAMS, 19);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RandomNormal {
    mean: f64,
    stddev: f64,
}

/// Normal, drawn again where it is more than two standard deviations off the mean. Keras:
/// `TruncatedNormal`, of mean 0 and standard deviation 0.05 (before it is truncated) by default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TruncatedNormal {
    mean: f64,
    stddev: f64,
}

impl RandomNormal {
    /// With this mean and standard deviation.
    #[must_use]
    pub const fn new(mean: f64, stddev: f64) -> Self {
        Self { mean, stddev }
    }
}

impl TruncatedNormal {
    /// With this mean and standard deviation.
    #[must_use]
    pub const fn new(mean: f64, stddev: f64) -> Self {
        Self { mean, stddev }
    }
}

impl Default for RandomNormal {
    fn default() -> Self {
        Self::new(0.0, 0.05)
    }
}

impl Default for TruncatedNormal {
    fn default() -> Self {
        Self::new(0.0, 0.05)
    }
}

impl Initializer for RandomNormal {
    fn fill(&self, _: Dims, random: &mut Random, values: &mut [f32]) {
        draw(values, || self.mean + random.normal() * self.stddev);
    }
}

impl Initializer for TruncatedNormal {
    fn fill(&self, _: Dims, random: &mut Random, values: &mut [f32]) {
        draw(values, || self.mean + random.truncated_normal() * self.stddev);
    }
}

configured! {
    [] RandomNormal, "RandomNormal", "keras.initializers", Default::default(), |this, fields| {
        fields.unused("seed", serde_json::Value::Null);
        fields.field("mean", &mut this.mean)?;
        fields.field("stddev", &mut this.stddev)?;
    }
}

configured! {
    [] TruncatedNormal, "TruncatedNormal", "keras.initializers", Default::default(), |this, fields| {
        fields.unused("seed", serde_json::Value::Null);
        fields.field("mean", &mut this.mean)?;
        fields.field("stddev", &mut this.stddev)?;
    }
}
