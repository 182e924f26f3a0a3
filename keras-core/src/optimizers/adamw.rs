use super::adam::{Adam, AdamStep, adam_options};
use super::options::common_options;
use super::{Optimizer, Options};
use crate::config::configured;
use crate::error::Result;

/// [`Adam`] with weight decay apart from the gradients: `learning_rate · weight_decay · p` is taken
/// off each parameter `p` before Adam's step. Keras: `AdamW`, `adamw`.
///
/// Defaults: weight decay 0.004; learning rate 0.001, beta 1 0.9, beta 2 0.999, epsilon 1e-7, no
/// `amsgrad`.
/// Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
///
/// ```
/// use keras_core::prelude::*;
/// let adamw = AdamW::new(0.01).weight_decay(0.1);
/// assert_eq!(adamw.options().weight_decay, 0.1);
/// assert_eq!(AdamW::default().options().weight_decay, 0.004);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamW {
    adam: Adam,
}

impl AdamW {
    /// AdamW with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Self { adam: Adam::new(learning_rate).weight_decay(0.004) }
    }
    adam_options!(adam);
    common_options!(adam.options);
}

impl Default for AdamW {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for AdamW {
    type Update = AdamStep;
    const NAME: &'static str = "adamw";

    fn slot_names(&self) -> &'static [&'static str] {
        self.adam.slot_names()
    }
    fn step(&self, iteration: u64) -> AdamStep {
        self.adam.step(iteration)
    }
    fn options(&self) -> &Options {
        &self.adam.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.adam.options
    }
    fn check(&self) -> Result<()> {
        self.adam.check_as(Self::NAME)
    }
}

configured! {
    [] AdamW, "AdamW", "keras.optimizers", Default::default(), |this, fields| {
        this.adam.options.configure("adam_w", Self::default().adam.options.weight_decay, fields)?;
        fields.field("beta_1", &mut this.adam.beta_1)?;
        fields.field("beta_2", &mut this.adam.beta_2)?;
        fields.field("epsilon", &mut this.adam.epsilon)?;
        fields.field("amsgrad", &mut this.adam.amsgrad)?;
    }
}
