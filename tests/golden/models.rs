//! Whole models: their output, and the gradients of `Σ output · cotangent`.

use keras_core::element::Element;
use keras_core::prelude::*;

use crate::case::{Case, run, widen};
use crate::nets::{Autoencoder, Mlp};
use crate::weights;

#[test]
fn models() {
    run("models", &[], |case| match case.text("model") {
        "mlp" => both::<Mlp<Cpu<f32>>, Mlp<Cpu<f64>>>(case),
        "autoencoder" => both::<Autoencoder<Cpu<f32>>, Autoencoder<Cpu<f64>>>(case),
        other => Err(format!("model {other} is not handled")),
    });
}

/// A model, or a layer as a model, in both precisions.
pub fn both<M32, M64>(case: &Case) -> Result<(), String>
where
    M32: Model<Backend = Cpu<f32>>,
    M64: Model<Backend = Cpu<f64>>,
{
    check::<M32, f32>(case, case.tolerance())?;
    check::<M64, f64>(case, 1e-9)
}

fn check<M: Model<Backend = Cpu<E>>, E: Element>(case: &Case, tolerance: f64) -> Result<(), String> {
    let mut model: M = weights::load(case);
    let x = case.tensor("input.0").array();
    let cotangent = case.tensor("cotangent.0").array();
    let predicted = model.predict(&x).map_err(|error| error.to_string())?;
    case.compare("output.0", &widen(predicted.as_slice()), tolerance)?;

    let mut gradients = Gradients::new(&model).unwrap();
    let result = model.pullback(&x, &cotangent, false, &mut gradients).map_err(|error| error.to_string())?;
    case.compare("output.0", &widen(result.output.as_slice()), tolerance)?;
    case.compare("grad.input.0", &widen(result.input_gradient.as_slice()), tolerance)?;
    weights::compare::<M, E>(case, "grad.weight.", &gradients.to_vec(), tolerance)
}
