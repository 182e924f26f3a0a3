use super::{Name, Names};

/// The regularizers.
pub const REGULARIZERS: Names = Names {
    what: "regularizer",
    all: &[
        Name::new("L1", "l1"),
        Name::new("L2", "l2"),
        Name::new("L1L2", "l1_l2"),
        Name::new("OrthogonalRegularizer", "orthogonal_regularizer"),
    ],
};
