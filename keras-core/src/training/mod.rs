//! Training as in Keras: compile, fit, evaluate, predict.

pub mod callbacks;
mod compiled;
mod history;
mod logs;
pub(crate) mod predict;

pub use compiled::Compiled;
pub use history::History;
pub use logs::Logs;
