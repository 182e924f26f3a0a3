use keras_shapes::{epsilon_fault, factor_fault, momentum_fault, rate_fault};

use super::stop;

/// The rate of a dropout.
#[track_caller]
pub const fn rate(who: &str, rate: f64) -> f64 {
    if let Some(text) = rate_fault(who, rate) {
        stop(text.str("\nhelp: make it 0.5, say"))
    }
    rate
}

/// The momentum of a normalization.
#[track_caller]
pub const fn momentum(who: &str, momentum: f64) -> f64 {
    if let Some(text) = momentum_fault(who, momentum) {
        stop(text.str("\nhelp: make it 0.99, say"))
    }
    momentum
}

/// The epsilon of a normalization.
#[track_caller]
pub const fn epsilon(who: &str, epsilon: f64) -> f64 {
    if let Some(text) = epsilon_fault(who, epsilon) {
        stop(text.str("\nhelp: make it 1e-3, say"))
    }
    epsilon
}

/// The factor of a penalty.
#[track_caller]
pub const fn factor(who: &str, factor: f64) -> f64 {
    if let Some(text) = factor_fault(who, factor) {
        stop(text.str("\nhelp: make it 0.01, say"))
    }
    factor
}
