//! Which layers there are words for, and how their configurations are written.

use Form::{
    AnyAxes, Axes, Axis, Constraint, Flag, Initializer, Interpolation, Padding, Real, Regularizer, Sides,
    Size, Window,
};

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Size,
    /// One for both, or a pair.
    Window,
    /// One for all sides, or two pairs.
    Sides,
    Flag,
    Real,
    Padding,
    Interpolation,
    Axis,
    /// One, or a pair.
    Axes,
    /// One, or up to three.
    AnyAxes,
    Initializer,
    Regularizer,
    Constraint,
}

/// A field that need not be there: its default.
#[derive(Debug)]
pub struct Field {
    pub key: &'static str,
    pub form: Form,
    pub default: &'static str,
}

/// A layer.
#[derive(Debug)]
pub struct Row {
    pub class: &'static str,
    /// Whether the first thing is what comes in, written `_`.
    pub inferred: bool,
    /// The fields that are written without a name.
    pub positional: &'static [(&'static str, Form)],
    /// Whether an activation follows them.
    pub activation: bool,
    pub fields: &'static [Field],
}

const fn field(key: &'static str, form: Form, default: &'static str) -> Field {
    Field { key, form, default }
}

const fn row(class: &'static str, fields: &'static [Field]) -> Row {
    Row { class, inferred: false, positional: &[], activation: false, fields }
}

// A pool goes as far as it is large.
const POOLING: &[Field] = &[field("strides", Window, "pool_size"), field("padding", Padding, "Valid")];

const fn pooling(class: &'static str) -> Row {
    Row { positional: &[("pool_size", Window)], ..row(class, POOLING) }
}

const fn rate(class: &'static str) -> Row {
    Row { positional: &[("rate", Real)], ..row(class, &[]) }
}

const KEEPDIMS: &[Field] = &[field("keepdims", Flag, "false")];

/// The layers whose fields are written as they are. The others are in `layers`.
pub const ROWS: &[Row] = &[
    Row {
        inferred: true,
        positional: &[("units", Size)],
        activation: true,
        ..row(
            "Dense",
            &[
                field("use_bias", Flag, "true"),
                field("kernel_initializer", Initializer, "GlorotUniform"),
                field("bias_initializer", Initializer, "Zeros"),
                field("kernel_regularizer", Regularizer, ""),
                field("bias_regularizer", Regularizer, ""),
                field("activity_regularizer", Regularizer, ""),
                field("kernel_constraint", Constraint, ""),
                field("bias_constraint", Constraint, ""),
            ],
        )
    },
    Row {
        inferred: true,
        positional: &[("filters", Size), ("kernel_size", Window)],
        activation: true,
        ..row(
            "Conv2D",
            &[
                field("strides", Window, "1"),
                field("padding", Padding, "Valid"),
                field("dilation_rate", Window, "1"),
                field("groups", Size, "1"),
                field("use_bias", Flag, "true"),
                field("kernel_initializer", Initializer, "GlorotUniform"),
                field("bias_initializer", Initializer, "Zeros"),
                field("kernel_regularizer", Regularizer, ""),
                field("bias_regularizer", Regularizer, ""),
                field("activity_regularizer", Regularizer, ""),
                field("kernel_constraint", Constraint, ""),
                field("bias_constraint", Constraint, ""),
            ],
        )
    },
    Row {
        positional: &[("kernel_size", Window)],
        activation: true,
        ..row(
            "DepthwiseConv2D",
            &[
                field("strides", Window, "1"),
                field("padding", Padding, "Valid"),
                field("depth_multiplier", Size, "1"),
                field("dilation_rate", Window, "1"),
                field("use_bias", Flag, "true"),
                field("depthwise_initializer", Initializer, "GlorotUniform"),
                field("bias_initializer", Initializer, "Zeros"),
                field("depthwise_regularizer", Regularizer, ""),
                field("bias_regularizer", Regularizer, ""),
                field("depthwise_constraint", Constraint, ""),
                field("bias_constraint", Constraint, ""),
            ],
        )
    },
    Row {
        inferred: true,
        positional: &[("filters", Size), ("kernel_size", Window)],
        activation: true,
        ..row(
            "SeparableConv2D",
            &[
                field("strides", Window, "1"),
                field("padding", Padding, "Valid"),
                field("dilation_rate", Window, "1"),
                field("depth_multiplier", Size, "1"),
                field("use_bias", Flag, "true"),
                field("depthwise_initializer", Initializer, "GlorotUniform"),
                field("pointwise_initializer", Initializer, "GlorotUniform"),
                field("bias_initializer", Initializer, "Zeros"),
                field("depthwise_regularizer", Regularizer, ""),
                field("pointwise_regularizer", Regularizer, ""),
                field("bias_regularizer", Regularizer, ""),
                field("depthwise_constraint", Constraint, ""),
                field("pointwise_constraint", Constraint, ""),
                field("bias_constraint", Constraint, ""),
            ],
        )
    },
    row(
        "BatchNormalization",
        &[
            field("momentum", Real, "0.99"),
            field("epsilon", Real, "0.001"),
            field("center", Flag, "true"),
            field("scale", Flag, "true"),
            field("beta_initializer", Initializer, "Zeros"),
            field("gamma_initializer", Initializer, "Ones"),
            field("moving_mean_initializer", Initializer, "Zeros"),
            field("moving_variance_initializer", Initializer, "Ones"),
            field("beta_regularizer", Regularizer, ""),
            field("gamma_regularizer", Regularizer, ""),
            field("beta_constraint", Constraint, ""),
            field("gamma_constraint", Constraint, ""),
        ],
    ),
    pooling("MaxPooling2D"),
    pooling("AveragePooling2D"),
    row("GlobalMaxPooling2D", KEEPDIMS),
    row("GlobalAveragePooling2D", KEEPDIMS),
    rate("Dropout"),
    rate("SpatialDropout2D"),
    row("Softmax", &[field("axis", AnyAxes, "-1")]),
    row("ActivityRegularization", &[field("l1", Real, "0.0"), field("l2", Real, "0.0")]),
    row("Flatten", &[]),
    Row { positional: &[("padding", Sides)], ..row("ZeroPadding2D", &[]) },
    Row { positional: &[("cropping", Sides)], ..row("Cropping2D", &[]) },
    Row {
        positional: &[("size", Window)],
        ..row("UpSampling2D", &[field("interpolation", Interpolation, "Nearest")])
    },
    row("Add", &[]),
    row("Subtract", &[]),
    row("Multiply", &[]),
    row("Average", &[]),
    row("Maximum", &[]),
    row("Minimum", &[]),
    row("Concatenate", &[field("axis", Axis, "-1")]),
    row("Dot", &[field("axes", Axes, ""), field("normalize", Flag, "false")]),
];

/// The layers that are written in another way.
pub const OTHERS: &[&str] = &["Activation", "ReLU", "LeakyReLU", "ELU", "Identity", "Reshape"];

/// Keras' classes of all layers that there are words for.
pub fn classes() -> impl Iterator<Item = &'static str> {
    ROWS.iter().map(|row| row.class).chain(OTHERS.iter().copied())
}
