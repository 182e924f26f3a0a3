//! The words for activations and initializers.

use super::words::{Family, with, word};

pub const ACTIVATIONS: Family = Family {
    what: "activation",
    module: "activations",
    words: &[
        word("Linear"),
        word("Relu"),
        word("Sigmoid"),
        word("Tanh"),
        word("Softmax"),
        word("Gelu"),
        word("Silu"),
        with("Elu", &[("alpha", 1.0)]),
        word("Selu"),
        word("Softplus"),
        with("LeakyRelu", &[("negative_slope", 0.2)]),
        with("Celu", &[("alpha", 1.0)]),
        word("Exponential"),
        with("HardShrink", &[("threshold", 0.5)]),
        word("HardSigmoid"),
        word("HardSilu"),
        word("HardTanh"),
        word("LogSigmoid"),
        word("LogSoftmax"),
        word("Mish"),
        with("RectifiedLinear", &[("negative_slope", 0.0), ("max_value", f64::INFINITY), ("threshold", 0.0)]),
        word("Relu6"),
        with("SoftShrink", &[("threshold", 0.5)]),
        word("Softsign"),
        word("SparsePlus"),
        word("SparseSigmoid"),
        word("Sparsemax"),
        word("KerasSparsemax"),
        with("Squareplus", &[("b", 4.0)]),
        word("TanhShrink"),
        with("Threshold", &[("threshold", 0.0), ("default_value", 0.0)]),
    ],
    aliases: &[
        ("swish", "Silu"),
        ("identity", "Linear"),
        ("Identity", "Linear"),
        ("hard_swish", "HardSilu"),
        ("HardSwish", "HardSilu"),
        ("exp", "Exponential"),
    ],
};

pub const INITIALIZERS: Family = Family {
    what: "initializer",
    module: "initializers",
    words: &[
        word("Zeros"),
        word("Ones"),
        with("Constant", &[("value", 0.0)]),
        word("GlorotUniform"),
        word("GlorotNormal"),
        word("HeUniform"),
        word("HeNormal"),
        word("LecunUniform"),
        word("LecunNormal"),
        with("RandomUniform", &[("minval", -0.05), ("maxval", 0.05)]),
        with("RandomNormal", &[("mean", 0.0), ("stddev", 0.05)]),
        with("TruncatedNormal", &[("mean", 0.0), ("stddev", 0.05)]),
        with("VarianceScaling", &[("scale", 1.0)]),
        with("Orthogonal", &[("gain", 1.0)]),
        with("Identity", &[("gain", 1.0)]),
        word("STFT"),
    ],
    aliases: &[
        ("XavierUniform", "GlorotUniform"),
        ("XavierNormal", "GlorotNormal"),
        ("KaimingUniform", "HeUniform"),
        ("KaimingNormal", "HeNormal"),
    ],
};

pub const REGULARIZERS: Family = Family {
    what: "regularizer",
    module: "regularizers",
    words: &[
        with("L1", &[("l1", 0.01)]),
        with("L2", &[("l2", 0.01)]),
        with("L1L2", &[("l1", 0.0), ("l2", 0.0)]),
        with("OrthogonalRegularizer", &[("factor", 0.01)]),
    ],
    aliases: &[("Orthogonal", "OrthogonalRegularizer"), ("Ridge", "L2"), ("Lasso", "L1")],
};

pub const CONSTRAINTS: Family = Family {
    what: "constraint",
    module: "constraints",
    words: &[word("NonNeg"), word("UnitNorm"), with("MaxNorm", &[("max_value", 2.0)]), word("MinMaxNorm")],
    aliases: &[("NonNegative", "NonNeg")],
};
