//! Activations: outputs, and gradients by their inputs.

use keras_core::activations::{
    Activate, Elu, Gelu, LeakyRelu, Linear, Relu, Selu, Sigmoid, Silu, Softmax, Softplus, Tanh,
};
use keras_core::backend::{Backend, Cpu};
use keras_core::element::Element;

use crate::case::{Case, cast, run, widen};

const SKIPPED: &[(&str, &str)] = &[
    ("relu_01", "negative slope, largest value and threshold are not there"),
    ("softmax_01", "softmax works on the last axis"),
];

#[test]
fn activations() {
    run("activations", SKIPPED, |case| {
        let kwargs = case.kwargs();
        let number = |name: &str| kwargs.get(name).map(|v| v.as_f64().unwrap());
        let function = case.text("function").strip_prefix("activations.").unwrap();
        let known = match function {
            "elu" => "alpha",
            "leaky_relu" => "negative_slope",
            "gelu" => "approximate",
            _ => "",
        };
        if let Some(unknown) = kwargs.keys().find(|name| *name != known) {
            return Err(format!("argument {unknown} is not handled"));
        }
        match function {
            "linear" => check(case, &Linear),
            "relu" => check(case, &Relu),
            "sigmoid" => check(case, &Sigmoid),
            "tanh" => check(case, &Tanh),
            "softmax" => check(case, &Softmax),
            "gelu" if kwargs.get("approximate") == Some(&true.into()) => check(case, &Gelu::approximate()),
            "gelu" => {
                compare::<f32, _>(case, &Gelu::default(), case.tolerance())?;
                // TensorFlow keeps 1/√2 in single precision: with that it is the same to 1e-15, and
                // this is the difference it makes.
                compare::<f64, _>(case, &Gelu::default(), 1e-8)
            }
            "silu" => check(case, &Silu),
            "elu" => check(case, &number("alpha").map_or_else(Elu::default, Elu::new)),
            "selu" => check(case, &Selu),
            "softplus" => check(case, &Softplus),
            "leaky_relu" => {
                let slope = number("negative_slope");
                compare::<f32, _>(
                    case,
                    &slope.map_or_else(LeakyRelu::default, LeakyRelu::new),
                    case.tolerance(),
                )?;
                // TensorFlow keeps the slope in single precision.
                let slope = f64::from(slope.unwrap_or(0.2) as f32);
                compare::<f64, _>(case, &LeakyRelu::new(slope), 1e-9)
            }
            other => Err(format!("function {other} is not handled")),
        }
    });
}

fn check<A: Activate>(case: &Case, activation: &A) -> Result<(), String> {
    compare::<f32, A>(case, activation, case.tolerance())?;
    compare::<f64, A>(case, activation, 1e-9)
}

fn compare<E: Element, A: Activate>(case: &Case, activation: &A, tolerance: f64) -> Result<(), String> {
    let device = Cpu::<E>::default();
    let input = case.tensor("input.0");
    let width = *input.shape.last().unwrap();
    let x = cast::<E>(&input.values);
    let mut y = x.clone();
    device.activate(activation, width, &mut y);
    case.compare("output.0", &widen(&y), tolerance)?;
    let mut gradient = cast::<E>(&case.tensor("cotangent.0").values);
    device.activate_back(activation, width, if A::NEEDS_INPUT { &x } else { &[] }, &y, &mut gradient);
    case.compare("grad.input.0", &widen(&gradient), tolerance)
}
