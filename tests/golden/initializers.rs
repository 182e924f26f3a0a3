//! Initializers: the same numbers, or numbers distributed in the same way.

use keras_core::backend::Random;
use keras_core::initializers::{
    Constant, Distribution, FanMode, GlorotNormal, GlorotUniform, HeNormal, HeUniform, Identity, Initializer,
    LecunNormal, LecunUniform, Ones, Orthogonal, RandomNormal, RandomUniform, TruncatedNormal,
    VarianceScaling, Zeros,
};
use keras_core::shape::Dims;

use crate::case::{Case, run, widen};

/// Where `stat.quantiles` are taken.
const QUANTILES: [f64; 7] = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

#[test]
fn initializers() {
    run("initializers", &[], |case| {
        let kwargs = case.kwargs();
        let known: &[&str] = match case.text("class") {
            "Constant" => &["value"],
            "Identity" | "Orthogonal" => &["gain"],
            "RandomNormal" | "TruncatedNormal" => &["mean", "stddev"],
            "RandomUniform" => &["minval", "maxval"],
            "VarianceScaling" => &["scale", "mode", "distribution"],
            _ => &[],
        };
        if let Some(unknown) = kwargs.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(format!("argument {unknown} is not handled"));
        }
        let number = |name: &str, default: f64| kwargs.get(name).map_or(default, |v| v.as_f64().unwrap());
        let (mean, stddev) = (number("mean", 0.0), number("stddev", 0.05));
        match case.text("class") {
            "Zeros" => exact(case, &Zeros),
            "Ones" => exact(case, &Ones),
            "Constant" => exact(case, &Constant::new(number("value", 0.0))),
            "Identity" => exact(case, &Identity::new(number("gain", 1.0))),
            "GlorotUniform" => uniform(case, &GlorotUniform, |i, o| (6.0 / (i + o)).sqrt()),
            "GlorotNormal" => statistics(case, &GlorotNormal, 0.0, None),
            "HeUniform" => uniform(case, &HeUniform, |i, _| (6.0 / i).sqrt()),
            "HeNormal" => statistics(case, &HeNormal, 0.0, None),
            "LecunUniform" => uniform(case, &LecunUniform, |i, _| (3.0 / i).sqrt()),
            "LecunNormal" => statistics(case, &LecunNormal, 0.0, None),
            "RandomNormal" => statistics(case, &RandomNormal::new(mean, stddev), mean, None),
            "TruncatedNormal" => {
                let limits = (mean - 2.0 * stddev, mean + 2.0 * stddev);
                statistics(case, &TruncatedNormal::new(mean, stddev), mean, Some(limits))
            }
            "RandomUniform" => {
                let limits = (number("minval", -0.05), number("maxval", 0.05));
                let initializer = RandomUniform::new(limits.0, limits.1);
                statistics(case, &initializer, (limits.0 + limits.1) / 2.0, Some(limits))
            }
            "VarianceScaling" => variance_scaling(case, number("scale", 1.0)),
            "Orthogonal" => {
                let gain = number("gain", 1.0);
                orthogonal(case, gain)?;
                statistics(case, &Orthogonal::new(gain), 0.0, None)
            }
            other => Err(format!("class {other} is not handled")),
        }
    });
}

fn variance_scaling(case: &Case, scale: f64) -> Result<(), String> {
    let kwargs = case.kwargs();
    let word = |name: &str, default| kwargs.get(name).map_or(default, |v| v.as_str().unwrap());
    let mode = match word("mode", "fan_in") {
        "fan_in" => FanMode::FanIn,
        "fan_out" => FanMode::FanOut,
        "fan_avg" => FanMode::FanAvg,
        other => return Err(format!("mode {other} is not handled")),
    };
    let distribution = match word("distribution", "truncated_normal") {
        "truncated_normal" | "normal" => Distribution::TruncatedNormal,
        "untruncated_normal" => Distribution::UntruncatedNormal,
        "uniform" => Distribution::Uniform,
        other => return Err(format!("distribution {other} is not handled")),
    };
    let initializer = VarianceScaling::new(scale).mode(mode).distribution(distribution);
    let (inputs, outputs) = fans(shape(case));
    let fan = match mode {
        FanMode::FanIn => inputs,
        FanMode::FanOut => outputs,
        FanMode::FanAvg => (inputs + outputs) / 2.0,
    };
    let limit = (3.0 * scale / fan).sqrt();
    let limits = (distribution == Distribution::Uniform).then_some((-limit, limit));
    statistics(case, &initializer, 0.0, limits)
}

