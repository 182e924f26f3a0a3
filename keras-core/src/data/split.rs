use ndarray::{Array, ArrayBase, Axis, Data, Dimension, Ix1, RemoveAxis};

use crate::backend::Random;
use crate::error::{Error, Result};

/// Sets these random numbers apart from those that weights and batches are drawn with.
const STREAM: u64 = u64::from_be_bytes(*b"split\0\0\0");

/// Samples to train with and samples to test with. The names keep the four from being mixed up.
#[derive(Clone, Debug, PartialEq)]
pub struct Split<A, D: Dimension, B, E: Dimension> {
    /// Inputs to train with.
    pub x_train: Array<A, D>,
    /// Their targets.
    pub y_train: Array<B, E>,
    /// Inputs to test with.
    pub x_test: Array<A, D>,
    /// Their targets.
    pub y_test: Array<B, E>,
}

/// Shuffles the samples (the first axis of `x` and `y`) and sets a fraction of them, rounded, aside
/// to test with. The same seed gives the same split.
///
/// # Errors
/// [`Error::Samples`] if `x` and `y` have different numbers of samples; [`Error::Argument`] if the
/// fraction does not lie between 0 and 1 or leaves one of the two parts empty; [`Error::Empty`]
/// if there is nothing to split.
///
/// ```
/// use keras_core::data::{Split, train_test_split};
/// use keras_core::ndarray::{Array1, Array2};
///
/// let (x, y) = (Array2::<f32>::zeros((50, 4)), Array1::<usize>::zeros(50));
/// let Split { x_train, y_train, x_test, y_test } = train_test_split(&x, &y, 0.2, 7)?;
/// assert_eq!((x_train.dim(), y_train.len()), ((40, 4), 40));
/// assert_eq!((x_test.dim(), y_test.len()), ((10, 4), 10));
/// # Ok::<(), keras_core::Error>(())
/// ```
pub fn train_test_split<A, S, D, B, T, E>(
    x: &ArrayBase<S, D>,
    y: &ArrayBase<T, E>,
    test_fraction: f64,
    seed: u64,
) -> Result<Split<A, D, B, E>>
where
    A: Clone,
    S: Data<Elem = A>,
    D: RemoveAxis,
    B: Clone,
    T: Data<Elem = B>,
    E: RemoveAxis,
{
    let order = shuffled(x, y, test_fraction, seed)?;
    let test = test_count(order.len(), test_fraction);
    check_parts(order.len(), test, test_fraction)?;
    let (test, train) = order.split_at(test);
    Ok(take(x, y, train, test))
}

/// As [`train_test_split`], but each class is divided in the same proportion, to within one sample.
///
/// # Errors
/// As [`train_test_split`].
///
/// ```
/// use keras_core::data::stratified_split;
/// use keras_core::ndarray::{Array1, Array2};
///
/// let x = Array2::<f32>::zeros((50, 4));
/// let y = Array1::from_shape_fn(50, |i| usize::from(i < 10));
/// let split = stratified_split(&x, &y, 0.2, 7)?;
/// assert_eq!(split.y_test.sum(), 2);
/// # Ok::<(), keras_core::Error>(())
/// ```
pub fn stratified_split<A, S, D, C, T>(
    x: &ArrayBase<S, D>,
    y: &ArrayBase<T, Ix1>,
    test_fraction: f64,
    seed: u64,
) -> Result<Split<A, D, C, Ix1>>
where
    A: Clone,
    S: Data<Elem = A>,
    D: RemoveAxis,
    C: Clone + Ord,
    T: Data<Elem = C>,
{
    let order = shuffled(x, y, test_fraction, seed)?;
    let mut by_class = order.clone();
    by_class.sort_by(|&a, &b| y[a].cmp(&y[b]));
    // Rounding the running total, not each class, makes the sum right too.
    let mut is_test = vec![false; order.len()];
    let mut start = 0;
    for class in by_class.chunk_by(|&a, &b| y[a] == y[b]) {
        let end = start + class.len();
        let count = test_count(end, test_fraction) - test_count(start, test_fraction);
        class[..count].iter().for_each(|&sample| is_test[sample] = true);
        start = end;
    }
    let (test, train): (Vec<_>, Vec<_>) = order.into_iter().partition(|&sample| is_test[sample]);
    check_parts(y.len(), test.len(), test_fraction)?;
    Ok(take(x, y, &train, &test))
}

