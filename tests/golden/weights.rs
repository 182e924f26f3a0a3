//! The weights of a whole model, in and out of a case.

use keras_core::element::Element;
use keras_core::prelude::*;

use crate::case::{Case, cast, widen};

/// Where Keras has a variable of ours: by the model or sub-model that its layer is in. A layer that is
/// alone is called `alone` here, and is in none.
fn path(case: &Case, layer: &str, variable: &str) -> String {
    match layer {
        "alone" => variable.to_owned(),
        "e1" | "code" => format!("encoder/{layer}/{variable}"),
        "d1" | "recon" => format!("decoder/{layer}/{variable}"),
        // What a block gives has the block's name.
        "b1" => format!("b1_bn2/{variable}"),
        "t1" | "t2" => format!("tower/{layer}/{variable}"),
        _ if ["resnet", "multi_io", "siamese"].contains(&case.text("model")) => format!("{layer}/{variable}"),
        _ => format!("{}/{layer}/{variable}", case.text("model")),
    }
}

/// A variable of a model: Keras' name, where it lies among the parameters, and whether it is trained.
struct Place {
    name: String,
    range: core::ops::Range<usize>,
    trained: bool,
}

fn variables<M: Model>(case: &Case) -> Vec<Place> {
    let mut all = Vec::new();
    for layer in M::LAYERS {
        all.extend(layer.places().map(|(variable, range)| Place {
            name: path(case, layer.name, variable.name),
            range,
            trained: variable.trainable,
        }));
    }
    all
}

/// A model with the case's weights.
pub fn load<M: Model<Backend = Cpu<E>>, E: Element>(case: &Case) -> M {
    let mut model = M::new(0);
    let variables = variables::<M>(case);
    let theirs = case.names().filter(|name| name.starts_with("weight.")).count();
    assert_eq!(variables.len(), theirs, "{}: variables", case.name);
    for Place { name, range, .. } in variables {
        let values = cast(&case.tensor(&format!("weight.{name}")).values);
        model.store_mut().params_mut()[range].copy_from_slice(&values);
    }
    model
}

/// Compares a model's parameters, and what it remembers, with the tensors that have this prefix.
pub fn compare<M: Model<Backend = Cpu<E>>, E: Element>(
    case: &Case,
    prefix: &str,
    model: &M,
    tolerance: f64,
) -> Result<(), String> {
    some::<M, E>(case, prefix, model.store().params(), tolerance, |_| true)
}

/// Compares what a model remembers.
pub fn compare_state<M: Model<Backend = Cpu<E>>, E: Element>(
    case: &Case,
    prefix: &str,
    model: &M,
    tolerance: f64,
) -> Result<(), String> {
    some::<M, E>(case, prefix, model.store().params(), tolerance, |place| !place.trained)
}

/// Compares gradients.
pub fn compare_gradients<M: Model<Backend = Cpu<E>>, E: Element>(
    case: &Case,
    gradients: &Gradients<M>,
    tolerance: f64,
) -> Result<(), String> {
    some::<M, E>(case, "grad.weight.", &gradients.to_vec(), tolerance, |place| place.trained)
}

fn some<M: Model<Backend = Cpu<E>>, E: Element>(
    case: &Case,
    prefix: &str,
    values: &[E],
    tolerance: f64,
    which: impl Fn(&Place) -> bool,
) -> Result<(), String> {
    let places = variables::<M>(case).into_iter().filter(which).collect::<Vec<_>>();
    let theirs = case.names().filter(|name| name.starts_with(prefix)).count();
    assert_eq!(places.len(), theirs, "{}: tensors {prefix}", case.name);
    places.into_iter().try_for_each(|Place { name, range, .. }| {
        case.compare(&format!("{prefix}{name}"), &widen(&values[range]), tolerance)
    })
}
