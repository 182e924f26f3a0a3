//! Layers that work on images.

use super::{Real, Slot, Spec, Takes, slot};

pub const CONV2D: Spec = Spec {
    layer: "Conv2D",
    positional: &[
        slot("channels", Takes::Inputs),
        slot("filters", Takes::Size),
        slot("kernel_size", Takes::Pair),
        slot("activation", Takes::Activation),
    ],
    needed: 3,
    options: &[
        slot("strides", Takes::Pair),
        slot("padding", Takes::Padding),
        slot("dilation_rate", Takes::Pair),
        slot("groups", Takes::Size),
        slot("use_bias", Takes::Flag),
        slot("kernel_initializer", Takes::Initializer),
        slot("bias_initializer", Takes::Initializer),
        slot("kernel_regularizer", Takes::Regularizer),
        slot("bias_regularizer", Takes::Regularizer),
        slot("activity_regularizer", Takes::Regularizer),
        slot("kernel_constraint", Takes::Constraint),
        slot("bias_constraint", Takes::Constraint),
        slot("strict", Takes::Switch),
    ],
    usage: "Conv2D<CHANNELS, FILTERS, KERNEL_SIZE, Activation = Linear, strides = 1, padding = Valid, dilation_rate = 1, groups = 1, use_bias = true, kernel_initializer = GlorotUniform, bias_initializer = Zeros, strict = false>",
    example: "Conv2D<_, 32, 3, Relu>",
};

pub const DEPTHWISE_CONV_2D: Spec = Spec {
    layer: "DepthwiseConv2D",
    positional: &[slot("kernel_size", Takes::Pair), slot("activation", Takes::Activation)],
    needed: 1,
    options: &[
        slot("strides", Takes::Pair),
        slot("padding", Takes::Padding),
        slot("depth_multiplier", Takes::Size),
        slot("dilation_rate", Takes::Pair),
        slot("use_bias", Takes::Flag),
        slot("depthwise_initializer", Takes::Initializer),
        slot("bias_initializer", Takes::Initializer),
        slot("depthwise_regularizer", Takes::Regularizer),
        slot("bias_regularizer", Takes::Regularizer),
        slot("depthwise_constraint", Takes::Constraint),
        slot("bias_constraint", Takes::Constraint),
        slot("strict", Takes::Switch),
    ],
    usage: "DepthwiseConv2D<KERNEL_SIZE, Activation = Linear, strides = 1, padding = Valid, depth_multiplier = 1, dilation_rate = 1, use_bias = true, depthwise_initializer = GlorotUniform, bias_initializer = Zeros, strict = false>",
    example: "DepthwiseConv2D<3, Relu>",
};

pub const SEPARABLE_CONV_2D: Spec = Spec {
    layer: "SeparableConv2D",
    positional: &[
        slot("channels", Takes::Inputs),
        slot("filters", Takes::Size),
        slot("kernel_size", Takes::Pair),
        slot("activation", Takes::Activation),
    ],
    needed: 3,
    options: &[
        slot("strides", Takes::Pair),
        slot("padding", Takes::Padding),
        slot("dilation_rate", Takes::Pair),
        slot("depth_multiplier", Takes::Size),
        slot("use_bias", Takes::Flag),
        slot("depthwise_initializer", Takes::Initializer),
        slot("pointwise_initializer", Takes::Initializer),
        slot("bias_initializer", Takes::Initializer),
        slot("depthwise_regularizer", Takes::Regularizer),
        slot("pointwise_regularizer", Takes::Regularizer),
        slot("bias_regularizer", Takes::Regularizer),
        slot("depthwise_constraint", Takes::Constraint),
        slot("pointwise_constraint", Takes::Constraint),
        slot("bias_constraint", Takes::Constraint),
        slot("strict", Takes::Switch),
    ],
    usage: "SeparableConv2D<CHANNELS, FILTERS, KERNEL_SIZE, Activation = Linear, strides = 1, padding = Valid, dilation_rate = 1, depth_multiplier = 1, use_bias = true, depthwise_initializer = GlorotUniform, pointwise_initializer = GlorotUniform, bias_initializer = Zeros, strict = false>",
    example: "SeparableConv2D<_, 32, 3, Relu>",
};

pub const MAX_POOLING_2D: Spec = pooling(
    "MaxPooling2D",
    "MaxPooling2D<POOL_SIZE = 2, strides = POOL_SIZE, padding = Valid, strict = false>",
);

pub const AVERAGE_POOLING_2D: Spec = pooling(
    "AveragePooling2D",
    "AveragePooling2D<POOL_SIZE = 2, strides = POOL_SIZE, padding = Valid, strict = false>",
);

const POOL_SIZE: &[Slot] = &[slot("pool_size", Takes::Pair)];
const POOLING_OPTIONS: &[Slot] =
    &[slot("strides", Takes::Pair), slot("padding", Takes::Padding), slot("strict", Takes::Switch)];

const fn pooling(layer: &'static str, usage: &'static str) -> Spec {
    Spec { layer, positional: POOL_SIZE, needed: 0, options: POOLING_OPTIONS, usage, example: layer }
}

pub const GLOBAL_AVERAGE_POOLING_2D: Spec =
    global("GlobalAveragePooling2D", "GlobalAveragePooling2D<keepdims = false>");

pub const GLOBAL_MAX_POOLING_2D: Spec = global("GlobalMaxPooling2D", "GlobalMaxPooling2D<keepdims = false>");

const KEEPDIMS: &[Slot] = &[slot("keepdims", Takes::Switch)];

const fn global(layer: &'static str, usage: &'static str) -> Spec {
    Spec { layer, positional: &[], needed: 0, options: KEEPDIMS, usage, example: layer }
}

pub const SPATIAL_DROPOUT_2D: Spec = Spec {
    layer: "SpatialDropout2D",
    positional: &[slot("rate", Takes::Real(Real::Rate))],
    needed: 1,
    options: &[],
    usage: "SpatialDropout2D<RATE>",
    example: "SpatialDropout2D<0.5>",
};

pub const ZERO_PADDING_2D: Spec = Spec {
    layer: "ZeroPadding2D",
    positional: &[slot("padding", Takes::Pair)],
    needed: 0,
    options: &[],
    usage: "ZeroPadding2D<1>, <(HEIGHT, WIDTH)> or <((TOP, BOTTOM), (LEFT, RIGHT))>",
    example: "ZeroPadding2D<1>",
};

pub const CROPPING_2D: Spec = Spec {
    layer: "Cropping2D",
    positional: &[slot("cropping", Takes::Pair)],
    needed: 0,
    options: &[],
    usage: "Cropping2D<1>, <(HEIGHT, WIDTH)> or <((TOP, BOTTOM), (LEFT, RIGHT))>",
    example: "Cropping2D<1>",
};

pub const UP_SAMPLING_2D: Spec = Spec {
    layer: "UpSampling2D",
    positional: &[slot("size", Takes::Pair)],
    needed: 0,
    options: &[slot("interpolation", Takes::Interpolation)],
    usage: "UpSampling2D<SIZE = 2, interpolation = Nearest>",
    example: "UpSampling2D<2>",
};
