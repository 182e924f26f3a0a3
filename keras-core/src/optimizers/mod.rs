//! Optimizers: one small file each. An update is one pass over the whole parameter arena.

mod adam;
mod adamw;
mod check;
mod clip;
mod each;
mod options;
mod rmsprop;
mod sgd;
mod state;

use core::fmt::Debug;

pub use adam::Adam;
pub use adamw::AdamW;
pub use options::Options;
pub use rmsprop::RMSprop;
pub use sgd::SGD;
pub use state::OptimizerState;

use crate::element::Element;
use crate::error::Result;

/// The most state arrays that an optimizer may have.
pub const MAX_SLOTS: usize = 4;

/// The numbers of one step of an optimizer, and its formula.
pub trait Update: Send + Sync {
    /// Changes the parameters `p` by the gradients `g`. All slices have the same length; of `slots`,
    /// the optimizer's state, as many are filled as [`Optimizer::slot_names`] names, in that order.
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]);
}

/// How parameters follow their gradients.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an optimizer",
    label = "expected an optimizer, such as `Adam::default()`"
)]
pub trait Optimizer: Clone + Debug + Send + Sync + 'static {
    /// One step of it.
    type Update: Update;
    /// Keras' name: `adam`.
    const NAME: &'static str;

    /// Keras' names of its state arrays, at most [`MAX_SLOTS`]. Each is as long as the parameters and
    /// begins as zeros.
    fn slot_names(&self) -> &'static [&'static str];
    /// The step number `iteration`, counted from 1.
    fn step(&self, iteration: u64) -> Self::Update;
    /// What all optimizers have.
    fn options(&self) -> &Options;
    /// The same, to be changed.
    fn options_mut(&mut self) -> &mut Options;

    /// The learning rate in force.
    fn learning_rate(&self) -> f64 {
        self.options().learning_rate
    }
    /// Changes the learning rate, from the next step on.
    fn set_learning_rate(&mut self, learning_rate: f64) {
        self.options_mut().learning_rate = learning_rate;
    }
    /// Whether its numbers make sense; `fit` asks before it begins.
    ///
    /// # Errors
    /// An [`Argument`](crate::Error::Argument) that names the number, what it may be and what it is.
    fn check(&self) -> Result<()> {
        self.options().check(Self::NAME)
    }
}
