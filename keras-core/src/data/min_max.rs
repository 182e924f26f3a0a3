use ndarray::{Array1, Array2, ArrayBase, Data, Ix2};
use serde::{Deserialize, Serialize};

use crate::data::affine::Affine;
use crate::error::Result;

/// Brings each column to 0 (its smallest number) to 1 (its largest).
///
/// Use it as [`Standardize`](crate::data::Standardize). Numbers beyond those that it was fitted to
/// come out below 0 or above 1. A column of equal numbers becomes zeros.
///
/// ```
/// use keras_core::data::MinMax;
/// use keras_core::ndarray::array;
///
/// let columns = MinMax::fit(&array![[10.0, 5.0], [30.0, 5.0]])?;
/// assert_eq!(columns.apply(&array![[15.0, 5.0], [50.0, 5.0]])?, array![[0.25, 0.0], [2.0, 0.0]]);
/// assert_eq!(columns.inverse(&array![[0.25, 0.0]])?, array![[15.0, 5.0]]);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MinMax(Affine);

impl MinMax {
    /// Takes the smallest and the largest number of each column.
    ///
    /// # Errors
    /// [`Error::Empty`](crate::Error::Empty) if there are no rows;
    /// [`Error::NotFinite`](crate::Error::NotFinite) for a NaN or an infinity.
    pub fn fit<S: Data<Elem = f32>>(x: &ArrayBase<S, Ix2>) -> Result<Self> {
        let affine = Affine::fit(x, |column| {
            let low = column.iter().copied().fold(f32::INFINITY, f32::min);
            let high = column.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            (f64::from(low), f64::from(high) - f64::from(low))
        });
        affine.map(Self)
    }

    /// `(x - min) / (max - min)`
    ///
    /// # Errors
    /// [`Error::Shape`](crate::Error::Shape) if `x` has another number of columns.
    pub fn apply<S: Data<Elem = f32>>(&self, x: &ArrayBase<S, Ix2>) -> Result<Array2<f32>> {
        self.0.apply(x)
    }

    /// Back again: `x * (max - min) + min`.
    ///
    /// # Errors
    /// As [`apply`](Self::apply).
    pub fn inverse<S: Data<Elem = f32>>(&self, x: &ArrayBase<S, Ix2>) -> Result<Array2<f32>> {
        self.0.inverse(x)
    }

    /// The smallest number of each column.
    #[must_use]
    pub fn min(&self) -> Array1<f64> {
        self.0.shifts().collect()
    }

    /// The distance from the smallest to the largest number of each column; 1 where all were equal.
    #[must_use]
    pub fn range(&self) -> Array1<f64> {
        self.0.scales().collect()
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::error::Error;

    #[test]
    fn there_and_back() {
        let x = array![[-2.0, 7.0, 0.0], [2.0, 7.0, 1.0], [0.0, 7.0, 4.0]];
        let columns = MinMax::fit(&x).unwrap();
        assert_eq!((columns.min(), columns.range()), (array![-2.0, 7.0, 0.0], array![4.0, 1.0, 4.0]));
        let y = columns.apply(&x).unwrap();
        assert_eq!(y, array![[0.0, 0.0, 0.0], [1.0, 0.0, 0.25], [0.5, 0.0, 1.0]]);
        assert_eq!(columns.inverse(&y).unwrap(), x);
    }

    #[test]
    fn the_whole_range_of_f32() {
        let x = array![[f32::MIN], [f32::MAX]];
        assert_eq!(MinMax::fit(&x).unwrap().apply(&x).unwrap(), array![[0.0], [1.0]]);
    }

    #[test]
    fn what_is_refused() {
        assert!(matches!(MinMax::fit(&Array2::zeros((0, 3))), Err(Error::Empty { .. })));
        assert!(matches!(MinMax::fit(&array![[f32::INFINITY]]), Err(Error::NotFinite { .. })));
        let columns = MinMax::fit(&array![[1.0, 2.0]]).unwrap();
        assert!(matches!(columns.apply(&Array2::zeros((4, 3))), Err(Error::Shape { axis: 1, .. })));
    }
}
