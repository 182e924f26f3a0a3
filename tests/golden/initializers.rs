//! Initializers: the same numbers, or numbers distributed in the same way.

use keras_core::backend::Random;
use keras_core::initializers::{
    Constant, GlorotNormal, GlorotUniform, HeNormal, HeUniform, Initializer, Ones, Zeros,
};
use keras_core::shape::Dims;

use crate::case::{Case, run, widen};

/// Where `stat.quantiles` are taken.
const QUANTILES: [f64; 7] = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

#[test]
fn initializers() {
    run("initializers", &[], |case| {
        let mut kwargs = case.kwargs();
        let value = kwargs.remove("value").map(|v| v.as_f64().unwrap());
        if let Some(unknown) = kwargs.keys().next() {
            return Err(format!("argument {unknown} is not handled"));
        }
        match case.text("class") {
            "Zeros" => exact(case, &Zeros),
            "Ones" => exact(case, &Ones),
            "Constant" => exact(case, &value.map_or_else(Constant::default, Constant::new)),
            "GlorotUniform" => statistics(case, &GlorotUniform, Some(|i, o| (6.0 / (i + o)).sqrt())),
            "GlorotNormal" => statistics(case, &GlorotNormal, None),
            "HeUniform" => statistics(case, &HeUniform, Some(|i, _| (6.0 / i).sqrt())),
            "HeNormal" => statistics(case, &HeNormal, None),
            other => Err(format!("class {other} is not handled")),
        }
    });
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

/// The limit that a uniform initializer must keep, from the fans in and out.
type Limit = fn(f64, f64) -> f64;

fn statistics(case: &Case, initializer: &impl Initializer, limit: Option<Limit>) -> Result<(), String> {
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
    // Both means are drawn; the initializers' own is 0.
    within("mean", mean, 0.0, 5.0 * their_std / n.sqrt())?;
    within("std", std, their_std, 0.03 * their_std)?;
    for (at, theirs) in QUANTILES.into_iter().zip(theirs("stat.quantiles")) {
        within(&format!("quantile {at}"), quantile(&values, at), theirs, 0.03 * their_std)?;
    }
    if let Some(limit) = limit {
        let (inputs, outputs) = match dims.sizes() {
            [n] => (*n as f64, *n as f64),
            [field @ .., i, o] => {
                let field = field.iter().product::<usize>() as f64;
                (field * *i as f64, field * *o as f64)
            }
            [] => (1.0, 1.0),
        };
        // A number in single precision may be rounded up to it.
        let limit = limit(inputs, outputs) * (1.0 + f64::from(f32::EPSILON));
        if values[0] < -limit || values[samples - 1] > limit {
            return Err(format!("{} to {}, beyond ±{limit}", values[0], values[samples - 1]));
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
