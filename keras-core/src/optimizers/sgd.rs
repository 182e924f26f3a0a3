use super::check::share;
use super::each::each;
use super::options::common_options;
use super::{MAX_SLOTS, Optimizer, Options, Update};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// Gradient descent, with momentum if asked. Keras: `SGD`, `sgd`.
///
/// Without momentum `p -= learning_rate · g`; with it
/// `m = momentum · m - learning_rate · g; p += m`, or with `nesterov`
/// `p += momentum · m - learning_rate · g`.
///
/// Defaults: learning rate 0.01, no momentum, no `nesterov`.
/// Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964;
/// `nesterov`: Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum
/// in deep learning", 2013.
///
/// ```
/// use keras_core::prelude::*;
/// let sgd = SGD::new(0.1).momentum(0.9).nesterov(true);
/// assert_eq!(sgd.learning_rate(), 0.1);
/// assert_eq!(sgd.slot_names(), ["momentum"]);
/// assert!(sgd.momentum(1.5).check().is_err());
/// ```
#[allow(clippy::upper_case_acronyms, reason = "Keras' name")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SGD {
    options: Options,
    momentum: f64,
    nesterov: bool,
}

impl SGD {
    /// Gradient descent with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Self { options: Options::new(learning_rate), momentum: 0.0, nesterov: false }
    }
    /// How much of the last step is made again, from 0 to 1.
    #[must_use]
    pub const fn momentum(mut self, momentum: f64) -> Self {
        self.momentum = momentum;
        self
    }
    /// Steps from where the momentum leads to.
    #[must_use]
    pub const fn nesterov(mut self, nesterov: bool) -> Self {
        self.nesterov = nesterov;
        self
    }
    common_options!(options);
}

impl Default for SGD {
    fn default() -> Self {
        Self::new(0.01)
    }
}

impl Optimizer for SGD {
    type Update = SgdStep;
    const NAME: &'static str = "sgd";

    fn slot_names(&self) -> &'static [&'static str] {
        if self.momentum == 0.0 { &[] } else { &["momentum"] }
    }
    fn step(&self, _: u64) -> SgdStep {
        SgdStep {
            rate: self.options.learning_rate,
            keep: self.options.keep(),
            momentum: self.momentum,
            nesterov: self.nesterov,
        }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        share(Self::NAME, "momentum", self.momentum)
    }
}

/// One step of [`SGD`].
#[derive(Clone, Copy, Debug)]
pub struct SgdStep {
    rate: f64,
    keep: f64,
    momentum: f64,
    nesterov: bool,
}

impl Update for SgdStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (rate, keep, momentum) = (E::of(self.rate), E::of(self.keep), E::of(self.momentum));
        if self.momentum == 0.0 {
            each(p, g, slots, |p, g, []| p * keep - rate * g);
        } else if self.nesterov {
            each(p, g, slots, |p, g, [m]| {
                *m = *m * momentum - rate * g;
                p * keep + *m * momentum - rate * g
            });
        } else {
            each(p, g, slots, |p, g, [m]| {
                *m = *m * momentum - rate * g;
                p * keep + *m
            });
        }
    }
}

configured! {
    [] SGD, "SGD", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("sgd", Self::default().options.weight_decay, fields)?;
        fields.field("momentum", &mut this.momentum)?;
        fields.field("nesterov", &mut this.nesterov)?;
    }
}
