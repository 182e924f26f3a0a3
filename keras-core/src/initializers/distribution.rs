//! Numbers drawn in the three ways that initializers know.

use super::fans::TRUNCATED_DEVIATION;
use crate::backend::Random;

/// How the numbers of a [`VarianceScaling`](super::VarianceScaling) are distributed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Distribution {
    /// Normal within two standard deviations, widened so that the deviation is what was asked for.
    /// Keras: `truncated_normal`, `normal`.
    #[default]
    TruncatedNormal,
    /// Normal. Keras: `untruncated_normal`.
    UntruncatedNormal,
    /// Uniform between two limits. Keras: `uniform`.
    Uniform,
}

impl Distribution {
    /// Numbers of mean 0 and this variance.
    pub(super) fn fill(self, variance: f64, random: &mut Random, values: &mut [f32]) {
        match self {
            Self::TruncatedNormal => {
                let deviation = variance.sqrt() / TRUNCATED_DEVIATION;
                draw(values, || random.truncated_normal() * deviation);
            }
            Self::UntruncatedNormal => {
                let deviation = variance.sqrt();
                draw(values, || random.normal() * deviation);
            }
            Self::Uniform => {
                let limit = (3.0 * variance).sqrt();
                draw(values, || (2.0 * random.uniform() - 1.0) * limit);
            }
        }
    }
}

/// Each value by itself, in order.
pub(super) fn draw(values: &mut [f32], mut number: impl FnMut() -> f64) {
    for v in values {
        *v = number() as f32;
    }
}
