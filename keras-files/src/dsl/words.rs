//! Keras' words and ours: read in one direction, written in the other.

/// A class with its parameters and their defaults.
pub type Applied = (&'static str, &'static [(&'static str, f64)]);

pub const PADDINGS: &[(&str, &str)] = &[("valid", "Valid"), ("same", "Same")];
pub const INTERPOLATIONS: &[(&str, &str)] = &[("nearest", "Nearest"), ("bilinear", "Bilinear")];

/// Where there are two names for one of ours, the first is written.
pub const ACTIVATIONS: &[(&str, &str)] = &[
    ("linear", "Linear"),
    ("relu", "Relu"),
    ("sigmoid", "Sigmoid"),
    ("tanh", "Tanh"),
    ("softmax", "Softmax"),
    ("gelu", "Gelu"),
    ("silu", "Silu"),
    ("swish", "Silu"),
    ("elu", "Elu"),
    ("selu", "Selu"),
    ("softplus", "Softplus"),
    ("leaky_relu", "LeakyRelu"),
    ("celu", "Celu"),
    ("exponential", "Exponential"),
    ("hard_shrink", "HardShrink"),
    ("hard_sigmoid", "HardSigmoid"),
    ("hard_silu", "HardSilu"),
    ("hard_swish", "HardSilu"),
    ("hard_tanh", "HardTanh"),
    ("log_sigmoid", "LogSigmoid"),
    ("log_softmax", "LogSoftmax"),
    ("mish", "Mish"),
    ("relu6", "Relu6"),
    ("soft_shrink", "SoftShrink"),
    ("softsign", "Softsign"),
    ("sparse_plus", "SparsePlus"),
    ("sparse_sigmoid", "SparseSigmoid"),
    ("sparsemax", "KerasSparsemax"),
    ("squareplus", "Squareplus"),
    ("tanh_shrink", "TanhShrink"),
    ("threshold", "Threshold"),
];

/// Keras' layers that are activations of ours: their class, our word, and the fields that are its parameters.
pub const ACTIVATION_LAYERS: &[(&str, &str, &[&str])] = &[
    ("ReLU", "RectifiedLinear", &["negative_slope", "max_value", "threshold"]),
    ("LeakyReLU", "LeakyRelu", &["negative_slope"]),
    ("ELU", "Elu", &["alpha"]),
];

pub const INITIALIZERS: &[Applied] = &[
    ("Zeros", &[]),
    ("Ones", &[]),
    ("Constant", &[("value", 0.0)]),
    ("GlorotUniform", &[]),
    ("GlorotNormal", &[]),
    ("HeUniform", &[]),
    ("HeNormal", &[]),
    ("LecunUniform", &[]),
    ("LecunNormal", &[]),
    ("RandomUniform", &[("minval", -0.05), ("maxval", 0.05)]),
    ("RandomNormal", &[("mean", 0.0), ("stddev", 0.05)]),
    ("TruncatedNormal", &[("mean", 0.0), ("stddev", 0.05)]),
    ("Orthogonal", &[("gain", 1.0)]),
    ("Identity", &[("gain", 1.0)]),
];

pub const REGULARIZERS: &[Applied] = &[
    ("L1", &[("l1", 0.01)]),
    ("L2", &[("l2", 0.01)]),
    ("L1L2", &[("l1", 0.0), ("l2", 0.0)]),
    ("OrthogonalRegularizer", &[("factor", 0.01)]),
];

pub const CONSTRAINTS: &[Applied] =
    &[("NonNeg", &[]), ("UnitNorm", &[]), ("MaxNorm", &[("max_value", 2.0)]), ("MinMaxNorm", &[])];
