use super::options::common_options;
use super::{MAX_SLOTS, Optimizer, Options, Update};
use crate::element::Element;

/// Adam: steps by the gradients' running mean over the root of their running square.
/// Keras: `Adam`, `adam`.
///
/// Defaults: learning rate 0.001, beta 1 0.9, beta 2 0.999, epsilon 1e-7, no `amsgrad`.
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2014; `amsgrad`: Reddi, Kale
/// and Kumar, "On the convergence of Adam and beyond", 2018.
///
/// ```
/// use keras_core::prelude::*;
/// let adam = Adam::new(0.01).clipnorm(1.0);
/// assert_eq!(adam.learning_rate(), 0.01);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adam {
    options: Options,
    beta_1: f64,
    beta_2: f64,
    epsilon: f64,
    amsgrad: bool,
}

impl Adam {
    /// Adam with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self { options, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false }
    }
    /// How much of the gradients' mean is kept each step.
    #[must_use]
    pub const fn beta_1(mut self, beta_1: f64) -> Self {
        self.beta_1 = beta_1;
        self
    }
    /// How much of their mean square is kept.
    #[must_use]
    pub const fn beta_2(mut self, beta_2: f64) -> Self {
        self.beta_2 = beta_2;
        self
    }
    /// What is added to the root, so that it is not 0.
    #[must_use]
    pub const fn epsilon(mut self, epsilon: f64) -> Self {
        self.epsilon = epsilon;
        self
    }
    /// Divides by the root of the largest mean square so far.
    #[must_use]
    pub const fn amsgrad(mut self, amsgrad: bool) -> Self {
        self.amsgrad = amsgrad;
        self
    }
    common_options!();
}

impl Default for Adam {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for Adam {
    type Update = AdamStep;
    const NAME: &'static str = "adam";

    fn slots(&self) -> usize {
        if self.amsgrad { 3 } else { 2 }
    }
    fn step(&self, iteration: u64) -> AdamStep {
        let power = |beta: f64| beta.powf(iteration as f64);
        let rate = self.options.learning_rate;
        AdamStep {
            step: rate * (1.0 - power(self.beta_2)).sqrt() / (1.0 - power(self.beta_1)),
            keep: 1.0 - rate * self.options.weight_decay,
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
}

/// One step of [`Adam`].
#[derive(Clone, Copy, Debug)]
pub struct AdamStep {
    step: f64,
    keep: f64,
    mean: f64,
    square: f64,
    epsilon: f64,
    amsgrad: bool,
}

impl Update for AdamStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (step, keep, epsilon) = (E::of(self.step), E::of(self.keep), E::of(self.epsilon));
        let (mean, square) = (E::of(self.mean), E::of(self.square));
        let n = p.len();
        let [m, v, largest, _] = slots;
        let (g, m, v) = (&g[..n], &mut m[..n], &mut v[..n]);
        if self.amsgrad {
            let largest = &mut largest[..n];
            for i in 0..n {
                m[i] += (g[i] - m[i]) * mean;
                v[i] += (g[i] * g[i] - v[i]) * square;
                largest[i] = largest[i].maximum(v[i]);
                p[i] = p[i] * keep - m[i] * step / (largest[i].sqrt() + epsilon);
            }
        } else {
            for i in 0..n {
                m[i] += (g[i] - m[i]) * mean;
                v[i] += (g[i] * g[i] - v[i]) * square;
                p[i] = p[i] * keep - m[i] * step / (v[i].sqrt() + epsilon);
            }
        }
    }
}
