//! Optimizers: given gradients for some steps, where each variable is after every step, and the
//! optimizer's state at the end.

use keras_core::element::Element;
use keras_core::layers::Variable;
use keras_core::model::LayerInfo;
use keras_core::optimizers::{Optimizer, OptimizerState};
use keras_core::prelude::*;
use keras_core::shape::Dims;

use crate::case::{Case, cast, run, widen};
use crate::kwargs;

const SKIPPED: [(&str, &str); 8] = [
    ("Adam_05", "use_ema is not offered yet"),
    ("Adam_06", "use_ema is not offered yet"),
    ("Adam_07", "gradient_accumulation_steps is not offered yet"),
    ("Adam_08", "exclude_from_weight_decay is not offered yet"),
    ("SGD_05", "use_ema is not offered yet"),
    ("SGD_06", "use_ema is not offered yet"),
    ("SGD_07", "gradient_accumulation_steps is not offered yet"),
    ("SGD_08", "exclude_from_weight_decay is not offered yet"),
];

#[test]
fn optimizers() {
    run("optimizers", &SKIPPED, |case| {
        let kwargs = case.kwargs();
        match case.text("class") {
            "SGD" => both(case, &kwargs::sgd(&kwargs)),
            "RMSprop" => both(case, &kwargs::rmsprop(&kwargs)),
            "Adam" => both(case, &kwargs::adam(&kwargs)),
            "AdamW" => both(case, &kwargs::adamw(&kwargs)),
            other => Err(format!("class {other} is not handled")),
        }
    });
}

fn both<O: Optimizer>(case: &Case, optimizer: &O) -> Result<(), String> {
    optimizer.check().map_err(|error| error.to_string())?;
    follow::<f32, O>(case, optimizer.clone(), case.tolerance())?;
    // Keras keeps the learning rate and its like in single precision even here.
    follow::<f64, O>(case, optimizer.clone(), 1e-6)
}

fn follow<E: Element, O: Optimizer>(case: &Case, mut optimizer: O, tolerance: f64) -> Result<(), String> {
    let cpu = Cpu::<E>::default();
    let names: Vec<String> = serde_json::from_value(case.json("variables")).unwrap();
    let steps: usize = case.text("steps").parse().unwrap();
    let layer = layer(case, &names);
    let weights: Vec<f64> =
        names.iter().flat_map(|v| case.tensor(&format!("weight.{v}")).values.clone()).collect();
    let mut params = cast::<E>(&weights).into();
    let mut state = OptimizerState::new(&cpu, &optimizer, weights.len()).unwrap();
    let scheduled = case.kwargs().get("learning_rate").is_some_and(|rate| !rate.is_number());

    let mut trajectories = vec![Vec::new(); names.len()];
    for step in 0..steps {
        if scheduled {
            optimizer.set_learning_rate(case.tensor("learning_rate").values[step]);
        }
        let grads: Vec<f64> = names
            .iter()
            .flat_map(|v| {
                let all = &case.tensor(&format!("grads.{v}")).values;
                let width = all.len() / steps;
                all[step * width..(step + 1) * width].to_vec()
            })
            .collect();
        let mut grads = cast::<E>(&grads).into();
        state.apply(&cpu, &optimizer, &[layer], &mut params, &mut grads).unwrap();
        for (trajectory, values) in trajectories.iter_mut().zip(split(&layer, &params)) {
            trajectory.extend(values);
        }
    }
    for (name, trajectory) in names.iter().zip(&trajectories) {
        case.compare(&format!("traj.{name}"), trajectory, tolerance)?;
    }

    // `slot.adam/kernel_momentum`; none may be missing on either side.
    let mut theirs: Vec<&str> =
        case.names().filter(|n| n.starts_with("slot.") && !n.ends_with("/learning_rate")).collect();
    for slot in state.slot_names() {
        let values = split(&layer, state.slot(slot).unwrap());
        for (variable, values) in names.iter().zip(values) {
            let place = theirs.iter().position(|n| n.ends_with(&format!("/{variable}_{slot}")));
            let Some(place) = place else { return Err(format!("Keras has no {variable}_{slot}")) };
            case.compare(theirs.swap_remove(place), &values, tolerance)?;
        }
    }
    if theirs.is_empty() { Ok(()) } else { Err(format!("no {}", theirs.join(", "))) }
}

/// The variables as those of one layer.
fn layer(case: &Case, names: &[String]) -> LayerInfo {
    let describe = |name: &String| {
        let dims = match *case.tensor(&format!("weight.{name}")).shape {
            [a] => Dims::new([a]),
            [a, b] => Dims::new([a, b]),
            ref other => panic!("{}: shape {other:?}", case.name),
        };
        Variable::new(name.clone().leak(), dims)
    };
    let variables = names.iter().map(describe).collect::<Vec<_>>().leak();
    LayerInfo {
        name: "layer",
        title: "Layer",
        output: Dims::new([1]),
        variables,
        state: &[],
        offset: 0,
        state_offset: 0,
        flops: 0,
        frozen: false,
        step: 0,
    }
}

/// An array as long as all parameters, cut at the variables.
fn split<E: Element>(layer: &LayerInfo, values: &[E]) -> Vec<Vec<f64>> {
    let mut rest = values;
    let parts = layer.variables.iter().map(|variable| {
        let (part, tail) = rest.split_at(variable.dims.numel());
        rest = tail;
        widen(part)
    });
    parts.collect()
}