fn shuffled<S, D, T, E>(
    x: &ArrayBase<S, D>,
    y: &ArrayBase<T, E>,
    test_fraction: f64,
    seed: u64,
) -> Result<Vec<usize>>
where
    S: Data,
    D: RemoveAxis,
    T: Data,
    E: RemoveAxis,
{
    if !(test_fraction > 0.0 && test_fraction < 1.0) {
        return Err(Error::argument("test_fraction", "a number between 0 and 1", test_fraction));
    }
    let samples = |name: &str, shape: &[usize]| match shape.first() {
        None | Some(0) => Err(Error::Empty { name: name.into() }),
        Some(&samples) => Ok(samples),
    };
    let (left_samples, right_samples) = (samples("x", x.shape())?, samples("y", y.shape())?);
    if left_samples != right_samples {
        return Err(Error::Samples { left: "x".into(), left_samples, right: "y".into(), right_samples });
    }
    let mut order: Vec<usize> = (0..left_samples).collect();
    Random::new(seed, STREAM).shuffle(&mut order);
    Ok(order)
}

fn test_count(samples: usize, test_fraction: f64) -> usize {
    (samples as f64 * test_fraction).round() as usize
}

fn check_parts(samples: usize, test: usize, test_fraction: f64) -> Result<()> {
    if test == 0 || test == samples {
        let expected = format!("a fraction of {samples} samples that leaves some on either side");
        return Err(Error::argument("test_fraction", expected, test_fraction));
    }
    Ok(())
}

fn take<A, S, D, B, T, E>(
    x: &ArrayBase<S, D>,
    y: &ArrayBase<T, E>,
    train: &[usize],
    test: &[usize],
) -> Split<A, D, B, E>
where
    A: Clone,
    S: Data<Elem = A>,
    D: RemoveAxis,
    B: Clone,
    T: Data<Elem = B>,
    E: RemoveAxis,
{
    let first = Axis(0);
    Split {
        x_train: x.select(first, train),
        y_train: y.select(first, train),
        x_test: x.select(first, test),
        y_test: y.select(first, test),
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2, Array3, ArrayD, IxDyn};

    use super::*;

    fn numbered(n: usize) -> (Array3<usize>, Array1<usize>) {
        (Array3::from_shape_fn((n, 2, 3), |(i, j, k)| 100 * i + 10 * j + k), Array1::from_iter(0..n))
    }

    #[test]
    fn every_sample_is_in_one_part_with_its_target() {
        let (x, y) = numbered(23);
        let split = train_test_split(&x, &y, 0.3, 1).unwrap();
        assert_eq!((split.x_train.dim(), split.x_test.dim()), ((16, 2, 3), (7, 2, 3)));
        let mut seen = Vec::new();
        for (x, y) in [(&split.x_train, &split.y_train), (&split.x_test, &split.y_test)] {
            for (x, &y) in x.outer_iter().zip(y) {
                assert_eq!((x[[0, 0]], x[[1, 2]]), (100 * y, 100 * y + 12));
                seen.push(y);
            }
        }
        assert!(!seen.is_sorted());
        seen.sort_unstable();
        assert_eq!(seen, (0..23).collect::<Vec<_>>());
    }

    #[test]
    fn the_seed_decides() {
        let (x, y) = numbered(50);
        let split = |seed| train_test_split(&x, &y, 0.5, seed).unwrap();
        assert_eq!(split(1), split(1));
        assert_ne!(split(1), split(2));
    }

    #[test]
    fn classes_keep_their_share() {
        let (x, _) = numbered(100);
        let y = Array1::from_shape_fn(100, |i| if i % 10 == 0 { "rare" } else { "common" });
        let split = stratified_split(&x, &y, 0.3, 5).unwrap();
        let rare = |y: &Array1<&str>| y.iter().filter(|&&class| class == "rare").count();
        assert_eq!((split.y_test.len(), rare(&split.y_test), rare(&split.y_train)), (30, 3, 7));
        assert!(
            split
                .x_train
                .outer_iter()
                .zip(&split.y_train)
                .all(|(x, y)| (x[[0, 0]] % 1000 == 0) == (*y == "rare"))
        );
        assert!(!split.y_train.iter().is_sorted());
    }

    #[test]
    fn what_cannot_be_split() {
        let (x, y) = numbered(4);
        for fraction in [0.0, 1.0, -0.1, 1.5, f64::NAN, f64::INFINITY] {
            let error = train_test_split(&x, &y, fraction, 0).unwrap_err();
            assert!(
                error.to_string().starts_with("test_fraction: expected a number between 0 and 1"),
                "{error}"
            );
        }
        let error = train_test_split(&x, &y, 0.1, 0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "test_fraction: expected a fraction of 4 samples that leaves some on either side, but found 0.1"
        );
        assert!(stratified_split(&x, &y, 0.9, 0).is_err());
        let error = train_test_split(&x, &Array2::<f32>::zeros((5, 1)), 0.5, 0).unwrap_err();
        assert_eq!(error.to_string(), "x has 4 samples, but y has 5");
        assert!(matches!(
            train_test_split(&Array2::<f32>::zeros((0, 2)), &y, 0.5, 0),
            Err(Error::Empty { .. })
        ));
        assert!(matches!(
            train_test_split(&x, &ArrayD::<f32>::zeros(IxDyn(&[])), 0.5, 0),
            Err(Error::Empty { .. })
        ));
    }
}
