//! Layers: their output and gradients, each as a model of its own.

use keras_core::prelude::*;

use crate::case::{Case, run, widen};
use crate::models::{both, check};

sequential! { struct Dense00< alone: Dense<4, 5> > }
sequential! { struct Dense01< alone: Dense<4, 5, Relu, use_bias = false> > }
sequential! { struct Dense02< Input<3, 4>, alone: Dense<4, 6, Tanh> > }
sequential! {
    struct Dense03<
        alone: Dense<7, 4, Softmax, kernel_regularizer = L2<0.01>, bias_regularizer = L1<0.02>>
    >
}
sequential! {
    struct Dense04<
        alone: Dense<6, 3, kernel_constraint = MaxNorm<1.0>, activity_regularizer = L2<0.05>>
    >
}
sequential! { struct Activation00< Input<5>, Activation<Relu> > }
sequential! { struct Activation01< Input<5>, Activation<Softmax> > }
sequential! { struct ActivityRegularization00< Input<4>, ActivityRegularization<l1 = 0.1, l2 = 0.2> > }
sequential! { struct Softmax00< Input<6>, Softmax > }
sequential! { struct Softmax01< Input<4, 5>, Softmax<axis = 1> > }
sequential! { struct Softmax02< Input<3, 4>, Softmax<axis = (1, 2)> > }
sequential! { struct Flatten00< Input<3, 4>, Flatten > }
sequential! { struct Reshape00< Input<12>, Reshape<3, 4> > }
sequential! { struct Reshape01< Input<3, 4>, Reshape<_, 2> > }
sequential! { struct Dropout20< Input<40>, Dropout<0.2> > }
sequential! { struct Dropout50< Input<40>, Dropout<0.5> > }

sequential! { struct Conv2D00< Input<6, 6, 3>, alone: Conv2D<3, 4, 3> > }
sequential! { struct Conv2D01< Input<7, 6, 2>, alone: Conv2D<2, 3, 3, Relu, padding = Same> > }
sequential! { struct Conv2D02< Input<8, 8, 2>, alone: Conv2D<2, 3, 3, strides = 2, padding = Same> > }
sequential! { struct Conv2D03< Input<7, 7, 2>, alone: Conv2D<2, 3, 3, strides = 2, padding = Same> > }
sequential! { struct Conv2D04< Input<9, 8, 2>, alone: Conv2D<2, 3, (2, 3), strides = (2, 1), use_bias = false> > }
sequential! { struct Conv2D05< Input<9, 9, 2>, alone: Conv2D<2, 3, 3, dilation_rate = 2> > }
sequential! { struct Conv2D06< Input<9, 8, 2>, alone: Conv2D<2, 3, (3, 2), dilation_rate = (1, 2), padding = Same> > }
sequential! { struct Conv2D07< Input<5, 5, 4>, alone: Conv2D<4, 6, 3, groups = 2, padding = Same> > }
sequential! { struct Conv2D08< Input<5, 5, 4>, alone: Conv2D<4, 4, 3, groups = 4> > }
sequential! { struct Conv2D09< Input<8, 8, 2>, alone: Conv2D<2, 2, 2, strides = 3, padding = Same> > }
sequential! { struct Conv2D11< Input<4, 4, 5>, alone: Conv2D<5, 3, 1> > }
sequential! { struct Depthwise00< Input<6, 6, 3>, alone: DepthwiseConv2D<3> > }
sequential! { struct Depthwise01< Input<6, 6, 3>, alone: DepthwiseConv2D<3, Relu, strides = 2, padding = Same, depth_multiplier = 2> > }
sequential! { struct Depthwise02< Input<7, 7, 2>, alone: DepthwiseConv2D<3, dilation_rate = 2, use_bias = false> > }
sequential! { struct Separable00< Input<6, 6, 3>, alone: SeparableConv2D<3, 4, 3> > }
sequential! { struct Separable01< Input<7, 6, 2>, alone: SeparableConv2D<2, 3, 3, Relu, strides = 2, padding = Same, depth_multiplier = 2> > }
sequential! { struct MaxPooling00< Input<6, 7, 3>, MaxPooling2D > }
sequential! { struct MaxPooling01< Input<6, 7, 2>, MaxPooling2D<3, strides = 2, padding = Same> > }
sequential! { struct MaxPooling02< Input<6, 7, 2>, MaxPooling2D<2, strides = 1> > }
sequential! { struct AveragePooling00< Input<6, 7, 3>, AveragePooling2D<2> > }
sequential! { struct AveragePooling01< Input<6, 7, 2>, AveragePooling2D<3, strides = 2, padding = Same> > }
sequential! { struct AveragePooling02< Input<6, 7, 2>, AveragePooling2D<2, strides = 1> > }
sequential! { struct GlobalAverage00< Input<6, 7, 3>, GlobalAveragePooling2D > }
sequential! { struct GlobalAverage01< Input<6, 7, 3>, GlobalAveragePooling2D<keepdims = true> > }
sequential! { struct GlobalMax00< Input<6, 7, 3>, GlobalMaxPooling2D > }
sequential! { struct GlobalMax01< Input<6, 7, 3>, GlobalMaxPooling2D<keepdims = true> > }
sequential! { struct BatchNormalization00< Input<3>, alone: BatchNormalization > }
sequential! { struct BatchNormalization01< Input<4, 4, 3>, alone: BatchNormalization<momentum = 0.9, epsilon = 0.01> > }
sequential! { struct ZeroPadding00< Input<3, 4, 2>, ZeroPadding2D<((1, 2), (0, 3))> > }
sequential! { struct ZeroPadding01< Input<3, 4, 2>, ZeroPadding2D<1> > }
sequential! { struct Cropping00< Input<6, 5, 2>, Cropping2D<((1, 2), (0, 3))> > }
sequential! { struct UpSampling00< Input<3, 4, 2>, UpSampling2D > }
sequential! { struct UpSampling01< Input<3, 4, 2>, UpSampling2D<(2, 3), interpolation = Bilinear> > }
sequential! { struct SpatialDropout30< Input<4, 4, 20>, SpatialDropout2D<0.3> > }

