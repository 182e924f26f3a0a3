//! Training as in Keras: compile, fit, evaluate, predict.

mod compiled;
pub(crate) mod predict;

pub use compiled::Compiled;
