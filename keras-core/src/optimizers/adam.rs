use super::check::{at_least_zero, below_one};
use super::each::each;
use super::options::common_options;
use super::passes::power;
use super::{MAX_SLOTS, Optimizer, Options, Update};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// Adam: steps by the gradients' running mean over the root of their running square.
/// Keras: `Adam`, `adam`.
///
/// `m = beta_1 · m + (1 - beta_1) · g; v = beta_2 · v + (1 - beta_2) · g²; p -= alpha · m / (√v + epsilon)`,
/// where in step `t`, counted from 1, `alpha = learning_rate · √(1 - beta_2ᵗ) / (1 - beta_1ᵗ)`.
///
/// Defaults: learning rate 0.001, beta 1 0.9, beta 2 0.999, epsilon 1e-7, no `amsgrad`.
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2014; `amsgrad`: Reddi, Kale
/// and Kumar, "On the convergence of Adam and beyond", 2018.
///
/// ```
/// use keras_core::prelude::*;
/// let adam = Adam::new(0.01).clipnorm(1.0);
/// assert_eq!(adam.learning_rate(), 0.01);
/// assert_eq!(adam.slot_names(), ["momentum", "velocity"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adam {
    pub(super) options: Options,
    pub(super) beta_1: f64,
    pub(super) beta_2: f64,
    pub(super) epsilon: f64,
    pub(super) amsgrad: bool,
}

/// The builder methods of Adam and what is built on it. The path leads to the [`Adam`].
macro_rules! adam_options {
    ($($path:ident).*) => {
        /// How much of the gradients' mean is kept each step, from 0 to below 1.
        #[must_use]
        pub const fn beta_1(mut self, beta_1: f64) -> Self {
            self$(.$path)*.beta_1 = beta_1;
            self
        }
        /// How much of their mean square is kept, from 0 to below 1.
        #[must_use]
        pub const fn beta_2(mut self, beta_2: f64) -> Self {
            self$(.$path)*.beta_2 = beta_2;
            self
        }
        /// What is added to the root, so that it is not 0.
        #[must_use]
        pub const fn epsilon(mut self, epsilon: f64) -> Self {
            self$(.$path)*.epsilon = epsilon;
            self
        }
        /// Divides by the root of the largest mean square so far.
        #[must_use]
        pub const fn amsgrad(mut self, amsgrad: bool) -> Self {
            self$(.$path)*.amsgrad = amsgrad;
            self
        }
    };
}
pub(super) use adam_options;

impl Adam {
    /// Adam with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self { options, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false }
    }
    adam_options!();
    common_options!(options);

    /// Whether the numbers make sense, for an optimizer of this name.
    pub(super) fn check_as(&self, name: &str) -> Result<()> {
        self.options.check(name)?;
        below_one(name, "beta_1", self.beta_1)?;
        below_one(name, "beta_2", self.beta_2)?;
        at_least_zero(name, "epsilon", self.epsilon)
    }
}

impl Default for Adam {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for Adam {
    type Update = AdamStep;
    const NAME: &'static str = "adam";

    fn slot_names(&self) -> &'static [&'static str] {
        if self.amsgrad { &["momentum", "velocity", "velocity_hat"] } else { &["momentum", "velocity"] }
    }
    fn step(&self, iteration: u64) -> AdamStep {
        let rate = self.options.learning_rate;
        AdamStep {
            step: rate * (1.0 - power(self.beta_2, iteration)).sqrt() / (1.0 - power(self.beta_1, iteration)),
            keep: self.options.keep(),
            mean: 1.0 - self.beta_1,
            square: 1.0 - self.beta_2,
            epsilon: self.epsilon,
            amsgrad: self.amsgrad,
        }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn check(&self) -> Result<()> {
        self.check_as(Self::NAME)
    }
}

/// One step of [`Adam`].
#[derive(Clone, Copy, Debug)]
pub struct AdamStep {
    pub(super) step: f64,
    pub(super) keep: f64,
    pub(super) mean: f64,
    pub(super) square: f64,
    pub(super) epsilon: f64,
    pub(super) amsgrad: bool,
}

impl Update for AdamStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (step, keep, epsilon) = (E::of(self.step), E::of(self.keep), E::of(self.epsilon));
        let (mean, square) = (E::of(self.mean), E::of(self.square));
        let moments = |m: &mut E, v: &mut E, g: E| {
            *m += (g - *m) * mean;
            *v += (g * g - *v) * square;
        };
        if self.amsgrad {
            each(p, g, slots, |p, g, [m, v, largest]| {
                moments(m, v, g);
                *largest = largest.maximum(*v);
                p * keep - *m * step / (largest.sqrt() + epsilon)
            });
        } else {
            each(p, g, slots, |p, g, [m, v]| {
                moments(m, v, g);
                p * keep - *m * step / (v.sqrt() + epsilon)
            });
        }
    }
}

configured! {
    [] Adam, "Adam", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("adam", Self::default().options.weight_decay, fields)?;
        fields.field("beta_1", &mut this.beta_1)?;
        fields.field("beta_2", &mut this.beta_2)?;
        fields.field("epsilon", &mut this.epsilon)?;
        fields.field("amsgrad", &mut this.amsgrad)?;
    }
}
