//! Initializers: what parameters are before training.

mod any;
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

pub use any::AnyInitializer;
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
pub trait Initializer: core::any::Any + Debug + Send + Sync + 'static {
    /// Writes the values of a variable of shape `dims`, drawing from `random`.
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]);
}
