//! What the numbers given to an optimizer may be.

use crate::error::{Error, Result};

fn require(ok: bool, optimizer: &str, argument: &str, expected: &str, found: f64) -> Result<()> {
    if ok { Ok(()) } else { Err(Error::argument(format!("{argument} of {optimizer}"), expected, found)) }
}

/// Finite and not negative.
pub fn at_least_zero(optimizer: &str, argument: &str, value: f64) -> Result<()> {
    let ok = value.is_finite() && value >= 0.0;
    require(ok, optimizer, argument, "a number of at least 0", value)
}

/// Finite and not above zero.
pub fn at_most_zero(optimizer: &str, argument: &str, value: f64) -> Result<()> {
    let ok = value.is_finite() && value <= 0.0;
    require(ok, optimizer, argument, "a number of at most 0", value)
}

/// Finite and above zero.
pub fn positive(optimizer: &str, argument: &str, value: f64) -> Result<()> {
    let ok = value.is_finite() && value > 0.0;
    require(ok, optimizer, argument, "a number above 0", value)
}

/// From 0 to 1, both included.
pub fn share(optimizer: &str, argument: &str, value: f64) -> Result<()> {
    require((0.0..=1.0).contains(&value), optimizer, argument, "a number from 0 to 1", value)
}

/// From 0 to below 1, also in 32 bits: what is kept of a running mean whose bias is corrected by a
/// division by one less this.
pub fn below_one(optimizer: &str, argument: &str, value: f64) -> Result<()> {
    let ok = value >= 0.0 && (value as f32) < 1.0;
    require(ok, optimizer, argument, "a number of at least 0 and below 1", value)
}

/// At least `least`, if it is given.
pub fn counts(optimizer: &str, argument: &str, value: Option<u64>, least: u64) -> Result<()> {
    match value {
        Some(found) if found < least => {
            Err(Error::argument(format!("{argument} of {optimizer}"), format!("at least {least}"), found))
        }
        _ => Ok(()),
    }
}
