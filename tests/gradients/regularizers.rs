//! Every regularizer: the gradient of its penalty by the variable.

use keras_core::regularizers::{L1, L1L2, L2, OrthogonalMode, OrthogonalRegularizer, Regularizer};
use keras_core::shape::Dims;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::central;

/// Matrices without numbers so near to 0 that a difference would step over the corner of `|x|`.
fn matrices() -> impl Strategy<Value = (Dims, Vec<f64>)> {
    let number = prop_oneof![-3.0..-1e-2, 1e-2..3.0];
    (1..6_usize, 1..6_usize).prop_flat_map(move |(rows, columns)| {
        (Just(Dims::new([rows, columns])), vec(number.clone(), rows * columns))
    })
}

fn check(regularizer: &impl Regularizer, dims: Dims, values: &[f64]) -> Result<(), TestCaseError> {
    // It is added to what is there.
    let mut gradient = vec![0.5; values.len()];
    regularizer.penalty(dims, values, Some(&mut gradient)).unwrap();
    gradient.iter_mut().for_each(|g| *g -= 0.5);
    let penalty = |values: &[f64]| regularizer.penalty(dims, values, None).unwrap();
    central::compare(&gradient, &central::gradient(values, penalty))
}

/// Whether two of some vectors stand almost at right angles, where the penalty has a corner, or a
/// vector is so short that differences are large beside it.
fn corner(count: usize, len: usize, at: impl Fn(usize, usize) -> f64) -> bool {
    let dot = |a: usize, b: usize| (0..len).map(|k| at(a, k) * at(b, k)).sum::<f64>();
    let pairs = (0..count).flat_map(|a| (0..a).map(move |b| (a, b)));
    let cosine = |(a, b): (usize, usize)| dot(a, b) / (dot(a, a) * dot(b, b)).sqrt();
    (0..count).any(|a| dot(a, a) < 0.25) || pairs.map(cosine).any(|cosine| cosine.abs() < 1e-2)
}

proptest! {
    #[test]
    fn l1((dims, values) in matrices()) {
        check(&L1::new(0.3), dims, &values)?;
    }

    #[test]
    fn l2((dims, values) in matrices()) {
        check(&L2::default(), dims, &values)?;
    }

    #[test]
    fn l1_and_l2((dims, values) in matrices()) {
        check(&L1L2::new(0.2, 0.7), dims, &values)?;
    }

    #[test]
    fn orthogonal_rows((dims, values) in matrices()) {
        let [rows, columns] = *dims.sizes() else { unreachable!() };
        prop_assume!(!corner(rows, columns, |vector, k| values[vector * columns + k]));
        check(&OrthogonalRegularizer::new(0.4), dims, &values)?;
    }

    #[test]
    fn orthogonal_columns((dims, values) in matrices()) {
        let [rows, columns] = *dims.sizes() else { unreachable!() };
        prop_assume!(!corner(columns, rows, |vector, k| values[k * columns + vector]));
        check(&OrthogonalRegularizer::new(0.4).mode(OrthogonalMode::Columns), dims, &values)?;
    }
}
