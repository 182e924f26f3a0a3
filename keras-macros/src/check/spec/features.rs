//! Layers that work on features, whatever the shape.

use super::{Real, Spec, Takes, slot};

pub const DENSE: Spec = Spec {
    layer: "Dense",
    positional: &[
        slot("inputs", Takes::Inputs),
        slot("units", Takes::Size),
        slot("activation", Takes::Activation),
    ],
    needed: 2,
    options: &[
        slot("use_bias", Takes::Flag),
        slot("kernel_initializer", Takes::Initializer),
        slot("bias_initializer", Takes::Initializer),
        slot("kernel_regularizer", Takes::Regularizer),
        slot("bias_regularizer", Takes::Regularizer),
        slot("kernel_constraint", Takes::Constraint),
        slot("bias_constraint", Takes::Constraint),
    ],
    usage: "Dense<INPUTS, UNITS, Activation = Linear, use_bias = true, kernel_initializer = GlorotUniform, bias_initializer = Zeros>",
    example: "Dense<_, 64, Relu>",
};

pub const ACTIVATION: Spec = Spec {
    layer: "Activation",
    positional: &[slot("activation", Takes::Activation)],
    needed: 1,
    options: &[],
    usage: "Activation<NAME>",
    example: "Activation<Relu>",
};

pub const DROPOUT: Spec = Spec {
    layer: "Dropout",
    positional: &[slot("rate", Takes::Real(Real::Rate))],
    needed: 1,
    options: &[],
    usage: "Dropout<RATE>",
    example: "Dropout<0.5>",
};

pub const BATCH_NORMALIZATION: Spec = Spec {
    layer: "BatchNormalization",
    positional: &[],
    needed: 0,
    options: &[
        slot("momentum", Takes::Real(Real::Momentum)),
        slot("epsilon", Takes::Real(Real::Epsilon)),
        slot("center", Takes::Flag),
        slot("scale", Takes::Flag),
        slot("beta_initializer", Takes::Initializer),
        slot("gamma_initializer", Takes::Initializer),
        slot("moving_mean_initializer", Takes::Initializer),
        slot("moving_variance_initializer", Takes::Initializer),
        slot("gamma_regularizer", Takes::Regularizer),
        slot("beta_regularizer", Takes::Regularizer),
        slot("gamma_constraint", Takes::Constraint),
        slot("beta_constraint", Takes::Constraint),
    ],
    usage: "BatchNormalization<momentum = 0.99, epsilon = 1e-3, center = true, scale = true, beta_initializer = Zeros, gamma_initializer = Ones, moving_mean_initializer = Zeros, moving_variance_initializer = Ones>",
    example: "BatchNormalization",
};

pub const FLATTEN: Spec =
    Spec { layer: "Flatten", positional: &[], needed: 0, options: &[], usage: "Flatten", example: "Flatten" };

pub const RESHAPE_USAGE: &str = "Reshape<HEIGHT, WIDTH, CHANNELS>, of 1 to 4 sizes";
pub const INPUT_USAGE: &str = "Input<FEATURES> or Input<HEIGHT, WIDTH, CHANNELS>, of 1 to 4 sizes";
