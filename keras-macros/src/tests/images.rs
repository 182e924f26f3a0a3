//! Layers on images.

use super::{chain, said};

/// The first lines and the helps.
fn lines(layers: &str) -> Vec<String> {
    let lines = said(layers).into_iter().flat_map(|text| {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines
            .into_iter()
            .enumerate()
            .filter(|(i, line)| *i == 0 || line.starts_with("help"))
            .map(|(_, line)| line)
    });
    lines.collect()
}

#[track_caller]
fn says(layers: &str, lines: &[&str]) {
    assert_eq!(self::lines(layers), lines, "{layers}");
}

#[test]
fn a_network_of_images() {
    let chain = chain(
        "Input<28, 28, 1>, Conv2D<_, 32, 3, Relu>, MaxPooling2D<2>, Conv2D<32, 64, (3, 3), Relu>, BatchNormalization, \
         MaxPooling2D, SpatialDropout2D<0.2>, Flatten, Dropout<0.5>, Dense<_, 10, Softmax>",
    );
    assert!(chain.errors.is_empty(), "{:?}", chain.errors.texts());
    let rows: Vec<String> = chain
        .nodes
        .iter()
        .map(|node| format!("{} {} {:?}", node.name, node.made.shape.show(), node.made.params))
        .collect();
    assert_eq!(
        rows,
        [
            "conv2d (26, 26, 32) Some(320)",
            "max_pooling2d (13, 13, 32) Some(0)",
            "conv2d_1 (11, 11, 64) Some(18496)",
            "batch_normalization (11, 11, 64) Some(256)",
            "max_pooling2d_1 (5, 5, 64) Some(0)",
            "spatial_dropout2d (5, 5, 64) Some(0)",
            "flatten (1600) Some(0)",
            "dropout (1600) Some(0)",
            "dense (10) Some(16010)",
        ]
    );
}

#[test]
fn options_change_shapes_and_parameters() {
    for (layers, shape, params) in [
        ("Conv2D<8, 4, 3, strides = 2>", "(3, 4, 4)", Some(292)),
        ("Conv2D<8, 4, (3, 5), strides = (2, 1), padding = Same>", "(4, 10, 4)", Some(484)),
        ("Conv2D<_, 4, 3, dilation_rate = (1, 2), use_bias = false>", "(5, 6, 4)", Some(288)),
        ("Conv2D<_, 4, 3, groups = 4>", "(5, 8, 4)", Some(76)),
        ("MaxPooling2D", "(3, 5, 8)", Some(0)),
        ("MaxPooling2D<(3, 2), strides = 1>", "(5, 9, 8)", Some(0)),
        ("AveragePooling2D<2, padding = Same>", "(4, 5, 8)", Some(0)),
        ("AveragePooling2D<strides = 1, strict = true>", "(6, 9, 8)", Some(0)),
        ("GlobalMaxPooling2D", "(8)", Some(0)),
        ("GlobalAveragePooling2D<keepdims = true>", "(1, 1, 8)", Some(0)),
        ("ZeroPadding2D", "(9, 12, 8)", Some(0)),
        ("ZeroPadding2D<(1, 2)>", "(9, 14, 8)", Some(0)),
        ("ZeroPadding2D<((1, 2), (3, 0))>", "(10, 13, 8)", Some(0)),
        ("UpSampling2D", "(14, 20, 8)", Some(0)),
        ("UpSampling2D<(1, 3), interpolation = Bilinear>", "(7, 30, 8)", Some(0)),
        ("BatchNormalization<scale = false, momentum = 0.9, epsilon = 1e-5>", "(7, 10, 8)", Some(24)),
        ("BatchNormalization<center = CENTER>", "(7, 10, 8)", None),
        ("Conv2D<_, F, 3>", "(.., .., F)", None),
        ("MaxPooling2D<SIZE>", "(.., .., 8)", Some(0)),
    ] {
        let chain = chain(&format!("Input<7, 10, 8>, {layers}"));
        assert!(chain.errors.is_empty(), "{layers}: {:?}", chain.errors.texts());
        let made = &chain.nodes[0].made;
        assert_eq!((made.shape.show().as_str(), made.params), (shape, params), "{layers}");
    }
}

