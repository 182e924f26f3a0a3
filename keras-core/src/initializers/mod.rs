//! Initializers: what parameters are before training.

mod constant;
mod fans;
mod glorot;
mod he;

use core::fmt::Debug;
use std::sync::Arc;

pub use constant::{Constant, Ones, Zeros};
pub use glorot::{GlorotNormal, GlorotUniform};
pub use he::{HeNormal, HeUniform};

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
