//! Layers on images, and batch normalisation: every option, on images of many sizes.

use keras_core::prelude::*;
use proptest::prelude::*;

use crate::layers::{check, layers, numbers, numbers_apart};

layers! { numbers, 8,
    conv, training true: { Input<5, 4, 3>, Conv2D<3, 4, 3> }
    conv_same, training true: { Input<4, 5, 2>, Conv2D<2, 3, 3, Tanh, padding = Same> }
    conv_that_needs_its_input_late, training true: { Input<4, 4, 2>, Conv2D<2, 3, 2, Gelu, padding = Same> }
    conv_with_softmax, training true: { Input<3, 4, 2>, Conv2D<2, 4, 2, Softmax> }
    conv_strides, training true: { Input<7, 6, 2>, Conv2D<2, 3, 3, strides = 2> }
    conv_strides_same, training true: { Input<6, 5, 2>, Conv2D<2, 3, 3, strides = (2, 3), padding = Same> }
    conv_larger_strides, training true: { Input<8, 8, 1>, Conv2D<1, 2, 2, strides = 3, padding = Same> }
    conv_dilation, training true: { Input<7, 6, 2>, Conv2D<2, 2, (3, 2), dilation_rate = (2, 3)> }
    conv_dilation_same, training true: { Input<5, 6, 2>, Conv2D<2, 2, 3, dilation_rate = 2, padding = Same> }
    conv_without_bias, training true: { Input<4, 4, 2>, Conv2D<2, 3, (2, 3), use_bias = false> }
    conv_groups, training true: { Input<4, 5, 4>, Conv2D<4, 6, 3, groups = 2, padding = Same> }
    conv_depthwise, training true: { Input<5, 4, 5>, Conv2D<5, 5, 3, groups = 5> }
    conv_depthwise_with_more_filters, training true: { Input<4, 4, 3>, Conv2D<3, 6, 2, groups = 3, strides = 2> }
    depthwise, training true: { Input<5, 4, 5>, DepthwiseConv2D<3, Tanh, padding = Same> }
    depthwise_of_many, training true: { Input<6, 5, 21>, DepthwiseConv2D<(3, 2), Gelu> }
    depthwise_strides, training true: { Input<7, 6, 4>, DepthwiseConv2D<3, strides = (2, 3), padding = Same, use_bias = false> }
    depthwise_with_more_filters, training true: { Input<5, 5, 3>, DepthwiseConv2D<2, Softmax, depth_multiplier = 3, strides = 2> }
    depthwise_dilation, training true: { Input<7, 6, 2>, DepthwiseConv2D<(3, 2), dilation_rate = (2, 3)> }
    depthwise_of_one_channel, training true: { Input<4, 4, 1>, DepthwiseConv2D<3, padding = Same> }
    separable, training true: { Input<5, 4, 3>, SeparableConv2D<3, 4, 3, Tanh, padding = Same> }
    separable_that_needs_its_input_late, training true: { Input<5, 5, 2>, SeparableConv2D<2, 3, 3, Gelu, depth_multiplier = 2> }
    separable_strides, training true: { Input<6, 7, 3>, SeparableConv2D<3, 5, (2, 3), strides = 2, use_bias = false> }
    separable_after_separable, training true: { Input<6, 6, 2>, SeparableConv2D<2, 3, 3, Silu>, SeparableConv2D<_, 2, 2, dilation_rate = 2> }
    conv_of_single_pixels, training true: { Input<3, 3, 5>, Conv2D<5, 4, 1> }
    conv_of_the_whole_image, training true: { Input<3, 4, 2>, Conv2D<2, 5, (3, 4)> }
    conv_of_one_pixel, training true: { Input<1, 1, 3>, Conv2D<3, 2, 3, padding = Same> }
    conv_after_conv, training true: { Input<6, 6, 1>, Conv2D<1, 3, 3, Tanh>, Conv2D<_, 2, 3, padding = Same> }
    average, training true: { Input<5, 7, 3>, AveragePooling2D<2> }
    average_same, training true: { Input<5, 4, 2>, AveragePooling2D<3, strides = 2, padding = Same> }
    average_that_overlaps, training true: { Input<5, 4, 2>, AveragePooling2D<(2, 3), strides = 1> }
    average_with_gaps, training true: { Input<8, 7, 1>, AveragePooling2D<2, strides = 3> }
    global_average, training true: { Input<4, 3, 5>, GlobalAveragePooling2D }
    global_average_as_an_image, training true: { Input<3, 2, 4>, GlobalAveragePooling2D<keepdims = true> }
    normalization, training true: { Input<5>, BatchNormalization }
    normalization_in_inference, training false: { Input<5>, BatchNormalization }
    normalization_of_images, training true: { Input<3, 4, 3>, BatchNormalization<epsilon = 0.01> }
    normalization_of_images_in_inference, training false: { Input<3, 4, 3>, BatchNormalization }
    normalization_of_rows, training true: { Input<4, 6>, BatchNormalization }
    normalization_without_beta, training true: { Input<2, 2, 3>, BatchNormalization<center = false> }
    normalization_without_gamma, training true: { Input<2, 2, 3>, BatchNormalization<scale = false> }
    normalization_alone, training true: { Input<2, 2, 3>, BatchNormalization<center = false, scale = false> }
    normalization_alone_in_inference, training false: {
        Input<2, 3>,
        BatchNormalization<center = false, scale = false>,
    }
    normalization_between, training true: { Dense<3, 4>, BatchNormalization, Activation<Tanh>, Dense<_, 2> }
    spatial_dropout, training true: { Input<2, 3, 7>, SpatialDropout2D<0.4> }
    spatial_dropout_in_inference, training false: { Input<2, 3, 4>, SpatialDropout2D<0.4> }
    spatial_dropout_of_all, training true: { Input<2, 2, 3>, SpatialDropout2D<1.0> }
    padding, training true: { Input<2, 3, 2>, ZeroPadding2D<((1, 2), (0, 3))> }
    padding_by_none, training true: { Input<2, 3, 2>, ZeroPadding2D<0> }
    upsampling, training true: { Input<3, 2, 2>, UpSampling2D<(2, 3)> }
    upsampling_bilinear, training true: { Input<3, 2, 3>, UpSampling2D<2, interpolation = Bilinear> }
    upsampling_bilinear_uneven, training true: { Input<2, 4, 1>, UpSampling2D<(3, 5), interpolation = Bilinear> }
    upsampling_of_one_pixel, training true: { Input<1, 1, 2>, UpSampling2D<3, interpolation = Bilinear> }
    network, training true: {
        Input<8, 7, 2>,
        ZeroPadding2D<1>,
        Conv2D<_, 4, 3, use_bias = false>,
        BatchNormalization,
        Activation<Tanh>,
        AveragePooling2D<2>,
        SpatialDropout2D<0.3>,
        Conv2D<4, 4, 3, Silu, padding = Same, groups = 2>,
        UpSampling2D<2>,
        BatchNormalization<momentum = 0.5>,
        GlobalAveragePooling2D,
        Dense<4, 3, Softmax>,
    }
}

