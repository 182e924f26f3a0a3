//! What focal losses have in common.

use crate::error::{Error, Result};

/// How a focal loss counts: `alpha` is the weight of a class, `gamma` how little what is right already counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Focus {
    pub alpha: f64,
    pub gamma: f64,
}

impl Focus {
    /// Keras' and the paper's.
    pub const DEFAULT: Self = Self { alpha: 0.25, gamma: 2.0 };

    /// An error if one of them is not a number of at least 0.
    pub fn check(self, loss: &str) -> Result<()> {
        for (name, value) in [("alpha", self.alpha), ("gamma", self.gamma)] {
            if !value.is_finite() || value < 0.0 {
                return Err(Error::argument(format!("{name} of {loss}"), "a number of at least 0", value));
            }
        }
        Ok(())
    }
}

/// The builder methods of focal losses.
macro_rules! focal {
    () => {
        /// The weighting factor, 0.25 by default.
        #[must_use]
        pub const fn alpha(mut self, alpha: f64) -> Self {
            self.focus.alpha = alpha;
            self
        }
        /// The focusing exponent, 2 by default; with 0 nothing is focused.
        #[must_use]
        pub const fn gamma(mut self, gamma: f64) -> Self {
            self.focus.gamma = gamma;
            self
        }
    };
}
pub(super) use focal;
