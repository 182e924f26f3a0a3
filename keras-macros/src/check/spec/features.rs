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
        slot("activity_regularizer", Takes::Regularizer),
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
    options: &[slot("axis", Takes::AnyAxes)],
    usage: "Activation<NAME, axis = -1>",
    example: "Activation<Relu>",
};

pub const SOFTMAX: Spec = Spec {
    layer: "Softmax",
    positional: &[],
    needed: 0,
    options: &[slot("axis", Takes::AnyAxes)],
    usage: "Softmax<axis = -1>",
    example: "Softmax",
};

pub const GLU: Spec = Spec {
    layer: "Glu",
    positional: &[],
    needed: 0,
    options: &[slot("axis", Takes::Axis)],
    usage: "Glu<axis = -1>",
    example: "Glu",
};

pub const ACTIVITY_REGULARIZATION: Spec = Spec {
    layer: "ActivityRegularization",
    positional: &[],
    needed: 0,
    options: &[slot("l1", Takes::Real(Real::Factor)), slot("l2", Takes::Real(Real::Factor))],
    usage: "ActivityRegularization<l1 = 0.0, l2 = 0.0>",
    example: "ActivityRegularization<l2 = 0.01>",
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
