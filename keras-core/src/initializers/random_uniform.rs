use super::Initializer;
use super::distribution::draw;
use crate::backend::Random;
use crate::config::configured;
use crate::shape::Dims;

/// Uniform from `minval` to `maxval`. Keras: `RandomUniform`, -0.05 and 0.05 by default.
///
/// In a model: `kernel_initializer = RandomUniform<-0.1, 0.1>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RandomUniform {
    minval: f64,
    maxval: f64,
}

impl RandomUniform {
    /// Between these.
    #[must_use]
    pub const fn new(minval: f64, maxval: f64) -> Self {
        Self { minval, maxval }
    }
}

impl Default for RandomUniform {
    fn default() -> Self {
        Self::new(-0.05, 0.05)
    }
}

impl Initializer for RandomUniform {
    fn fill(&self, _: Dims, random: &mut Random, values: &mut [f32]) {
        draw(values, || self.minval + (self.maxval - self.minval) * random.uniform());
    }
}

configured! {
    [] RandomUniform, "RandomUniform", "keras.initializers", Default::default(), |this, fields| {
        fields.unused("seed", serde_json::Value::Null);
        fields.field("minval", &mut this.minval)?;
        fields.field("maxval", &mut this.maxval)?;
    }
}
