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

#[test]
fn optimizers() {
    run("optimizers", &[], |case| {
        let kwargs = &case.kwargs();
        let excluded = kwargs::names(case.json("exclude_from_weight_decay").as_array().unwrap());
        match case.text("class") {
            "SGD" => both(case, &kwargs::sgd(kwargs).exclude_from_weight_decay(excluded)),
            "RMSprop" => both(case, &kwargs::rmsprop(kwargs).exclude_from_weight_decay(excluded)),
            "Adam" => both(case, &kwargs::adam(kwargs).exclude_from_weight_decay(excluded)),
            "AdamW" => both(case, &kwargs::adamw(kwargs).exclude_from_weight_decay(excluded)),
            "Adadelta" => both(case, &kwargs::adadelta(kwargs).exclude_from_weight_decay(excluded)),
            "Adagrad" => both(case, &kwargs::adagrad(kwargs).exclude_from_weight_decay(excluded)),
            "Adamax" => both(case, &kwargs::adamax(kwargs).exclude_from_weight_decay(excluded)),
            "Nadam" => both(case, &kwargs::nadam(kwargs).exclude_from_weight_decay(excluded)),
            "Lamb" => both(case, &kwargs::lamb(kwargs).exclude_from_weight_decay(excluded)),
            "Lion" => both(case, &kwargs::lion(kwargs).exclude_from_weight_decay(excluded)),
            "Adafactor" => both(case, &kwargs::adafactor(kwargs).exclude_from_weight_decay(excluded)),
            "Ftrl" => both(case, &kwargs::ftrl(kwargs).exclude_from_weight_decay(excluded)),
            "Muon" => both(case, &kwargs::muon(kwargs).exclude_from_weight_decay(excluded)),
            "ScheduleFreeAdamW" => {
                both(case, &kwargs::schedule_free_adamw(kwargs).exclude_from_weight_decay(excluded))
            }
            "LossScaleOptimizer" => {
                assert_eq!(kwargs["inner_optimizer"]["class_name"], "SGD");
                let inner = kwargs::sgd(kwargs["inner_optimizer"]["config"].as_object().unwrap());
                let mut optimizer = LossScaleOptimizer::new(inner);
                for (key, value) in kwargs {
                    optimizer = match key.as_str() {
                        "inner_optimizer" => optimizer,
                        "initial_scale" => optimizer.initial_scale(value.as_f64().unwrap()),
                        "dynamic_growth_steps" => optimizer.dynamic_growth_steps(value.as_u64().unwrap()),
                        other => panic!("argument {other} is not handled"),
                    };
                }
                both(case, &optimizer)
            }
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

fn follow<E: Element, O: Optimizer>(case: &Case, optimizer: O, tolerance: f64) -> Result<(), String> {
    let cpu = Cpu::<E>::default();
    let names: Vec<String> = serde_json::from_value(case.json("variables")).unwrap();
    let steps: usize = case.text("steps").parse().unwrap();
    let layer = layer(case, &names);
    let weights: Vec<f64> =
        names.iter().flat_map(|v| case.tensor(&format!("weight.{v}")).values.clone()).collect();
    let mut params = cast::<E>(&weights).into();
    let mut state = OptimizerState::with_layers(&cpu, &optimizer, &[layer], weights.len()).unwrap();
    let mut rates = Vec::new();

    let mut trajectories = vec![Vec::new(); names.len()];
    for step in 0..steps {
        rates.push(optimizer.learning_rate_at(state.iterations()));
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

    // Keras keeps learning rates in single precision.
    case.compare("learning_rate", &rates, 1e-6)?;
    slots(case, &optimizer, &state, &layer, tolerance)?;
    state.finalize(&cpu, &mut params);
    for (name, values) in names.iter().zip(split(&layer, &params)) {
        if case.find(&format!("final.{name}")).is_some() {
            case.compare(&format!("final.{name}"), &values, tolerance)?;
        }
    }
    Ok(())
}

/// `slot.adam/kernel_momentum`; none may be missing on either side.
fn slots<E: Element, O: Optimizer>(
    case: &Case,
    optimizer: &O,
    state: &OptimizerState<Cpu<E>>,
    layer: &LayerInfo,
    tolerance: f64,
) -> Result<(), String> {
    let mut theirs: Vec<&str> =
        case.names().filter(|n| n.starts_with("slot.") && !n.ends_with("/learning_rate")).collect();
    for part in state.parts(optimizer, &[*layer]).into_iter().filter(|part| part.dims.numel() > 0) {
        let variable = part.weight.name;
        let values = widen(&state.slot(part.name).unwrap()[part.range.clone()]);
        let name = match part.name {
            // Adafactor gives rows and columns the name of the variable, so that only the columns are there.
            "r" => continue,
            "c" => format!("/{variable}"),
            slot => format!("/{variable}_{slot}"),
        };
        let place = theirs.iter().position(|n| n.ends_with(&name));
        let Some(place) = place else { return Err(format!("Keras has no {name}")) };
        let theirs = theirs.swap_remove(place);
        if case.tensor(theirs).shape != part.dims.sizes() {
            return Err(format!("{theirs} is {:?}, ours {}", case.tensor(theirs).shape, part.dims));
        }
        case.compare(theirs, &values, tolerance)?;
    }
    // What is one number for all variables.
    theirs.retain(|name| {
        let mine = match *name {
            "slot.loss_scale_optimizer/dynamic_scale" => state.loss_scale(optimizer),
            "slot.variable" if case.text("class") == "Nadam" => {
                kwargs::nadam(&case.kwargs()).u_product(state.iterations())
            }
            _ => return true,
        };
        case.compare(name, &[mine], tolerance).is_err()
    });
    if theirs.is_empty() { Ok(()) } else { Err(format!("no {}", theirs.join(", "))) }
}

/// The variables as those of one layer.
fn layer(case: &Case, names: &[String]) -> LayerInfo {
    let describe = |name: &String| {
        let dims = match *case.tensor(&format!("weight.{name}")).shape {
            [a] => Dims::new([a]),
            [a, b] => Dims::new([a, b]),
            [a, b, c] => Dims::new([a, b, c]),
            [a, b, c, d] => Dims::new([a, b, c, d]),
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
        ..LayerInfo::NONE
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
