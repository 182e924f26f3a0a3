/// How gradients are kept from growing too large. Keras allows one of the three at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Clipping {
    /// They are not.
    #[default]
    None,
    /// `clipnorm`: each variable's gradient is scaled down to this norm, if it is larger.
    Norm(f64),
    /// `clipvalue`: each number is kept within ± this.
    Value(f64),
    /// `global_clipnorm`: all gradients are scaled down together to this norm, if it is larger.
    GlobalNorm(f64),
}

/// What all optimizers have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The length of a step.
    pub learning_rate: f64,
    /// The share of each parameter, times the learning rate, that is taken off before a step.
    pub weight_decay: f64,
    /// What is done with large gradients.
    pub clipping: Clipping,
}

impl Options {
    /// With this learning rate, no decay and no clipping.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Self { learning_rate, weight_decay: 0.0, clipping: Clipping::None }
    }
}

/// The builder methods that every optimizer has, and access to its options.
macro_rules! common_options {
    () => {
        /// With weight decay: `learning_rate · weight_decay · p` is taken off each parameter `p`
        /// before a step.
        #[must_use]
        pub const fn weight_decay(mut self, weight_decay: f64) -> Self {
            self.options.weight_decay = weight_decay;
            self
        }
        /// Scales each variable's gradient down to this norm, if it is larger.
        #[must_use]
        pub const fn clipnorm(mut self, norm: f64) -> Self {
            self.options.clipping = $crate::optimizers::Clipping::Norm(norm);
            self
        }
        /// Keeps each number of the gradients within ± `value`.
        #[must_use]
        pub const fn clipvalue(mut self, value: f64) -> Self {
            self.options.clipping = $crate::optimizers::Clipping::Value(value);
            self
        }
        /// Scales all gradients down together to this norm, if it is larger.
        #[must_use]
        pub const fn global_clipnorm(mut self, norm: f64) -> Self {
            self.options.clipping = $crate::optimizers::Clipping::GlobalNorm(norm);
            self
        }
    };
}
pub(crate) use common_options;