/// Which model a case is.
macro_rules! layers {
    ($case:ident, $($name:literal: $model:ident, $kwargs:tt;)*) => {
        match $case.name.as_str() {
            $(concat!("layers/", $name) => {
                // The model above must be what the file says.
                let kwargs: serde_json::Value = serde_json::json!($kwargs);
                assert_eq!($case.json("kwargs"), kwargs, "{}", $case.name);
                both::<$model<Cpu<f32>>, $model<Cpu<f64>>>($case)
            })*
            other => Err(format!("{other} is not handled")),
        }
    };
}

#[test]
fn layers() {
    let channels_first = "data_format channels_first is not offered";
    let skipped = [
        ("Flatten_01", channels_first),
        ("Conv2D_10", channels_first),
        ("MaxPooling2D_03", channels_first),
        ("AveragePooling2D_03", channels_first),
        ("BatchNormalization_02", "another axis than the last is not offered"),
        ("BatchNormalization_05", "another axis than the last is not offered"),
        ("BatchNormalization_06", "masks are not offered yet"),
        ("UpSampling2D_02", "interpolation bicubic is not offered"),
    ];
    run("layers", &skipped, |case| {
        if case.name == "layers/UpSampling2D_01" {
            assert_eq!(case.json("kwargs"), serde_json::json!({"size": [2, 3], "interpolation": "bilinear"}));
            check::<UpSampling01<Cpu<f32>>, f32>(case, case.tolerance())?;
            // TensorFlow interpolates in single precision, whatever it is given: its f64 run is no finer.
            let rounding = 4.0 * f64::from(f32::EPSILON);
            return check::<UpSampling01<Cpu<f64>>, f64>(case, rounding);
        }
        layers! { case,
            "Dense_00": Dense00, {"units": 5};
            "Dense_01": Dense01, {"units": 5, "activation": "relu", "use_bias": false};
            "Dense_02": Dense02, {"units": 6, "activation": "tanh"};
            "Dense_03": Dense03, {
                "units": 4,
                "activation": "softmax",
                "kernel_regularizer": {"class_name": "L2", "config": {"l2": 0.01}},
                "bias_regularizer": {"class_name": "L1", "config": {"l1": 0.02}}
            };
            "Dense_04": Dense04, {
                "units": 3,
                "kernel_constraint": {"class_name": "MaxNorm", "config": {"max_value": 1.0}},
                "activity_regularizer": {"class_name": "L2", "config": {"l2": 0.05}}
            };
            "Activation_00": Activation00, {"activation": "relu"};
            "Activation_01": Activation01, {"activation": "softmax"};
            "ActivityRegularization_00": ActivityRegularization00, {"l1": 0.1, "l2": 0.2};
            "Softmax_00": Softmax00, {};
            "Softmax_01": Softmax01, {"axis": 1};
            "Softmax_02": Softmax02, {"axis": [1, 2]};
            "Flatten_00": Flatten00, {};
            "Reshape_00": Reshape00, {"target_shape": [3, 4]};
            "Reshape_01": Reshape01, {"target_shape": [-1, 2]};
            "Conv2D_00": Conv2D00, {"filters": 4, "kernel_size": 3};
            "Conv2D_01": Conv2D01, {"filters": 3, "kernel_size": 3, "padding": "same", "activation": "relu"};
            "Conv2D_02": Conv2D02, {"filters": 3, "kernel_size": 3, "strides": 2, "padding": "same"};
            "Conv2D_03": Conv2D03, {"filters": 3, "kernel_size": 3, "strides": 2, "padding": "same"};
            "Conv2D_04": Conv2D04, {
                "filters": 3,
                "kernel_size": [2, 3],
                "strides": [2, 1],
                "padding": "valid",
                "use_bias": false
            };
            "Conv2D_05": Conv2D05, {"filters": 3, "kernel_size": 3, "dilation_rate": 2};
            "Conv2D_06": Conv2D06, {
                "filters": 3,
                "kernel_size": [3, 2],
                "dilation_rate": [1, 2],
                "padding": "same"
            };
            "Conv2D_07": Conv2D07, {"filters": 6, "kernel_size": 3, "groups": 2, "padding": "same"};
            "Conv2D_08": Conv2D08, {"filters": 4, "kernel_size": 3, "groups": 4};
            "Conv2D_09": Conv2D09, {"filters": 2, "kernel_size": 2, "strides": 3, "padding": "same"};
            "Conv2D_11": Conv2D11, {"filters": 3, "kernel_size": 1};
            "DepthwiseConv2D_00": Depthwise00, {"kernel_size": 3};
            "DepthwiseConv2D_01": Depthwise01, {
                "kernel_size": 3,
                "strides": 2,
                "padding": "same",
                "depth_multiplier": 2,
                "activation": "relu"
            };
            "DepthwiseConv2D_02": Depthwise02, {"kernel_size": 3, "dilation_rate": 2, "use_bias": false};
            "SeparableConv2D_00": Separable00, {"filters": 4, "kernel_size": 3};
            "SeparableConv2D_01": Separable01, {
                "filters": 3,
                "kernel_size": 3,
                "strides": 2,
                "padding": "same",
                "depth_multiplier": 2,
                "activation": "relu"
            };
            "MaxPooling2D_00": MaxPooling00, {};
            "MaxPooling2D_01": MaxPooling01, {"pool_size": 3, "strides": 2, "padding": "same"};
            "MaxPooling2D_02": MaxPooling02, {"pool_size": 2, "strides": 1};
            "AveragePooling2D_00": AveragePooling00, {"pool_size": 2};
            "AveragePooling2D_01": AveragePooling01, {"pool_size": 3, "strides": 2, "padding": "same"};
            "AveragePooling2D_02": AveragePooling02, {"pool_size": 2, "strides": 1};
            "GlobalAveragePooling2D_00": GlobalAverage00, {};
            "GlobalAveragePooling2D_01": GlobalAverage01, {"keepdims": true};
            "GlobalMaxPooling2D_00": GlobalMax00, {};
            "GlobalMaxPooling2D_01": GlobalMax01, {"keepdims": true};
            "BatchNormalization_00": BatchNormalization00, {};
            "BatchNormalization_01": BatchNormalization01, {"momentum": 0.9, "epsilon": 0.01};
            "BatchNormalization_03": BatchNormalization00, {};
            "BatchNormalization_04": BatchNormalization01, {"momentum": 0.9, "epsilon": 0.01};
            "Cropping2D_00": Cropping00, {"cropping": [[1, 2], [0, 3]]};
            "ZeroPadding2D_00": ZeroPadding00, {"padding": [[1, 2], [0, 3]]};
            "ZeroPadding2D_01": ZeroPadding01, {"padding": 1};
            "UpSampling2D_00": UpSampling00, {};
        }
    });
}

