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
        let number = |name: &str, default: f64| kwargs.get(name).map_or(default, |v| v.as_f64().unwrap());
        let mode = match kwargs.get("mode").map_or("rows", |mode| mode.as_str().unwrap()) {
            "rows" => OrthogonalMode::Rows,
            "columns" => OrthogonalMode::Columns,
            other => return Err(format!("mode {other} is not handled")),
        };
        match case.text("class") {
            "L1" => check(case, number("l1", 0.01), L1::new),
            "L2" => check(case, number("l2", 0.01), L2::new),
            "L1L2" => check(case, (number("l1", 0.0), number("l2", 0.0)), |(l1, l2)| L1L2::new(l1, l2)),
            _ => check(case, number("factor", 0.01), |factor| OrthogonalRegularizer::new(factor).mode(mode)),
        }
    });
}

fn check<R: Regularizer, F: Factors>(case: &Case, factors: F, make: impl Fn(F) -> R) -> Result<(), String> {
    compare::<f32>(case, &make(factors), case.tolerance())?;
    // TensorFlow keeps the factors in single precision.
    compare::<f64>(case, &make(factors.single()), 1e-9)
}

trait Factors: Copy {
    fn single(self) -> Self;
}

impl Factors for f64 {
    fn single(self) -> Self {
        Self::from(self as f32)
    }
}

impl Factors for (f64, f64) {
    fn single(self) -> Self {
        (self.0.single(), self.1.single())
    }
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
