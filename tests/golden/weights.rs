//! The weights of a whole model, in and out of a case.

use keras_core::element::Element;
use keras_core::prelude::*;

use crate::case::{Case, cast, widen};

/// Where Keras has a variable of ours: by the sub-model that its layer is in. A layer that is alone is
/// called `alone` here, and is in none.
fn path(layer: &str, variable: &str) -> String {
    match layer {
        "alone" => variable.to_owned(),
        "e1" | "code" => format!("encoder/{layer}/{variable}"),
        "d1" | "recon" => format!("decoder/{layer}/{variable}"),
        _ => format!("mlp/{layer}/{variable}"),
    }
}

/// All variables of a model: Keras' name, and where they lie among the parameters.
fn variables<M: Model>() -> Vec<(String, core::ops::Range<usize>)> {
    let mut all = Vec::new();
    for layer in M::LAYERS {
        all.extend(layer.places().map(|(v, range)| (path(layer.name, v.name), range)));
    }
    all
}

/// A model with the case's weights.
pub fn load<M: Model<Backend = Cpu<E>>, E: Element>(case: &Case) -> M {
    let mut model = M::new(0);
    let variables = variables::<M>();
    let theirs = case.names().filter(|name| name.starts_with("weight.")).count();
    assert_eq!(variables.len(), theirs, "{}: variables", case.name);
    for (name, range) in variables {
        let values = cast(&case.tensor(&format!("weight.{name}")).values);
        model.store_mut().params_mut()[range].copy_from_slice(&values);
    }
    model
}

/// Compares numbers, one for each parameter, with the tensors that have this prefix.
pub fn compare<M: Model<Backend = Cpu<E>>, E: Element>(
    case: &Case,
    prefix: &str,
    values: &[E],
    tolerance: f64,
) -> Result<(), String> {
    let mut compared = variables::<M>().into_iter();
    compared.try_for_each(|(name, range)| {
        case.compare(&format!("{prefix}{name}"), &widen(&values[range]), tolerance)
    })
}
