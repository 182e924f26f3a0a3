use super::check::{at_least_zero, share};
use super::each::each;
use super::options::common_options;
use super::{MAX_SLOTS, Optimizer, Options, Update};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// RMSprop: divides each gradient by the root of its running mean square. Keras: `RMSprop`, `rmsprop`.
///
/// `v = rho · v + (1 - rho) · g²; p -= learning_rate · g / √(v + epsilon)`. With `centered`, the square
/// of the gradients' running mean is taken off `v` first, so that it is their variance. With momentum,
/// `m = momentum · m + learning_rate · g / √..; p -= m`.
///
/// Defaults: learning rate 0.001, rho 0.9, no momentum, epsilon 1e-7, not centered.
/// Source: Tieleman and Hinton, "Lecture 6.5: RMSprop", 2012; `centered`: Graves, "Generating sequences
/// with recurrent neural networks", 2013.
///
/// ```
/// use keras_core::prelude::*;
/// let rmsprop = RMSprop::new(0.01).rho(0.95).momentum(0.5).centered(true);
/// assert_eq!(rmsprop.slot_names(), ["velocity", "momentum", "average_gradient"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RMSprop {
    options: Options,
    rho: f64,
    momentum: f64,
    epsilon: f64,
    centered: bool,
}

impl RMSprop {
    /// RMSprop with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self { options, rho: 0.9, momentum: 0.0, epsilon: 1e-7, centered: false }
    }
    /// How much of the mean square is kept each step.
    #[must_use]
    pub const fn rho(mut self, rho: f64) -> Self {
        self.rho = rho;
        self
    }
    /// How much of the last step is made again, from 0 to 1.
    #[must_use]
    pub const fn momentum(mut self, momentum: f64) -> Self {
        self.momentum = momentum;
        self
    }
    /// What is added to the mean square, so that its root is not 0.
    #[must_use]
    pub const fn epsilon(mut self, epsilon: f64) -> Self {
        self.epsilon = epsilon;
        self
    }
    /// Divides by the gradients' deviation, instead of the root of their mean square.
    #[must_use]
    pub const fn centered(mut self, centered: bool) -> Self {
        self.centered = centered;
        self
    }
    common_options!(options);
}

impl Default for RMSprop {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for RMSprop {
    type Update = RmspropStep;
    const NAME: &'static str = "rmsprop";

    fn slot_names(&self) -> &'static [&'static str] {
        match (self.momentum != 0.0, self.centered) {
            (false, false) => &["velocity"],
            (false, true) => &["velocity", "average_gradient"],
            (true, false) => &["velocity", "momentum"],
            (true, true) => &["velocity", "momentum", "average_gradient"],
        }
    }
    fn step(&self, _: u64) -> RmspropStep {
        RmspropStep { keep: self.options.keep(), rate: self.options.learning_rate, of: *self }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        share(Self::NAME, "rho", self.rho)?;
        share(Self::NAME, "momentum", self.momentum)?;
        at_least_zero(Self::NAME, "epsilon", self.epsilon)
    }
}

/// One step of [`RMSprop`].
#[derive(Clone, Copy, Debug)]
pub struct RmspropStep {
    rate: f64,
    keep: f64,
    of: RMSprop,
}

impl Update for RmspropStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (rate, keep) = (E::of(self.rate), E::of(self.keep));
        let (rho, fresh) = (E::of(self.of.rho), E::of(1.0 - self.of.rho));
        let (momentum, epsilon) = (E::of(self.of.momentum), E::of(self.of.epsilon));
        let square = |v: &mut E, g: E| {
            *v = rho * *v + fresh * (g * g);
            *v
        };
        let variance = |v: &mut E, a: &mut E, g: E| {
            *a = rho * *a + fresh * g;
            square(v, g) - *a * *a
        };
        let step = |spread: E, g: E| rate * g / (spread + epsilon).sqrt();
        match (self.of.momentum != 0.0, self.of.centered) {
            (false, false) => each(p, g, slots, |p, g, [v]| p * keep - step(square(v, g), g)),
            (false, true) => each(p, g, slots, |p, g, [v, a]| p * keep - step(variance(v, a, g), g)),
            (true, false) => each(p, g, slots, |p, g, [v, m]| {
                *m = momentum * *m + step(square(v, g), g);
                p * keep - *m
            }),
            (true, true) => each(p, g, slots, |p, g, [v, m, a]| {
                *m = momentum * *m + step(variance(v, a, g), g);
                p * keep - *m
            }),
        }
    }
}

configured! {
    [] RMSprop, "RMSprop", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("rm_sprop", Self::default().options.weight_decay, fields)?;
        fields.field("rho", &mut this.rho)?;
        fields.field("momentum", &mut this.momentum)?;
        fields.field("epsilon", &mut this.epsilon)?;
        fields.field("centered", &mut this.centered)?;
    }
}
