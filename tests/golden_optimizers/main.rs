//! The optimizers, against trajectories that Keras computed.
//!
//! Each case has given gradients for some steps; after every step each variable must be where Keras
//! had it, and at the end the optimizer's state must be Keras'.

mod case;
mod make;

use std::path::Path;

use case::{Array, Case, error};
use keras_core::element::Element;
use keras_core::layers::Variable;
use keras_core::model::LayerInfo;
use keras_core::optimizers::{Optimizer, OptimizerState};
use keras_core::prelude::*;
use keras_core::shape::Dims;

fn run_all(class: &str, expected_cases: usize, run: impl Fn(&Case)) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/optimizers");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut cases = 0;
    for case in files.iter().map(|file| Case::read(file)).filter(|case| case.word("class") == class) {
        match make::not_offered(&case) {
            Some(what) => println!("{}: skipped, {what} is not offered yet", case.name),
            None => {
                run(&case);
                cases += 1;
            }
        }
    }
    assert_eq!(cases, expected_cases, "cases of {class}");
}

#[test]
fn sgd() {
    run_all("SGD", 8, |case| both(case, &make::sgd(&case.kwargs())));
}

#[test]
fn rmsprop() {
    run_all("RMSprop", 6, |case| both(case, &make::rmsprop(&case.kwargs())));
}

#[test]
fn adam() {
    run_all("Adam", 9, |case| both(case, &make::adam(&case.kwargs())));
}

#[test]
fn adamw() {
    run_all("AdamW", 4, |case| both(case, &make::adamw(&case.kwargs())));
}

fn both<O: Optimizer>(case: &Case, optimizer: &O) {
    optimizer.check().unwrap();
    let tolerance = case.word("tol_f32").parse().unwrap();
    follow::<f32, O>(case, optimizer.clone(), tolerance, |name| case.f32(name));
    // Keras keeps the learning rate and its like in 32 bits, even here.
    follow::<f64, O>(case, optimizer.clone(), 1e-6, |name| case.f64(name));
}

fn follow<'a, E: Element, O: Optimizer>(
    case: &'a Case,
    mut optimizer: O,
    tolerance: f64,
    reference: impl Fn(&str) -> &'a Array,
) {
    let cpu = Cpu::<E>::default();
    let variables: Vec<String> = serde_json::from_value(case.json("variables")).unwrap();
    let steps: usize = case.word("steps").parse().unwrap();
    let layer = layer(case, &variables);
    let weights = variables.iter().flat_map(|v| &case.f32(&format!("weight.{v}")).values);
    let mut params: Vec<E> = weights.map(|&w| E::of(w)).collect();
    let mut state = OptimizerState::new(&cpu, &optimizer, params.len()).unwrap();
    let scheduled = case.kwargs().get("learning_rate").is_some_and(|rate| !rate.is_number());

    for step in 0..steps {
        if scheduled {
            optimizer.set_learning_rate(case.f32("learning_rate").values[step]);
        }
        let grads = variables.iter().flat_map(|v| row(case.f32(&format!("grads.{v}")), step));
        let mut grads: Vec<E> = grads.map(|&g| E::of(g)).collect();
        state.apply(&cpu, &optimizer, &[layer], &mut params, &mut grads).unwrap();
        for (v, mine) in split(&layer, &params) {
            let there = row(reference(&format!("traj.{v}")), step);
            let error = error(&mine, &there);
            assert!(error <= tolerance, "{}: {v} after step {}: error {error:e}", case.name, step + 1);
        }
    }

    // `slot.adam/kernel_momentum`
    let arrays: Vec<_> = state.slot_names().iter().map(|name| (*name, state.slot(name).unwrap())).collect();
    let mut found = 0;
    for name in case.names("slot.").filter(|name| !name.ends_with("/learning_rate")) {
        let mut mine = arrays.iter().flat_map(|(slot, values)| {
            split(&layer, values).into_iter().map(move |(v, values)| (format!("{v}_{slot}"), values))
        });
        let (_, variable) = name.split_once('/').unwrap();
        let Some((_, mine)) = mine.find(|(name, _)| name == variable) else {
            panic!("{}: no {name}", case.name)
        };
        let error = error(&mine, &reference(name).values);
        assert!(error <= tolerance, "{}: {name}: error {error:e}", case.name);
        found += 1;
    }
    assert_eq!(found, arrays.len() * variables.len(), "{}: state arrays", case.name);
}

/// The variables as those of one layer.
fn layer(case: &Case, variables: &[String]) -> LayerInfo {
    let describe = |name: &String| {
        let dims = match *case.f32(&format!("weight.{name}")).shape {
            [a] => Dims::new([a]),
            [a, b] => Dims::new([a, b]),
            ref other => panic!("{}: shape {other:?}", case.name),
        };
        Variable::new(name.clone().leak(), dims)
    };
    let variables = variables.iter().map(describe).collect::<Vec<_>>().leak();
    LayerInfo { name: "layer", title: "Layer", output: Dims::new([1]), variables, offset: 0, flops: 0 }
}

/// An array of all parameters' length, variable by variable.
fn split<E: Element>(layer: &LayerInfo, values: &[E]) -> Vec<(&'static str, Vec<f64>)> {
    let mut rest = values;
    let parts = layer.variables.iter().map(|variable| {
        let (part, tail) = rest.split_at(variable.dims.numel());
        rest = tail;
        (variable.name, part.iter().map(|v| v.f64()).collect())
    });
    parts.collect()
}

/// What belongs to one step.
fn row(array: &Array, step: usize) -> &[f64] {
    let width = array.values.len() / array.shape[0];
    &array.values[step * width..(step + 1) * width]
}
