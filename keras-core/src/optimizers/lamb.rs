use super::check::{at_least_zero, below_one};
use super::each::each;
use super::options::{common_options, own_options};
use super::passes::{Descend, power};
use super::state::no_slots_of;
use super::{Buffers, MAX_SLOTS, Optimizer, Options, Update, Weight};
use crate::backend::Backend;
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// LAMB: [`Adam`](super::Adam) whose steps are as long as each variable is large, for large batches.
/// Keras: `Lamb`, `lamb`.
///
/// `m = beta_1 · m + (1 - beta_1) · g; v = beta_2 · v + (1 - beta_2) · g²;
/// u = m / (1 - beta_1ᵗ) / (√(v / (1 - beta_2ᵗ)) + epsilon); p -= learning_rate · |p| / |u| · u` in step `t`,
/// counted from 1; where a norm is 0, the quotient is 1.
///
/// Defaults: learning rate 0.001, beta 1 0.9, beta 2 0.999, epsilon 1e-7.
/// Source: You et al., "Large batch optimization for deep learning: training BERT in 76 minutes", 2020.
///
/// ```
/// use keras_core::prelude::*;
/// let lamb = Lamb::new(0.01).weight_decay(0.01);
/// assert_eq!(lamb.slot_names(), ["momentum", "velocity"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lamb {
    options: Options,
    beta_1: f64,
    beta_2: f64,
    epsilon: f64,
}

impl Lamb {
    /// LAMB with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Self { options: Options::new(learning_rate), beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 }
    }
    own_options! {
        /// How much of the gradients' mean is kept each step, from 0 to below 1.
        beta_1: f64,
        /// How much of their mean square is kept, from 0 to below 1.
        beta_2: f64,
        /// What is added to the root, so that it is not 0.
        epsilon: f64,
    }
    common_options!(options);
}

impl Default for Lamb {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for Lamb {
    type Update = LambStep;
    const NAME: &'static str = "lamb";

    fn slot_names(&self) -> &'static [&'static str] {
        &["momentum", "velocity"]
    }
    fn step(&self, iteration: u64) -> LambStep {
        LambStep {
            rate: self.options.learning_rate,
            keep: self.options.keep(),
            mean: 1.0 - self.beta_1,
            square: 1.0 - self.beta_2,
            unbias_mean: 1.0 / (1.0 - power(self.beta_1, iteration)),
            unbias_square: 1.0 / (1.0 - power(self.beta_2, iteration)),
            epsilon: self.epsilon,
        }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn by_weight(&self) -> bool {
        true
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        below_one(Self::NAME, "beta_1", self.beta_1)?;
        below_one(Self::NAME, "beta_2", self.beta_2)?;
        at_least_zero(Self::NAME, "epsilon", self.epsilon)
    }
}

/// One step of [`Lamb`].
#[derive(Clone, Copy, Debug)]
pub struct LambStep {
    rate: f64,
    keep: f64,
    mean: f64,
    square: f64,
    unbias_mean: f64,
    unbias_square: f64,
    epsilon: f64,
}

impl Update for LambStep {
    /// The direction, which takes the place of the gradients: `p` are those.
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (mean, square, epsilon) = (E::of(self.mean), E::of(self.square), E::of(self.epsilon));
        let (unbias_mean, unbias_square) = (E::of(self.unbias_mean), E::of(self.unbias_square));
        each(p, g, slots, |g, _, [m, v]| {
            *m += (g - *m) * mean;
            *v += (g * g - *v) * square;
            *m * unbias_mean / ((*v * unbias_square).sqrt() + epsilon)
        });
    }

    fn weight<B: Backend>(&self, device: &B, _: &Weight, of: Buffers<'_, B>) {
        let Buffers { mut params, mut grads, slots, scratch } = of;
        let (direction, old) = (B::lend(&mut grads), B::freeze(B::lend(&mut params)));
        let [length, size] = device.update_and_sums(self, direction, old, slots).map(f64::sqrt);
        let (direction, size) = (B::freeze(grads), self.keep.abs() * size);
        let ratio = if size > 0.0 && length > 0.0 { size / length } else { 1.0 };
        let descend = Descend { keep: self.keep, rate: self.rate * ratio };
        device.update(&descend, params, direction, no_slots_of::<B>(scratch));
    }
}

configured! {
    [] Lamb, "Lamb", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("lamb", Self::default().options.weight_decay, fields)?;
        fields.field("beta_1", &mut this.beta_1)?;
        fields.field("beta_2", &mut this.beta_2)?;
        fields.field("epsilon", &mut this.epsilon)?;
    }
}
