//! Models with several inputs or outputs.

use keras_core::data::Data;
use keras_core::element::Element;
use keras_core::ndarray::{ArrayD, Axis};
use keras_core::prelude::*;
use keras_core::{Signals, metrics};

use crate::case::{Case, widen};
use crate::nets::MultiIo;
use crate::training::{config, our_name};
use crate::{kwargs, weights};

/// Arrays as what a model takes, and what it gives as numbers.
pub trait Arrays<E: Element>: Signals + Sized {
    /// One array for each value.
    type Arrays: Data<Self, Cpu<E>>;
    fn arrays(next: impl FnMut(usize) -> ArrayD<f64>) -> Self::Arrays;
    fn numbers(tensors: &Self::Tensors<Cpu<E>>) -> Vec<Vec<f64>>;
}

impl<E: Element, const A: usize> Arrays<E> for Rank1<A> {
    type Arrays = ArrayD<f64>;
    fn arrays(mut next: impl FnMut(usize) -> ArrayD<f64>) -> ArrayD<f64> {
        next(0)
    }
    fn numbers(tensor: &Tensor<Self, Cpu<E>>) -> Vec<Vec<f64>> {
        vec![widen(tensor.as_slice())]
    }
}

impl<E: Element, S: Shape, T: Shape> Arrays<E> for (S, T)
where
    ArrayD<f64>: Data<S, Cpu<E>> + Data<T, Cpu<E>>,
{
    type Arrays = (ArrayD<f64>, ArrayD<f64>);
    fn arrays(mut next: impl FnMut(usize) -> ArrayD<f64>) -> (ArrayD<f64>, ArrayD<f64>) {
        (next(0), next(1))
    }
    fn numbers(tensors: &(Tensor<S, Cpu<E>>, Tensor<T, Cpu<E>>)) -> Vec<Vec<f64>> {
        vec![widen(tensors.0.as_slice()), widen(tensors.1.as_slice())]
    }
}

/// In both precisions.
pub fn both<M32, M64>(case: &Case) -> Result<(), String>
where
    M32: Model<Backend = Cpu<f32>, Input: Arrays<f32>, Output: Arrays<f32>>,
    M64: Model<Backend = Cpu<f64>, Input: Arrays<f64>, Output: Arrays<f64>>,
{
    check::<M32, f32>(case, case.tolerance())?;
    check::<M64, f64>(case, 1e-9)
}

fn check<M, E: Element>(case: &Case, tolerance: f64) -> Result<(), String>
where
    M: Model<Backend = Cpu<E>, Input: Arrays<E>, Output: Arrays<E>>,
{
    let say = |error: keras_core::Error| error.to_string();
    let array = |name: String| case.tensor(&name).array();
    let mut model: M = weights::load(case);
    let x = <M::Input as Arrays<E>>::arrays(|i| array(format!("input.{i}")));
    let cotangent = <M::Output as Arrays<E>>::arrays(|i| array(format!("cotangent.{i}")));
    let all = |what: &str, numbers: Vec<Vec<f64>>| {
        let mut numbers = numbers.iter().enumerate();
        numbers.try_for_each(|(i, numbers)| case.compare(&format!("{what}.{i}"), numbers, tolerance))
    };
    let predicted = model.predict(&x).map_err(say)?;
    all("output", <M::Output as Arrays<E>>::numbers(&predicted))?;
    let mut gradients = Gradients::new(&model).map_err(say)?;
    let result = model.pullback(&x, &cotangent, false, &mut gradients).map_err(say)?;
    all("output", <M::Output as Arrays<E>>::numbers(&result.output))?;
    all("grad.input", <M::Input as Arrays<E>>::numbers(&result.input_gradient))?;
    weights::compare_gradients(case, &gradients, tolerance)
}

/// A training with a loss, a weight and metrics for each of two outputs, in both precisions.
pub fn training(case: &Case) -> Result<(), String> {
    steps::<f32>(case, case.tolerance())?;
    steps::<f64>(case, 1e-6)
}

fn steps<E: Element>(case: &Case, tolerance: f64) -> Result<(), String> {
    let compile = case.json("compile");
    assert_eq!(compile["loss"].to_string(), r#"["sparse_categorical_crossentropy","mse"]"#);
    assert_eq!(compile["metrics"].to_string(), r#"[["accuracy"],["mae"]]"#);
    let weight = |i: usize| case.json("loss_weights")[i].as_f64().unwrap();
    let losses = (
        Weighted::new(weight(0), SparseCategoricalCrossentropy::default()),
        Weighted::new(weight(1), MeanSquaredError::default()),
    );
    let metrics = ((Accuracy::default(),), (metrics::MeanAbsoluteError::default(),));
    let adam = kwargs::adam(&config(&compile["optimizer"], "Adam"));
    let mut model = weights::load::<MultiIo<Cpu<E>>, E>(case).compile(adam, losses, metrics);
    let at = |name: &str, step| case.tensor(name).array().index_axis(Axis(0), step).to_owned();
    let mut logs = Vec::new();
    for step in 0..case.text("steps").parse().unwrap() {
        let (features, series) = (at("x.0", step), at("x.1", step));
        let (label, value) = (at("y.0", step).mapv(|class| class as i32), at("y.1", step));
        let log = model.train_on_batch(&(&features, &series), &(&label, &value));
        logs.push(log.map_err(|error| error.to_string())?);
    }
    let names: Vec<&str> = case.names().filter_map(|name| name.strip_prefix("log.")).collect();
    assert_eq!(names.len(), logs[0].names().len(), "{}: figures", case.name);
    for name in names {
        let ours = match name.split_once('_') {
            Some((output, figure)) if output != "loss" => format!("{output}_{}", our_name(figure).unwrap()),
            _ => name.to_owned(),
        };
        let values: Vec<f64> = logs.iter().map(|log| log[ours.as_str()]).collect();
        case.compare(&format!("log.{name}"), &values, tolerance)?;
    }
    weights::compare::<MultiIo<Cpu<E>>, E>(case, "final.", &model, tolerance)?;
    let (label, value) = model.predict(&(&at("x.0", 0), &at("x.1", 0))).map_err(|error| error.to_string())?;
    case.compare("output.0", &widen(label.as_slice()), tolerance)?;
    case.compare("output.1", &widen(value.as_slice()), tolerance)
}
