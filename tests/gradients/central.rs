//! Central differences.

use proptest::test_runner::TestCaseError;

/// How far a number is moved to either side: near the fifth root of the precision, where the errors of
/// rounding and of the formula are about equal; but not so far that it meets a corner.
const STEP: f64 = 1e-4;

/// The difference that is allowed, relative to the gradient where that is above 1.
const TOLERANCE: f64 = 1e-7;

/// The gradient of `f` at `x` by central differences, at two distances: together they are exact up to
/// the fourth order (Richardson 1911).
pub fn gradient(x: &[f64], f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut x = x.to_vec();
    (0..x.len())
        .map(|i| {
            let (at, step) = (x[i], STEP * x[i].abs().max(1.0));
            let mut slope = |step: f64| {
                x[i] = at + step;
                let above = f(&x);
                x[i] = at - step;
                let below = f(&x);
                x[i] = at;
                (above - below) / (2.0 * step)
            };
            (4.0 * slope(step / 2.0) - slope(step)) / 3.0
        })
        .collect()
}

/// Fails if a gradient is not the one by central differences.
pub fn compare(mine: &[f64], central: &[f64]) -> Result<(), TestCaseError> {
    assert_eq!(mine.len(), central.len());
    for (i, (mine, central)) in mine.iter().zip(central).enumerate() {
        let error = (mine - central).abs() / central.abs().max(1.0);
        if error > TOLERANCE || error.is_nan() {
            let message = format!("gradient[{i}] is {mine}, by differences {central}: error {error:.2e}");
            return Err(TestCaseError::fail(message));
        }
    }
    Ok(())
}

#[test]
fn a_wrong_gradient_is_found() {
    let x = [1.0, -2.0];
    let central = gradient(&x, |x| x[0] * x[0] * x[1]);
    assert!(compare(&[-4.0, 1.0], &central).is_ok());
    assert!(compare(&[-4.0, 1.00001], &central).is_err());
    assert!(compare(&[f64::NAN, 1.0], &central).is_err());
}
