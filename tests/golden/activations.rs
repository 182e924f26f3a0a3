//! Activations: outputs, and gradients by their inputs.

use keras_core::activations::{
    Activate, Celu, Elu, Exponential, Gelu, Glu, HardShrink, HardSigmoid, HardSilu, HardTanh, KerasSparsemax,
    LeakyRelu, Linear, LogSigmoid, LogSoftmax, Mish, RectifiedLinear, Relu, Relu6, Selu, Sigmoid, Silu,
    SoftShrink, Softmax, Softplus, Softsign, SparsePlus, SparseSigmoid, Sparsemax, Squareplus, Tanh,
    TanhShrink, Threshold,
};
use keras_core::backend::{Backend, Cpu, Gather, Spread};
use keras_core::element::Element;

use crate::case::{Case, cases, cast, run, widen};

#[test]
fn activations() {
    run("activations", &[], |case| {
        let kwargs = case.kwargs();
        let number = |name: &str| kwargs.get(name).map(|v| v.as_f64().unwrap());
        let function = case.text("function").strip_prefix("activations.").unwrap();
        let known: &[&str] = match function {
            "elu" | "celu" => &["alpha"],
            "leaky_relu" => &["negative_slope"],
            "gelu" => &["approximate"],
            "hard_shrink" | "soft_shrink" => &["threshold"],
            "relu" => &["negative_slope", "max_value", "threshold"],
            "squareplus" => &["b"],
            "threshold" => &["threshold", "default_value"],
            "softmax" | "log_softmax" | "sparsemax" | "glu" => &["axis"],
            _ => &[],
        };
        if let Some(unknown) = kwargs.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(format!("argument {unknown} is not handled"));
        }
        match function {
            "linear" => check(case, &Linear),
            "relu" if kwargs.is_empty() => check(case, &Relu),
            "relu" => {
                let slope = number("negative_slope").unwrap_or(0.0);
                let most = number("max_value").unwrap_or(f64::INFINITY);
                let relu = RectifiedLinear::new(slope, most, number("threshold").unwrap_or(0.0));
                check(case, &relu)
            }
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
            "celu" => check(case, &number("alpha").map_or_else(Celu::default, Celu::new)),
            "exponential" => check(case, &Exponential),
            "glu" => glu::<f32>(case, case.tolerance()).and_then(|()| glu::<f64>(case, 1e-9)),
            "hard_shrink" => {
                check(case, &number("threshold").map_or_else(HardShrink::default, HardShrink::new))
            }
            "hard_sigmoid" => check(case, &HardSigmoid),
            "hard_silu" => check(case, &HardSilu),
            "hard_tanh" => check(case, &HardTanh),
            "log_sigmoid" => check(case, &LogSigmoid),
            "log_softmax" => check(case, &LogSoftmax),
            "mish" => check(case, &Mish),
            "relu6" => check(case, &Relu6),
            "soft_shrink" => {
                check(case, &number("threshold").map_or_else(SoftShrink::default, SoftShrink::new))
            }
            "softsign" => check(case, &Softsign),
            "sparse_plus" => check(case, &SparsePlus),
            "sparse_sigmoid" => check(case, &SparseSigmoid),
            // What Keras documents is another function: see there.
            "sparsemax" => check(case, &KerasSparsemax),
            "squareplus" => check(case, &number("b").map_or_else(Squareplus::default, Squareplus::new)),
            "tanh_shrink" => check(case, &TanhShrink),
            "threshold" => {
                let both = number("threshold").zip(number("default_value"));
                let (threshold, default_value) = both.ok_or("an argument is missing")?;
                check(case, &Threshold::new(threshold, default_value))
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
    let (axis, shape) = (axis(case), &input.shape);
    // All axes but this one, the batch too, are those of the rows.
    let mut gather = Gather { rows: Spread::NONE, within: Spread::NONE };
    for (at, &size) in shape.iter().enumerate() {
        let stride = shape[at + 1..].iter().product();
        if at == axis { gather.within.add(size, stride) } else { gather.rows.add(size, stride) }
    }
    let (all, width) = (input.values.len(), shape[axis]);
    let last = axis + 1 == shape.len();
    let x = cast::<E>(&input.values);
    let mut y = x.clone();
    if last {
        device.activate(activation, width, &mut y);
    } else {
        device.activate_along(activation, all, &gather, &mut y);
    }
    case.compare("output.0", &widen(&y), tolerance)?;
    let mut gradient = cast::<E>(&case.tensor("cotangent.0").values);
    let x: &[E] = if A::NEEDS_INPUT { &x } else { &[] };
    if last {
        device.activate_back(activation, width, x, &y, &mut gradient);
    } else {
        device.activate_along_back(activation, all, &gather, x, &y, &mut gradient);
    }
    case.compare("grad.input.0", &widen(&gradient), tolerance)
}

/// The axis that a case works along, the last one by default.
fn axis(case: &Case) -> usize {
    let axis = case.kwargs().get("axis").map_or(-1, |axis| axis.as_i64().unwrap());
    let rank = case.tensor("input.0").shape.len();
    usize::try_from(if axis < 0 { axis + rank as i64 } else { axis }).unwrap()
}

fn glu<E: Element>(case: &Case, tolerance: f64) -> Result<(), String> {
    let input = case.tensor("input.0");
    let width: usize = input.shape[axis(case)..].iter().product();
    let x = cast::<E>(&input.values);
    let mut y = vec![E::ZERO; x.len() / 2];
    Glu.forward(width, &x, &mut y).map_err(|e| e.to_string())?;
    case.compare("output.0", &widen(&y), tolerance)?;
    let mut gradient = vec![E::ZERO; x.len()];
    let cotangent = cast::<E>(&case.tensor("cotangent.0").values);
    Glu.backward(width, &x, &cotangent, &mut gradient).map_err(|e| e.to_string())?;
    case.compare("grad.input.0", &widen(&gradient), tolerance)
}

/// Where one element alone is above the threshold, the two are the same; elsewhere the one that Keras
/// documents sums to 1.
#[test]
fn sparsemax_as_documented() {
    let mut alone = 0;
    for case in cases("activations").iter().filter(|case| case.name.contains("sparsemax")) {
        let device = Cpu::<f64>::default();
        let input = case.tensor("input.0");
        let width = *input.shape.last().unwrap();
        let mut y = input.values.clone();
        device.activate(&Sparsemax, width, &mut y);
        for (mine, theirs) in y.chunks(width).zip(case.reference("output.0").values.chunks(width)) {
            assert!((mine.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{mine:?}");
            if mine.iter().filter(|v| **v > 0.0).count() == 1 {
                alone += 1;
                assert_eq!(mine, theirs);
            }
        }
    }
    assert!(alone > 0);
}
