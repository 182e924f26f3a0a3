//! Training as in Keras: compile, fit, evaluate, predict.

mod batches;
pub mod callbacks;
mod compiled;
mod differentiate;
mod evaluate;
mod fit;
mod gradients;
mod history;
mod logs;
mod looping;
mod on_batch;
mod pass;
pub(crate) mod predict;
mod progress;
mod running;
mod save;
mod scores;
mod session;
mod step;
mod tiles;
mod train;
mod until;
mod validation;
mod weights;

pub use compiled::Compiled;
pub use differentiate::{Differentiate, InputTensors, Pullback};
pub use evaluate::Evaluate;
pub use fit::{Fit, NoValidation};
pub use gradients::Gradients;
pub use history::History;
pub use logs::Logs;
pub use progress::Verbose;
pub(crate) use running::{Position, Running};
pub use train::Train;
pub use until::Until;
pub use validation::{Validation, ValidationRows};
