//! Initializers: what parameters are before training.

mod constant;
mod distribution;
mod fans;
mod glorot;
mod he;
mod identity;
mod lecun;
mod normal;
mod orthogonal;
mod random_uniform;
mod stft;
mod stft_window;
#[cfg(test)]
mod tests;
mod variance_scaling;

use core::fmt::Debug;
use std::sync::Arc;

pub use constant::{Constant, Ones, Zeros};
pub use distribution::Distribution;
pub use glorot::{GlorotNormal, GlorotUniform};
pub use he::{HeNormal, HeUniform};
pub use identity::Identity;
pub use lecun::{LecunNormal, LecunUniform};
pub use normal::{RandomNormal, TruncatedNormal};
pub use orthogonal::Orthogonal;
pub use random_uniform::RandomUniform;
pub use stft::{STFT, StftScaling};
pub use stft_window::StftWindow;
pub use variance_scaling::{FanMode, VarianceScaling};

use crate::backend::Random;
use crate::shape::Dims;

/// Fills a variable before training.
pub trait Initializer: Debug + Send + Sync + 'static {
    /// Writes the values of a variable of shape `dims`, drawing from `random`.
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]);
}

/// Any initializer, as a layer keeps it.
#[derive(Clone, Debug)]
pub struct AnyInitializer(Arc<dyn Initializer>);

impl AnyInitializer {
    /// Fills a variable of shape `dims`.
    pub fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        self.0.fill(dims, random, values);
    }
}

impl<I: Initializer> From<I> for AnyInitializer {
    fn from(initializer: I) -> Self {
        Self(Arc::new(initializer))
    }
}
