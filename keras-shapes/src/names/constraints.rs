use super::{Name, Names};

/// The constraints.
pub const CONSTRAINTS: Names = Names {
    what: "constraint",
    all: &[
        Name::new("MaxNorm", "max_norm"),
        Name::new("MinMaxNorm", "min_max_norm"),
        Name::new("NonNeg", "non_neg"),
        Name::new("UnitNorm", "unit_norm"),
    ],
};
