//! Layers that make one value of several.

use super::{Spec, Takes, slot};

/// One of them, with the verb that says what it does.
#[derive(Debug)]
pub struct Merging {
    pub spec: Spec,
    pub does: &'static str,
    /// The fewest and the most values that it takes.
    pub least: usize,
    pub most: usize,
}

const fn each(layer: &'static str, does: &'static str) -> Merging {
    let spec = Spec { layer, positional: &[], needed: 0, options: &[], usage: layer, example: layer };
    Merging { spec, does, least: 2, most: 8 }
}

const CONCATENATE: Merging = Merging {
    spec: Spec {
        layer: "Concatenate",
        positional: &[],
        needed: 0,
        options: &[slot("axis", Takes::Axis)],
        usage: "Concatenate<axis = -1>",
        example: "Concatenate",
    },
    does: "joins",
    least: 1,
    most: 8,
};

const DOT: Merging = Merging {
    spec: Spec {
        layer: "Dot",
        positional: &[],
        needed: 0,
        options: &[slot("axes", Takes::Axes), slot("normalize", Takes::Switch)],
        usage: "Dot<axes = (1, 1), normalize = false>",
        example: "Dot<axes = 1>",
    },
    does: "multiplies",
    least: 2,
    most: 2,
};

pub const MERGES: [Merging; 8] = [
    each("Add", "adds"),
    Merging { most: 2, ..each("Subtract", "subtracts") },
    each("Multiply", "multiplies"),
    each("Average", "averages"),
    each("Maximum", "compares"),
    each("Minimum", "compares"),
    CONCATENATE,
    DOT,
];
