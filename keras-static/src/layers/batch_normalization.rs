use keras_shapes::Dims;

use super::{Layer, Variable};
use crate::shape::Shape;
use crate::weights::{Numbers, number, variable};

/// `y = (x - moving_mean) / √(moving_variance + epsilon) · gamma + beta`, feature by feature.
#[derive(Debug)]
pub struct BatchNormalization<const CENTER: bool = true, const SCALE: bool = true> {
    epsilon: f32,
}

impl<const CENTER: bool, const SCALE: bool> Default for BatchNormalization<CENTER, SCALE> {
    fn default() -> Self {
        Self { epsilon: 1e-3 }
    }
}

impl<const CENTER: bool, const SCALE: bool> BatchNormalization<CENTER, SCALE> {
    /// With another number that is added to the variance.
    #[must_use]
    pub fn epsilon(mut self, epsilon: f64) -> Self {
        self.epsilon = epsilon as f32;
        self
    }
}

impl<In: Shape, const CENTER: bool, const SCALE: bool> Layer<In> for BatchNormalization<CENTER, SCALE> {
    const OUT: Dims = In::DIMS;
    const VARIABLES: &'static [Variable] = {
        let n = [In::DIMS.last()];
        let (mean, variance) = (variable("moving_mean", n), variable("moving_variance", n));
        match (SCALE, CENTER) {
            (true, true) => &[mean, variance, variable("gamma", n), variable("beta", n)],
            (true, false) => &[mean, variance, variable("gamma", n)],
            (false, true) => &[mean, variance, variable("beta", n)],
            (false, false) => &[mean, variance],
        }
    };
    const IN_PLACE: bool = true;

    fn run(&self, weights: &[Numbers], _: &[f32], y: &mut [f32]) {
        let features = In::DIMS.last();
        let of = |variable: usize, feature: usize| number(&weights[variable][feature]);
        for i in 0..features {
            let at = |variable: usize| of(variable, i);
            let inverse = 1.0 / libm::sqrtf(at(1) + self.epsilon);
            let factor = if SCALE { inverse * at(2) } else { inverse };
            let shift = if CENTER { at(2 + usize::from(SCALE)) } else { 0.0 };
            for y in y.iter_mut().skip(i).step_by(features) {
                *y = (*y - at(0)) * factor + shift;
            }
        }
    }
}