#[test]
fn what_does_not_fit_is_said_once() {
    says(
        "Input<4, 4, 3>, Conv2D<3, 8, 5>, Conv2D<7, 2, 3>, Flatten, Dense<10, 4>",
        &[
            "layer 1 needs an image of 5×5 or larger, but the input gives 4×4",
            "help: write `4` or less, or add `padding = Same`",
        ],
    );
    says(
        "Input<28, 28, 3>, Conv2D<1, 8, 5, Relu>, MaxPooling2D<(2, 30)>",
        &[
            "layer 1 takes 1 channel, but the input gives 3",
            "help: write `Conv2D<3, 8, 5, Relu>`, or `_` to have it inferred",
            "layer 2 needs an image of 2×30 or larger, but layer 1 gives 24×24",
            "help: write `24` or less, or add `padding = Same`",
        ],
    );
    says(
        "Input<27, 28, 3>, MaxPooling2D<2, strict = true>, Conv2D<3, 4, 3>",
        &[
            "layer 1 leaves over 1 of the 27 rows that the input gives: the stride 2 does not divide 27 - 2 = 25",
            "help: put `ZeroPadding2D<((0, 1), (0, 0))>` before it, or leave out `strict = true`",
        ],
    );
    says(
        "Input<8, 8, 8>, Conv2D<_, 12, 3, groups = 3>, Conv2D<12, 8, 3, groups = 3>",
        &[
            "layer 1 `Conv2D<_, 12, 3, groups = 3>` cannot divide 8 channels into 3 groups",
            "help: write `2`, say",
            "layer 2 `Conv2D<12, 8, 3, groups = 3>` cannot divide 8 filters into 3 groups",
            "help: write `2`, say",
        ],
    );
    says(
        "Input<8, 8, 8>, Conv2D<_, 9, 3, strides = 2, dilation_rate = (1, 2)>",
        &[
            "layer 1 cannot have strides of 2 and a dilation rate of (1, 2) together",
            "help: write `dilation_rate = 1` or `strides = 1`",
        ],
    );
}

#[test]
fn zeros_are_said() {
    for (layer, what) in [
        ("Conv2D<0, 9, 3>", "channels"),
        ("Conv2D<8, 0, 3>", "filters"),
        ("Conv2D<8, 9, (0, 3)>", "kernel_size"),
        ("Conv2D<8, 9, 3, strides = (1, 0)>", "strides"),
        ("Conv2D<8, 9, 3, dilation_rate = 0>", "dilation_rate"),
        ("Conv2D<8, 9, 3, groups = 0>", "groups"),
        ("MaxPooling2D<0>", "pool_size"),
        ("AveragePooling2D<strides = 0>", "strides"),
        ("UpSampling2D<(2, 0)>", "size"),
    ] {
        let line = format!("layer 1 `{layer}`: {what} cannot be 0");
        says(&format!("Input<8, 8, 8>, {layer}, Flatten"), &[&line, "help: write `1` or more"]);
    }
    assert!(said("Input<8, 8, 8>, ZeroPadding2D<0>, ZeroPadding2D<((0, 1), 0)>").is_empty());
}

#[test]
fn what_is_no_image_is_helped() {
    for (layers, help) in [
        (
            "Input<784>, Conv2D<1, 8, 5>, Conv2D<7, 2, 3>",
            "start the model with `Input<28, 28, 1>`, or put a `Reshape<28, 28, 1>` before the layer",
        ),
        ("Dense<10, 300>, UpSampling2D", "put a `Reshape<10, 10, 3>` before it"),
        ("Dense<10, N>, MaxPooling2D", "put a `Reshape<HEIGHT, WIDTH, CHANNELS>` before it"),
        ("Input<8, 8, 1>, Flatten, MaxPooling2D, Dense<_, 3>", "leave out layer 1, `Flatten`"),
        (
            "Input<8, 8, 1>, GlobalMaxPooling2D, ZeroPadding2D",
            "write `GlobalMaxPooling2D<keepdims = true>` for layer 1",
        ),
        (
            "Input<S>, SpatialDropout2D<0.5>, GlobalMaxPooling2D",
            "put a `Reshape<HEIGHT, WIDTH, CHANNELS>` before it",
        ),
    ] {
        let lines = lines(layers);
        assert!(lines[0].contains("takes an image (height, width, channels), but"), "{lines:?}");
        assert_eq!(lines[1..], [format!("help: {help}")], "{layers}");
    }
}

