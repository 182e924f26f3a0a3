//! What the numbers given to a schedule may be.

use crate::error::{Error, Result};

/// At least one step.
pub fn decay_steps(schedule: &str, argument: &str, steps: u64) -> Result<()> {
    if steps > 0 {
        Ok(())
    } else {
        Err(Error::argument(format!("{argument} of {schedule}"), "at least 1", 0))
    }
}

/// Finite and not negative.
pub fn rate(schedule: &str, argument: &str, value: f64) -> Result<()> {
    if value.is_finite() && value >= 0.0 {
        return Ok(());
    }
    Err(Error::argument(format!("{argument} of {schedule}"), "a number of at least 0", value))
}
