use ndarray::{Array1, Array2, ArrayBase, Data, Ix2};
use serde::{Deserialize, Serialize};

use crate::data::affine::Affine;
use crate::error::Result;

/// Brings each column to mean 0 and standard deviation 1: `(x - mean) / deviation`, as Keras'
/// `Normalization` does.
///
/// The means and deviations come from the data to train with, and are applied to all data that the
/// model sees later; they can be kept with the model through serde. A column of equal numbers
/// becomes zeros (other numbers in it, later, keep their distance from that number).
///
/// ```
/// use keras_core::data::Standardize;
/// use keras_core::ndarray::array;
///
/// let columns = Standardize::fit(&array![[1.0, 5.0], [3.0, 5.0]])?;
/// assert_eq!(columns.apply(&array![[1.0, 5.0], [4.0, 5.0]])?, array![[-1.0, 0.0], [2.0, 0.0]]);
/// assert_eq!(columns.inverse(&array![[2.0, 0.0]])?, array![[4.0, 5.0]]);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[doc(alias = "Normalization")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Standardize(Affine);

impl Standardize {
    /// Takes mean and standard deviation (of the population: divided by `n`) of each column.
    ///
    /// # Errors
    /// [`Error::Empty`](crate::Error::Empty) if there are no rows;
    /// [`Error::NotFinite`](crate::Error::NotFinite) for a NaN or an infinity.
    pub fn fit<S: Data<Elem = f32>>(x: &ArrayBase<S, Ix2>) -> Result<Self> {
        let affine = Affine::fit(x, |column| {
            let n = column.len() as f64;
            let mean = column.iter().map(|&v| f64::from(v)).sum::<f64>() / n;
            let variance = column.iter().map(|&v| (f64::from(v) - mean).powi(2)).sum::<f64>() / n;
            (mean, variance.sqrt())
        });
        affine.map(Self)
    }

    /// `(x - mean) / deviation`
    ///
    /// # Errors
    /// [`Error::Shape`](crate::Error::Shape) if `x` has another number of columns.
    pub fn apply<S: Data<Elem = f32>>(&self, x: &ArrayBase<S, Ix2>) -> Result<Array2<f32>> {
        self.0.apply(x)
    }

    /// Back again: `x * deviation + mean`.
    ///
    /// # Errors
    /// As [`apply`](Self::apply).
    pub fn inverse<S: Data<Elem = f32>>(&self, x: &ArrayBase<S, Ix2>) -> Result<Array2<f32>> {
        self.0.inverse(x)
    }

    /// The mean of each column.
    #[must_use]
    pub fn mean(&self) -> Array1<f64> {
        self.0.shifts().collect()
    }

    /// The standard deviation of each column; 1 where all numbers were equal.
    #[must_use]
    pub fn deviation(&self) -> Array1<f64> {
        self.0.scales().collect()
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Axis, array};

    use super::*;
    use crate::error::Error;

    #[test]
    fn known_numbers() {
        // Mean 5 and population deviation 2, a textbook sample.
        let x = Array1::from(vec![2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).insert_axis(Axis(1));
        let columns = Standardize::fit(&x).unwrap();
        assert_eq!((columns.mean(), columns.deviation()), (array![5.0], array![2.0]));
        let y = columns.apply(&x).unwrap();
        assert_eq!(y.column(0), array![-1.5, -0.5, -0.5, -0.5, 0.0, 0.0, 1.0, 2.0]);
        assert_eq!(columns.inverse(&y).unwrap(), x);
    }

    #[test]
    fn equal_numbers_become_exact_zeros() {
        let x = Array2::from_elem((1000, 1), 0.1);
        let columns = Standardize::fit(&x).unwrap();
        assert!(columns.apply(&x).unwrap().iter().all(|&v| v == 0.0));
        assert_eq!(columns.deviation(), array![1.0]);
        assert_eq!(columns.inverse(&columns.apply(&x).unwrap()).unwrap(), x);
    }

    #[test]
    fn large_numbers_with_a_small_spread() {
        let columns = Standardize::fit(&array![[16_000_000.0], [16_000_002.0]]).unwrap();
        assert_eq!(columns.apply(&array![[16_000_000.0], [16_000_004.0]]).unwrap(), array![[-1.0], [3.0]]);
    }

    #[test]
    fn what_is_refused() {
        assert!(matches!(Standardize::fit(&Array2::zeros((0, 3))), Err(Error::Empty { .. })));
        let error = Standardize::fit(&array![[1.0, 2.0], [3.0, f32::NAN]]).unwrap_err();
        assert_eq!(error.to_string(), "x: sample 1, element 1 is NaN: every number must be finite");
        let columns = Standardize::fit(&array![[1.0, 2.0]]).unwrap();
        assert_eq!(
            columns.apply(&Array2::zeros((4, 3))).unwrap_err().to_string(),
            "x: axis 1 should be 2, but is 3 (expected shape (n, 2), found (4, 3))"
        );
        assert!(columns.inverse(&Array2::zeros((4, 1))).is_err());
    }

    #[test]
    fn survives_serde() {
        let columns = Standardize::fit(&array![[1.0, 2.0], [3.0, 5.0]]).unwrap();
        let text = serde_json::to_string(&columns).unwrap();
        assert_eq!(serde_json::from_str::<Standardize>(&text).unwrap(), columns);
    }
}
