//! Whole models: their output, and the gradients of `Σ output · cotangent`.

use keras_core::element::Element;
use keras_core::prelude::*;

use crate::case::{Case, run, widen};
use crate::nets::{Autoencoder, Convnet, ConvnetWithoutDropout, Lenet, Mlp, MultiIo, Resnet, Siamese};
use crate::{several, weights};

#[test]
fn models() {
    run("models", &[], |case| match case.text("model") {
        "mlp" => both::<Mlp<Cpu<f32>>, Mlp<Cpu<f64>>>(case),
        "convnet" if case.name == "models/convnet_00" => both::<Convnet<Cpu<f32>>, Convnet<Cpu<f64>>>(case),
        "convnet" => both::<ConvnetWithoutDropout<Cpu<f32>>, ConvnetWithoutDropout<Cpu<f64>>>(case),
        "lenet" => both::<Lenet<Cpu<f32>>, Lenet<Cpu<f64>>>(case),
        "resnet" => both::<Resnet<Cpu<f32>>, Resnet<Cpu<f64>>>(case),
        "multi_io" => several::both::<MultiIo<Cpu<f32>>, MultiIo<Cpu<f64>>>(case),
        "siamese" => several::both::<Siamese<Cpu<f32>>, Siamese<Cpu<f64>>>(case),
        "autoencoder" => both::<Autoencoder<Cpu<f32>>, Autoencoder<Cpu<f64>>>(case),
        other => Err(format!("model {other} is not handled")),
    });
}

/// A model, or a layer as a model, in both precisions.
pub fn both<M32, M64>(case: &Case) -> Result<(), String>
where
    M32: OneToOne<Backend = Cpu<f32>>,
    M64: OneToOne<Backend = Cpu<f64>>,
{
    check::<M32, f32>(case, case.tolerance())?;
    check::<M64, f64>(case, 1e-9)
}

pub fn check<M: OneToOne<Backend = Cpu<E>>, E: Element>(case: &Case, tolerance: f64) -> Result<(), String> {
    let mut model: M = weights::load(case);
    let training = case.json("call").get("training").is_some_and(|training| training == true);
    let x = case.tensor("input.0").array();
    let cotangent = case.tensor("cotangent.0").array();
    if !training {
        let predicted = model.predict(&x).map_err(|error| error.to_string())?;
        case.compare("output.0", &widen(predicted.as_slice()), tolerance)?;
    }

    let mut gradients = Gradients::new(&model).unwrap();
    let pullback = |model: &mut M, gradients: &mut Gradients<M>| {
        model.pullback(&x, &cotangent, training, gradients).map_err(|error| error.to_string())
    };
    let result = pullback(&mut model, &mut gradients)?;
    case.compare("output.0", &widen(result.output.as_slice()), tolerance)?;
    case.compare("grad.input.0", &widen(result.input_gradient.as_slice()), tolerance)?;
    weights::compare_gradients(case, &gradients, tolerance)?;
    let of_layer = case.names().any(|name| name.starts_with("state."));
    if training && of_layer {
        weights::compare_state(case, "state.", &model, tolerance)?;
    }
    if case.find("second.output.0").is_some() {
        let result = pullback(&mut model, &mut gradients)?;
        case.compare("second.output.0", &widen(result.output.as_slice()), tolerance)?;
        weights::compare_state(case, "second.state.", &model, tolerance)?;
    }
    Ok(())
}
