use super::Initializer;
use super::fans::matrix;
use crate::backend::Random;
use crate::config::configured;
use crate::shape::Dims;

/// `gain` on the diagonal, 0 elsewhere. Keras: `Identity`, `gain` 1 by default.
///
/// Keras takes matrices alone. Here a variable of more axes is a matrix whose columns are its last axis,
/// and a vector a matrix of one row. In a model: `kernel_initializer = Identity<0.5>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Identity {
    gain: f64,
}

impl Identity {
    /// With another number on the diagonal.
    #[must_use]
    pub const fn new(gain: f64) -> Self {
        Self { gain }
    }
}

impl Default for Identity {
    fn default() -> Self {
        Self::new(1.0)
    }
}

impl Initializer for Identity {
    fn fill(&self, dims: Dims, _: &mut Random, values: &mut [f32]) {
        let (_, columns) = matrix(dims);
        values.fill(0.0);
        for (i, row) in values.chunks_mut(columns.max(1)).take(columns).enumerate() {
            if let Some(v) = row.get_mut(i) {
                *v = self.gain as f32;
            }
        }
    }
}

configured! {
    [] Identity, "Identity", "keras.initializers", Default::default(), |this, fields| {
        fields.own("gain", &mut this.gain, 1.0)?;
    }
}
