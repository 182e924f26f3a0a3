//! Layers: their output and gradients, each as a model of its own.

use keras_core::prelude::*;

use crate::case::{Case, run, widen};
use crate::models::both;

sequential! { struct Dense00< alone: Dense<4, 5> > }
sequential! { struct Dense01< alone: Dense<4, 5, Relu, use_bias = false> > }
sequential! { struct Dense02< Input<3, 4>, alone: Dense<4, 6, Tanh> > }
sequential! { struct Dense03< alone: Dense<7, 4, Softmax> > }
sequential! { struct Dense04< alone: Dense<6, 3> > }
sequential! { struct Activation00< Input<5>, Activation<Relu> > }
sequential! { struct Activation01< Input<5>, Activation<Softmax> > }
sequential! { struct Flatten00< Input<3, 4>, Flatten > }
sequential! { struct Reshape00< Input<12>, Reshape<3, 4> > }
sequential! { struct Reshape01< Input<3, 4>, Reshape<_, 2> > }
sequential! { struct Dropout20< Input<40>, Dropout<0.2> > }
sequential! { struct Dropout50< Input<40>, Dropout<0.5> > }

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
    let skipped = [("Flatten_01", "data_format channels_first is not offered")];
    run("layers", &skipped, |case| {
        for option in ["regularizer", "constraint"] {
            if case.text("kwargs").contains(option) {
                println!(
                    "{}: the {option} is not offered yet; output and gradients are without it",
                    case.name
                );
            }
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
            "Flatten_00": Flatten00, {};
            "Reshape_00": Reshape00, {"target_shape": [3, 4]};
            "Reshape_01": Reshape01, {"target_shape": [-1, 2]};
        }
    });
}

#[test]
fn random_layers() {
    let skipped = [("Dropout_02", "noise_shape is not offered yet")];
    run("layers_random", &skipped, |case| match case.text("kwargs") {
        r#"{"rate": 0.2}"# => statistics::<Dropout20<Cpu<f32>>>(case),
        r#"{"rate": 0.5}"# => statistics::<Dropout50<Cpu<f32>>>(case),
        other => Err(format!("{other} is not handled")),
    });
}

fn statistics<M: Model<Backend = Cpu<f32>>>(case: &Case) -> Result<(), String> {
    let x = case.tensor("input.0").array();
    let mut model = M::new(0);
    let output = model.predict(&x).map_err(|error| error.to_string())?;
    case.compare("inference.output.0", &widen(output.as_slice()), 0.0)?;

    let draws: usize = case.text("draws").parse().unwrap();
    let mut all = Vec::new();
    let mut means = Vec::new();
    for seed in 0..draws {
        let mut model = M::new(seed as u64);
        let mut gradients = Gradients::new(&model).unwrap();
        // The gradient by the input is the cotangent where a number was kept.
        let result = model.pullback(&x, &x, true, &mut gradients).map_err(|error| error.to_string())?;
        assert_eq!(result.output.as_slice(), result.input_gradient.as_slice());
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
    within("stat.mean", mean, 5.0 * theirs("stat.std") / (all.len() as f64).sqrt())?;
    within("stat.std", std, 0.03 * theirs("stat.std"))?;
    within("stat.zero_fraction", zeros, 0.03 * theirs("stat.zero_fraction"))?;
    // Each draw is another one. Of 64 draws this is known to 9 % on either side: four times both.
    let spread = theirs("stat.mean_per_draw_std");
    within("stat.mean_per_draw_std", moments(&means).1, 0.5 * spread)
}

/// Mean and standard deviation.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt())
}
