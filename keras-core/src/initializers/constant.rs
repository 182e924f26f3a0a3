use super::Initializer;
use crate::backend::Random;
use crate::config::configured;
use crate::shape::Dims;

/// Zeros: the default of biases. Keras: `Zeros`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Zeros;

/// Ones. Keras: `Ones`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ones;

/// One value everywhere. Keras: `Constant`, 0 by default.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Constant {
    value: f64,
}

impl Constant {
    /// This value everywhere.
    #[must_use]
    pub const fn new(value: f64) -> Self {
        Self { value }
    }
}

impl Initializer for Zeros {
    fn fill(&self, _: Dims, _: &mut Random, values: &mut [f32]) {
        values.fill(0.0);
    }
}

impl Initializer for Ones {
    fn fill(&self, _: Dims, _: &mut Random, values: &mut [f32]) {
        values.fill(1.0);
    }
}

impl Initializer for Constant {
    fn fill(&self, _: Dims, _: &mut Random, values: &mut [f32]) {
        values.fill(self.value as f32);
    }
}

configured! {
    [] Zeros, "Zeros", "keras.initializers", Default::default(), |this, fields| {
        let _ = this; let _ = fields;
    }
}

configured! {
    [] Ones, "Ones", "keras.initializers", Default::default(), |this, fields| {
        let _ = this; let _ = fields;
    }
}

configured! {
    [] Constant, "Constant", "keras.initializers", Default::default(), |this, fields| {
        fields.field("value", &mut this.value)?;
    }
}
