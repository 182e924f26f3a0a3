use super::{Name, Names};

/// The schedules.
pub const SCHEDULES: Names = Names {
    what: "schedule",
    all: &[
        Name::new("CosineDecay", "cosine_decay"),
        Name::new("CosineDecayRestarts", "cosine_decay_restarts"),
        Name::new("ExponentialDecay", "exponential_decay"),
        Name::new("InverseTimeDecay", "inverse_time_decay"),
        Name::new("PiecewiseConstantDecay", "piecewise_constant_decay"),
        Name::new("PolynomialDecay", "polynomial_decay"),
    ],
};
