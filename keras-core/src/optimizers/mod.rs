//! Optimizers: one small file each. An update is one pass over the whole parameter arena, or, where the
//! formula has to know the variables, a few passes over each of them.

mod adadelta;
mod adafactor;
mod adagrad;
mod adam;
mod adamax;
mod adamw;
mod any;
mod check;
mod clip;
mod each;
mod ftrl;
mod lamb;
mod lion;
mod loss_scale;
mod multi;
mod muon;
mod nadam;
mod options;
mod parts;
mod passes;
mod product;
mod rmsprop;
mod schedule_free_adamw;
mod sgd;
mod slots;
mod state;
mod weight;

use core::fmt::Debug;

pub use adadelta::Adadelta;
pub use adafactor::Adafactor;
pub use adagrad::Adagrad;
pub use adam::Adam;
pub use adamax::Adamax;
pub use adamw::AdamW;
pub use any::{AnyOptimizer, AnyStep};
pub use ftrl::Ftrl;
pub use lamb::Lamb;
pub use lion::Lion;
pub use loss_scale::{LossScaleOptimizer, LossScaling};
pub use multi::MultiOptimizer;
pub use muon::Muon;
pub use nadam::Nadam;
pub use options::Options;
pub use rmsprop::RMSprop;
pub use schedule_free_adamw::ScheduleFreeAdamW;
pub use sgd::SGD;
pub use slots::{Slot, Start};
pub use state::OptimizerState;
pub use weight::{Buffers, Weight};

use crate::backend::Backend;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Dims;

/// The most state arrays that an optimizer may have.
pub const MAX_SLOTS: usize = 4;

/// The numbers of one step of an optimizer, and its formula.
pub trait Update: Send + Sync {
    /// Changes the parameters `p` by the gradients `g`. All slices have the same length; of `slots`,
    /// the optimizer's state, as many are filled as [`Optimizer::slot_names`] names, in that order.
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]);

    /// The step of one variable, for an optimizer that goes [by weight](Optimizer::by_weight), in terms
    /// of what a device can do.
    fn weight<B: Backend>(&self, device: &B, _weight: &Weight, of: Buffers<'_, B>)
    where
        Self: Sized,
    {
        device.update(self, of.params, B::freeze(of.grads), of.slots);
    }
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

    /// Keras' names of its state arrays, at most [`MAX_SLOTS`].
    fn slot_names(&self) -> &'static [&'static str];
    /// The step number `iteration`, counted from 1, with the learning rate that the options have.
    fn step(&self, iteration: u64) -> Self::Update;
    /// What all optimizers have.
    fn options(&self) -> &Options;
    /// The same, to be changed.
    fn options_mut(&mut self) -> &mut Options;

    /// What a state array begins as. Default: zeros.
    fn slot_start(&self, _slot: usize) -> Start {
        Start::Value(0.0)
    }
    /// Whether a step goes over the variables one by one, by [`Update::weight`], instead of over all
    /// parameters at once.
    fn by_weight(&self) -> bool {
        false
    }
    /// The shape of a variable's part of a state array, for an optimizer that goes by weight. Default: the
    /// variable's own.
    fn slot_dims(&self, _slot: usize, weight: &Weight) -> Dims {
        weight.dims
    }
    /// How many numbers of room a variable's step needs, for an optimizer that goes by weight.
    fn scratch(&self, _weight: &Weight) -> usize {
        0
    }
    /// The same without weight decay, for the variables that are excluded from it.
    #[must_use]
    fn without_weight_decay(&self) -> Self {
        let mut same = self.clone();
        same.options_mut().weight_decay = 0.0;
        same
    }
    /// How the loss is scaled, where that is adapted from step to step.
    fn loss_scaling(&self) -> Option<LossScaling> {
        None
    }

    /// The optimizers that it is made of, each for its layers; their state arrays are its own.
    fn several(&self) -> Option<&MultiOptimizer> {
        None
    }

    /// Keras' name of this one.
    fn name(&self) -> &'static str {
        Self::NAME
    }
    /// The learning rate; with a schedule, that of the first step.
    fn learning_rate(&self) -> f64 {
        self.options().learning_rate
    }
    /// The learning rate after this many steps.
    fn learning_rate_at(&self, step: u64) -> f64 {
        self.options().learning_rate_at(step)
    }
    /// Changes the learning rate, from the next step on.
    ///
    /// # Errors
    /// If the learning rate comes from a schedule.
    fn set_learning_rate(&mut self, learning_rate: f64) -> Result<()> {
        if let Some(schedule) = self.options().schedule {
            let argument = format!("learning_rate of {}", self.name());
            let expected = "an optimizer whose learning rate is a number, for it to be changed";
            return Err(Error::argument(argument, expected, format!("{schedule:?}")));
        }
        self.options_mut().learning_rate = learning_rate;
        Ok(())
    }
    /// Whether its numbers make sense; `fit` asks before it begins.
    ///
    /// # Errors
    /// An [`Argument`](crate::Error::Argument) that names the number, what it may be and what it is.
    fn check(&self) -> Result<()> {
        self.options().check(self.name())
    }
}
