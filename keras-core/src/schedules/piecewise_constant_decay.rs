use super::LearningRateSchedule;
use super::check::rate;
use crate::config::configured;
use crate::error::{Error, Result};

/// A rate that changes at given steps. Keras: `PiecewiseConstantDecay`.
///
/// `values[0]` up to and with step `boundaries[0]`, then `values[1]` up to and with `boundaries[1]`, ..;
/// behind the last boundary the last value.
///
/// ```
/// use keras_core::prelude::*;
/// let steps = PiecewiseConstantDecay::new(&[3, 7], &[0.1, 0.03, 0.01]);
/// assert_eq!([0, 3, 4, 7, 8].map(|step| steps.at(step)), [0.1, 0.1, 0.03, 0.03, 0.01]);
/// assert!(PiecewiseConstantDecay::new(&[3], &[0.1]).check().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PiecewiseConstantDecay {
    /// The last step of each value but the last, in order.
    pub boundaries: &'static [u64],
    /// The values, one more than boundaries.
    pub values: &'static [f64],
}

impl PiecewiseConstantDecay {
    /// These values, each up to and with its boundary.
    #[must_use]
    pub const fn new(boundaries: &'static [u64], values: &'static [f64]) -> Self {
        Self { boundaries, values }
    }

    /// The same with lists that are made when the program runs, such as those of a file. They are kept
    /// until it ends, so that optimizers stay plain values.
    #[must_use]
    pub fn of(boundaries: Vec<u64>, values: Vec<f64>) -> Self {
        Self::new(boundaries.leak(), values.leak())
    }
}

impl LearningRateSchedule for PiecewiseConstantDecay {
    fn at(&self, step: u64) -> f64 {
        let piece = self.boundaries.iter().position(|&boundary| step <= boundary);
        let piece = piece.and_then(|i| self.values.get(i)).or(self.values.last());
        // `check` asks for at least one value.
        piece.copied().unwrap_or(f64::NAN)
    }
    fn check(&self) -> Result<()> {
        let name = "PiecewiseConstantDecay";
        let (values, boundaries) = (self.values.len(), self.boundaries.len());
        if values != boundaries + 1 {
            let expected = format!("one value more than the {boundaries} boundaries");
            return Err(Error::argument(format!("values of {name}"), expected, values));
        }
        if !self.boundaries.is_sorted() {
            let found = format!("{:?}", self.boundaries);
            return Err(Error::argument(format!("boundaries of {name}"), "numbers in order", found));
        }
        self.values.iter().try_for_each(|&value| rate(name, "values", value))
    }
}

configured! {
    [] PiecewiseConstantDecay, "PiecewiseConstantDecay", "keras.optimizers.schedules", PiecewiseConstantDecay::new(&[], &[]), |this, fields| {
        fields.required("boundaries", &mut this.boundaries)?;
        fields.required("values", &mut this.values)?;
        fields.unused("name", "PiecewiseConstant");
    }
}