#[test]
fn random_layers() {
    let skipped = [("Dropout_02", "noise_shape is not offered yet")];
    run("layers_random", &skipped, |case| match (case.text("class"), case.text("kwargs")) {
        ("Dropout", r#"{"rate": 0.2}"#) => statistics::<Dropout20<Cpu<f32>>>(case),
        ("Dropout", r#"{"rate": 0.5}"#) => statistics::<Dropout50<Cpu<f32>>>(case),
        ("SpatialDropout2D", r#"{"rate": 0.3}"#) => statistics::<SpatialDropout30<Cpu<f32>>>(case),
        (_, other) => Err(format!("{other} is not handled")),
    });
}

fn statistics<M: OneToOne<Backend = Cpu<f32>>>(case: &Case) -> Result<(), String> {
    let x = case.tensor("input.0").array();
    let mut model = M::new(0);
    let output = model.predict(&x).map_err(|error| error.to_string())?;
    case.compare("inference.output.0", &widen(output.as_slice()), 0.0)?;

    let draws: usize = case.text("draws").parse().unwrap();
    let axes = case.json("zeros_are_whole_along_axis");
    let axes: Vec<bool> = (0..x.ndim()).map(|axis| axes[axis.to_string()] == true).collect();
    // How many numbers fall, or do not, because of one that was drawn.
    let alike: usize =
        x.shape().iter().zip(&axes).filter(|(_, whole)| **whole).map(|(size, _)| size).product();
    let mut all = Vec::new();
    let mut means = Vec::new();
    // More draws where a draw has fewer numbers, so that at least ours are as sure as those of others.
    for seed in 0..draws * alike {
        let mut model = M::new(seed as u64);
        let mut gradients = Gradients::new(&model).unwrap();
        // The gradient by the input is the cotangent where a number was kept.
        let result = model.pullback(&x, &x, true, &mut gradients).map_err(|error| error.to_string())?;
        assert_eq!(result.output.as_slice(), result.input_gradient.as_slice());
        let together = whole(&case.tensor("input.0").shape, &axes, result.output.as_slice());
        assert!(together, "{}: a part of what falls together fell alone", case.name);
        let output = widen(result.output.as_slice());
        means.push(moments(&output).0);
        all.extend(output);
    }
    let (mean, std) = moments(&all);
    let zeros = all.iter().filter(|v| **v == 0.0).count() as f64 / all.len() as f64;
    let theirs = |name: &str| case.reference(name).values[0];
    let within = |name: &str, mine: f64, allowed: f64| {
        let close = (mine - theirs(name)).abs() <= allowed;
        if close { Ok(()) } else { Err(format!("{name} is {mine}, Keras has {}", theirs(name))) }
    };
    let drawn = (draws * x.len() / alike) as f64;
    within("stat.mean", mean, 5.0 * theirs("stat.std") / drawn.sqrt())?;
    within("stat.std", std, 0.03 * theirs("stat.std"))?;
    within("stat.zero_fraction", zeros, 0.03 * theirs("stat.zero_fraction"))?;
    // Each draw is another one. Of 64 draws this is known to 9 % on either side: four times both.
    let spread = theirs("stat.mean_per_draw_std");
    within("stat.mean_per_draw_std", moments(&means).1, 0.5 * spread)
}

/// Whether along these axes numbers are 0 together or not at all.
fn whole(shape: &[usize], axes: &[bool], values: &[f32]) -> bool {
    let mut groups = std::collections::HashMap::new();
    for (at, v) in values.iter().enumerate() {
        // Its place on the other axes.
        let (mut rest, mut group) = (at, Vec::new());
        for (size, whole) in shape.iter().zip(axes).rev() {
            if !whole {
                group.push(rest % size);
            }
            rest /= size;
        }
        let zero = *groups.entry(group).or_insert(*v == 0.0);
        if zero != (*v == 0.0) {
            return false;
        }
    }
    true
}

/// Mean and standard deviation.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt())
}