#[test]
fn what_is_written_as_in_python_is_helped() {
    for (layer, line, help) in [
        (
            "Conv2D<_, 9, 3, padding = \"same\">",
            "unknown padding `\"same\"`; did you mean `Same`?",
            "write `padding = Same`",
        ),
        (
            "MaxPooling2D<padding = SAME>",
            "unknown padding `SAME`; did you mean `Same`?",
            "write `padding = Same`",
        ),
        ("MaxPooling2D<padding = Causal>", "unknown padding `Causal`", "the paddings are `Valid` and `Same`"),
        (
            "UpSampling2D<interpolation = bilinear>",
            "unknown interpolation `bilinear`; did you mean `Bilinear`?",
            "write `interpolation = Bilinear`",
        ),
        (
            "Conv2D<_, 9, (3, 3, 3)>",
            "layer 1: expected a number or a pair `(height, width)` for the kernel_size, but found 3 numbers",
            "write `(3, 3)`",
        ),
        ("Conv2D<_, 9, [3, 5]>", "layer 1: a pair stands in parentheses", "write `(3, 5)`"),
        (
            "MaxPooling2D<strides = (1, 2, 2, 1)>",
            "layer 1: expected a number or a pair `(height, width)` for the strides, but found 4 numbers",
            "write `(2, 2)`",
        ),
        (
            "Conv2D<9, (3, 3), Relu>",
            "layer 1 `Conv2D<9, (3, 3), Relu>` lacks its channels",
            "write `Conv2D<_, 9, (3, 3), Relu>`: `_` is the number of channels",
        ),
        (
            "Conv2D<_, 9>",
            "layer 1 `Conv2D<_, 9>` lacks its kernel_size",
            "write `Conv2D<_, 32, 3, Relu>`, say",
        ),
        (
            "Conv2D<_, 9, 3, Same>",
            "layer 1: expected an activation, but found `Same`",
            "write `padding = Same`",
        ),
        (
            "MaxPooling2D<2, 1>",
            "layer 1: `MaxPooling2D` takes 1 argument, but 2 are given",
            "write `strides = 1`, or a pair `(height, width)` for the size of the window",
        ),
        (
            "BatchNormalization<0.9>",
            "layer 1: `BatchNormalization` takes no arguments, but 1 is given",
            "write `momentum = 0.9`",
        ),
        (
            "Reshape<(4, 4, 32)>",
            "a `Reshape` takes sizes, but found `(4, 4, 32)`",
            "leave out the parentheses: write `4, 4, 32`",
        ),
        (
            "Conv2D<_, 9, Relu, (3, 3)>",
            "layer 1 `Conv2D<_, 9, Relu, (3, 3)>`: the sizes come first, then the activation `Relu`",
            "write `Conv2D<_, 9, (3, 3), Relu>`",
        ),
        (
            "Conv2D<_, 9, 3, activation = \"relu\">",
            "layer 1: expected an activation, but found `\"relu\"`",
            "write `Relu`",
        ),
        (
            "Conv2D<_, 9, 3, kernel_initializer = \"he_normal\">",
            "layer 1: expected an initializer for `kernel_initializer`, but found `\"he_normal\"`",
            "write `HeNormal`",
        ),
        (
            "MaxPooling2D<(1.0, 2)>",
            "layer 1: expected a number for the pool_size, but found `1.0`",
            "write `1`",
        ),
        ("MaxPooling2D<(2, _)>", "layer 1: `_` cannot stand for the pool_size", "write a number"),
    ] {
        says(&format!("Input<8, 8, 8>, {layer}, Flatten"), &[line, &format!("help: {help}")]);
    }
    says(
        "Input<8, 8, 8>, ZeroPadding2D<(((1, 1), 2), 1)>",
        &["layer 1: expected a number for the padding, but found `(1, 1)`"],
    );
}

#[test]
fn other_names_are_found() {
    for (other, name) in [
        ("MaxPool2D", "MaxPooling2D"),
        ("AvgPool2d", "AveragePooling2D"),
        ("GlobalAvgPool2D", "GlobalAveragePooling2D"),
        ("Conv2d<_, 2, 1>", "Conv2D"),
        ("Convolution2D<_, 2, 1>", "Conv2D"),
        ("BatchNorm", "BatchNormalization"),
        ("UpSample2D", "UpSampling2D"),
        ("zero_padding2d", "ZeroPadding2D"),
        ("max_pool2d", "MaxPooling2D"),
    ] {
        let lines = lines(&format!("Input<8, 8, 8>, {other}"));
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].ends_with(&format!("did you mean `{name}`?")), "{lines:?}");
    }
    // Of another dimension, which is not there: a person's own.
    assert!(said("Input<8, 8, 8>, Conv1D<3>, MaxPooling3D").is_empty());
}

#[test]
fn a_first_layer_on_images_needs_an_input() {
    for (layer, input) in
        [("Conv2D<1, 8, 3>", "28, 28, 1"), ("Conv2D<3, 8, 3>", "32, 32, 3"), ("MaxPooling2D", "28, 28, 1")]
    {
        let line = format!("the model's input is not known from `{layer}`");
        let help = format!(
            "help: write `Input<{input}>` before it, with the height, width and channels of your images"
        );
        says(&format!("{layer}, Flatten, Dense<_, 3>"), &[&line, &help]);
    }
}

#[test]
fn numbers_of_a_normalization_make_sense() {
    let text = said("Input<8>, BatchNormalization<momentum = 1.5, epsilon = 0.0>").join("\n");
    assert!(text.contains("the momentum is the share of the moving mean that a step keeps, from 0.0 to 1.0"));
    assert!(text.contains("help: write `1e-3`, say"));
}