// Larger than the lanes and blocks of kernels.
layers! { numbers, 1,
    conv_of_many, training true: { Input<5, 6, 9>, Conv2D<9, 17, 3, padding = Same> }
    conv_of_many_groups, training true: { Input<4, 4, 18>, Conv2D<18, 18, 3, groups = 18> }
    normalization_of_many, training true: { Input<2, 1, 70>, BatchNormalization }
    spatial_dropout_of_many, training true: { Input<2, 1, 70>, SpatialDropout2D<0.4> }
}

// Inputs that lie apart, so that the largest one of a window stays the largest.
layers! { numbers_apart, 8,
    max, training true: { Input<4, 6, 3>, MaxPooling2D }
    max_of_odd_sizes, training true: { Input<5, 7, 2>, MaxPooling2D<2> }
    max_of_eight, training true: { Input<3, 4, 8>, MaxPooling2D<2> }
    max_same, training true: { Input<5, 4, 3>, MaxPooling2D<3, strides = 2, padding = Same> }
    max_same_of_odd_sizes, training true: { Input<5, 3, 3>, MaxPooling2D<2, padding = Same> }
    max_that_overlaps, training true: { Input<4, 5, 2>, MaxPooling2D<(2, 3), strides = 1> }
    max_with_gaps, training true: { Input<8, 7, 1>, MaxPooling2D<2, strides = 3> }
    max_of_the_whole_image, training true: { Input<3, 2, 3>, MaxPooling2D<(3, 2)> }
    global_max, training true: { Input<4, 3, 5>, GlobalMaxPooling2D }
    global_max_as_an_image, training true: { Input<3, 2, 4>, GlobalMaxPooling2D<keepdims = true> }
}

layers! { numbers_apart, 1,
    max_of_many, training true: { Input<2, 3, 70>, MaxPooling2D }
    max_of_sixteen, training true: { Input<5, 4, 16>, MaxPooling2D }
    global_max_of_many, training true: { Input<2, 2, 70>, GlobalMaxPooling2D }
}