/// The products of a matrix' columns, or of its rows if there are fewer.
fn orthogonal(case: &Case, gain: f64) -> Result<(), String> {
    let dims = shape(case);
    let columns = dims.last();
    let rows = dims.numel() / columns;
    let mut values = vec![f32::NAN; dims.numel()];
    Orthogonal::new(gain).fill(dims, &mut Random::new(3, 0), &mut values);
    let n = rows.min(columns);
    let at = |vector: usize, k: usize| {
        f64::from(if rows < columns { values[vector * columns + k] } else { values[k * columns + vector] })
    };
    let products: Vec<f64> =
        (0..n * n).map(|i| (0..rows.max(columns)).map(|k| at(i / n, k) * at(i % n, k)).sum()).collect();
    let exact = |i: usize| if i / n == i % n { gain * gain } else { 0.0 };
    if let Some((i, v)) = products.iter().enumerate().find(|(i, v)| (**v - exact(*i)).abs() > 1e-6) {
        return Err(format!("the product of vectors {} and {} is {v}", i / n, i % n));
    }
    case.compare("stat.gram", &products, case.tolerance())
}

fn shape(case: &Case) -> Dims {
    let sizes: Vec<usize> = serde_json::from_str(case.text("shape")).unwrap();
    match *sizes {
        [a] => Dims::new([a]),
        [a, b] => Dims::new([a, b]),
        [a, b, c] => Dims::new([a, b, c]),
        [a, b, c, d] => Dims::new([a, b, c, d]),
        _ => panic!("{}: shape {sizes:?}", case.name),
    }
}

fn exact(case: &Case, initializer: &impl Initializer) -> Result<(), String> {
    let dims = shape(case);
    let mut values = vec![f32::NAN; dims.numel()];
    initializer.fill(dims, &mut Random::new(1, 0), &mut values);
    case.compare("output.0", &widen(&values), case.tolerance())
}

/// The fans in and out.
fn fans(dims: Dims) -> (f64, f64) {
    match dims.sizes() {
        [n] => (*n as f64, *n as f64),
        [field @ .., i, o] => {
            let field = field.iter().product::<usize>() as f64;
            (field * *i as f64, field * *o as f64)
        }
        [] => (1.0, 1.0),
    }
}

/// A uniform initializer, and the limit that it must keep, from the fans in and out.
fn uniform(case: &Case, initializer: &impl Initializer, limit: fn(f64, f64) -> f64) -> Result<(), String> {
    let (inputs, outputs) = fans(shape(case));
    let limit = limit(inputs, outputs);
    statistics(case, initializer, 0.0, Some((-limit, limit)))
}

fn statistics(
    case: &Case,
    initializer: &impl Initializer,
    own_mean: f64,
    limits: Option<(f64, f64)>,
) -> Result<(), String> {
    let dims = shape(case);
    // At least as many as Keras drew. Of a small variable many more: a quantile of 8,000 numbers
    // is itself off by 2 % of the standard deviation, and Keras' is so already.
    let theirs: usize = case.text("samples").parse().unwrap();
    let draws = (theirs / dims.numel()).max(1_000_000 / dims.numel());
    let samples = draws * dims.numel();
    let mut values = vec![f32::NAN; samples];
    for (draw, values) in values.chunks_exact_mut(dims.numel()).enumerate() {
        initializer.fill(dims, &mut Random::new(7, draw as u64), values);
    }
    let mut values = widen(&values);
    values.sort_by(f64::total_cmp);
    let n = samples as f64;
    let mean = values.iter().sum::<f64>() / n;
    let std = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt();

    let theirs = |name: &str| case.reference(name).values.clone();
    let their_std = theirs("stat.std")[0];
    let within = |what: &str, mine: f64, theirs: f64, allowed: f64| {
        let close = (mine - theirs).abs() <= allowed;
        if close { Ok(()) } else { Err(format!("{what} is {mine}, Keras has {theirs}, allowed {allowed}")) }
    };
    // Both means are drawn; this is the initializers' own.
    within("mean", mean, own_mean, 5.0 * their_std / n.sqrt())?;
    within("std", std, their_std, 0.03 * their_std)?;
    for (at, theirs) in QUANTILES.into_iter().zip(theirs("stat.quantiles")) {
        within(&format!("quantile {at}"), quantile(&values, at), theirs, 0.03 * their_std)?;
    }
    if let Some((least, most)) = limits {
        // A number in single precision may be rounded up to it.
        let rounding = f64::from(f32::EPSILON) * least.abs().max(most.abs());
        if values[0] < least - rounding || values[samples - 1] > most + rounding {
            return Err(format!("{} to {}, beyond {least} to {most}", values[0], values[samples - 1]));
        }
    }
    Ok(())
}

/// Between the two values at a quantile, as NumPy does.
fn quantile(sorted: &[f64], at: f64) -> f64 {
    let place = at * (sorted.len() - 1) as f64;
    let (low, part) = (place.floor() as usize, place.fract());
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + part * (sorted[high] - sorted[low])
}
