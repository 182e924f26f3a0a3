//! Constraints: variables brought back.

use keras_core::constraints::{Axes, Constraint, MaxNorm, MinMaxNorm, NonNeg, UnitNorm};
use keras_core::element::Element;
use serde_json::Value;

use crate::case::{Case, cast, run, widen};

#[test]
fn constraints() {
    run("constraints", &[], |case| {
        let kwargs = case.kwargs();
        let known: &[&str] = match case.text("class") {
            "MaxNorm" => &["max_value", "axis"],
            "MinMaxNorm" => &["min_value", "max_value", "rate", "axis"],
            "NonNeg" => &[],
            "UnitNorm" => &["axis"],
            other => return Err(format!("class {other} is not handled")),
        };
        if let Some(unknown) = kwargs.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(format!("argument {unknown} is not handled"));
        }
        let number = |name: &str, default: f64| kwargs.get(name).map_or(default, |v| v.as_f64().unwrap());
        let axis = kwargs.get("axis").map_or(Axes::from(0), axes);
        match case.text("class") {
            "MaxNorm" => check(case, &MaxNorm::new(number("max_value", 2.0)).axis(axis)),
            "MinMaxNorm" => {
                let norm = MinMaxNorm::new(number("min_value", 0.0), number("max_value", 1.0));
                check(case, &norm.rate(number("rate", 1.0)).axis(axis))
            }
            "NonNeg" => check(case, &NonNeg),
            _ => check(case, &UnitNorm::default().axis(axis)),
        }
    });
}

/// `1`, `[0, 1, 2]`
fn axes(value: &Value) -> Axes {
    let int = |value: &Value| i32::try_from(value.as_i64().unwrap()).unwrap();
    let list: Vec<i32> =
        value.as_array().map_or_else(|| vec![int(value)], |list| list.iter().map(int).collect());
    match *list {
        [a] => a.into(),
        [a, b] => [a, b].into(),
        [a, b, c] => [a, b, c].into(),
        [a, b, c, d] => [a, b, c, d].into(),
        _ => panic!("axes {value}"),
    }
}

fn check(case: &Case, constraint: &impl Constraint) -> Result<(), String> {
    compare::<f32>(case, constraint, case.tolerance())?;
    compare::<f64>(case, constraint, 1e-9)
}

fn compare<E: Element>(case: &Case, constraint: &impl Constraint, tolerance: f64) -> Result<(), String> {
    let input = case.tensor("input.0");
    let mut values = cast::<E>(&input.values);
    constraint.project(input.dims(), &mut values).map_err(|e| e.to_string())?;
    case.compare("output.0", &widen(&values), tolerance)
}
