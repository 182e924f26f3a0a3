use crate::element::Element;
use crate::error::{Error, Result};

/// Label smoothing: targets are drawn towards `1 / classes` by a share of their distance from it.
///
/// Source: Szegedy et al., "Rethinking the inception architecture for computer vision", 2016.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Smoothing(pub f64);

impl Smoothing {
    /// What a target is multiplied by, and what is added to it then.
    #[inline(always)]
    pub fn parts<E: Element>(self, classes: usize) -> (E, E) {
        (E::of(1.0 - self.0), E::of(self.0 / classes as f64))
    }

    /// An error if it does not lie between 0 and 1.
    pub fn check(self, loss: &str) -> Result<()> {
        if (0.0..=1.0).contains(&self.0) {
            return Ok(());
        }
        Err(Error::argument(format!("label_smoothing of {loss}"), "a number from 0 to 1", self.0))
    }
}
