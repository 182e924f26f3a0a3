//! Regularizers: penalties, and gradients by the variable.

use keras_core::element::Element;
use keras_core::regularizers::{L1, L1L2, L2, OrthogonalMode, OrthogonalRegularizer, Regularizer};

use crate::case::{Case, cast, run, widen};

#[test]
fn regularizers() {
    run("regularizers", &[], |case| {
        let kwargs = case.kwargs();
        let known: &[&str] = match case.text("class") {
            "L1" => &["l1"],
            "L2" => &["l2"],
            "L1L2" => &["l1", "l2"],
            "OrthogonalRegularizer" => &["factor", "mode"],
            other => return Err(format!("class {other} is not handled")),
        };
        if let Some(unknown) = kwargs.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(format!("argument {unknown} is not handled"));
        }
        let number = |name: &str| kwargs.get(name).map(|v| v.as_f64().unwrap());
        // Keras keeps two of the factors in single precision.
        let single = |name: &str, default: f64| f64::from(number(name).unwrap_or(default) as f32);
        match case.text("class") {
            "L1" => {
                compare::<f32>(case, &number("l1").map_or_else(L1::default, L1::new), case.tolerance())?;
                compare::<f64>(case, &L1::new(single("l1", 0.01)), 1e-9)
            }
            "L2" => check(case, &number("l2").map_or_else(L2::default, L2::new)),
            "L1L2" => check(case, &L1L2::new(number("l1").unwrap_or(0.0), number("l2").unwrap_or(0.0))),
            _ => {
                let mode = match kwargs.get("mode").map_or("rows", |mode| mode.as_str().unwrap()) {
                    "rows" => OrthogonalMode::Rows,
                    "columns" => OrthogonalMode::Columns,
                    other => return Err(format!("mode {other} is not handled")),
                };
                let mine = number("factor").map_or_else(Default::default, OrthogonalRegularizer::new);
                compare::<f32>(case, &mine.mode(mode), case.tolerance())?;
                let single = OrthogonalRegularizer::new(single("factor", 0.01));
                compare::<f64>(case, &single.mode(mode), 1e-9)
            }
        }
    });
}

fn check(case: &Case, regularizer: &impl Regularizer) -> Result<(), String> {
    compare::<f32>(case, regularizer, case.tolerance())?;
    compare::<f64>(case, regularizer, 1e-9)
}

fn compare<E: Element>(case: &Case, regularizer: &impl Regularizer, tolerance: f64) -> Result<(), String> {
    let (dims, values) = (case.tensor("input.0").dims(), cast::<E>(&case.tensor("input.0").values));
    let mut gradient = vec![E::ZERO; values.len()];
    let penalty = regularizer.penalty(dims, &values, Some(&mut gradient)).map_err(|e| e.to_string())?;
    let alone = regularizer.penalty(dims, &values, None).map_err(|e| e.to_string())?;
    assert_eq!(alone, penalty, "{}: without a gradient", case.name);
    case.compare("output.0", &[penalty], tolerance)?;
    let cotangent = E::of(case.tensor("cotangent.0").values[0]);
    gradient.iter_mut().for_each(|g| *g *= cotangent);
    case.compare("grad.input.0", &widen(&gradient), tolerance)
}
