//! What all ways to normalise columns have in common: `(x - shift) / scale` for each column.

use ndarray::{Array2, ArrayBase, ArrayView1, ArrayView2, Axis, Data, Ix2};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Affine {
    columns: Vec<(f64, f64)>,
}

impl Affine {
    /// `column` says the shift and the scale of one column. A column of equal numbers has no spread
    /// to divide by: its scale is 1.
    pub(super) fn fit<S: Data<Elem = f32>>(
        x: &ArrayBase<S, Ix2>,
        column: impl Fn(ArrayView1<'_, f32>) -> (f64, f64),
    ) -> Result<Self> {
        if x.nrows() == 0 {
            return Err(Error::Empty { name: "x".into() });
        }
        check_finite(x.view())?;
        let columns = x.axis_iter(Axis(1)).map(|values| {
            let (shift, scale) = column(values);
            let constant = values.iter().all(|v| *v == values[0]);
            // Of equal numbers, the mean of many is not always quite one of them.
            if constant { (f64::from(values[0]), 1.0) } else { (shift, scale) }
        });
        Ok(Self { columns: columns.collect() })
    }

    pub(super) fn apply<S: Data<Elem = f32>>(&self, x: &ArrayBase<S, Ix2>) -> Result<Array2<f32>> {
        self.map(x, |v, shift, scale| (v - shift) / scale)
    }

    pub(super) fn inverse<S: Data<Elem = f32>>(&self, x: &ArrayBase<S, Ix2>) -> Result<Array2<f32>> {
        self.map(x, |v, shift, scale| v * scale + shift)
    }

    pub(super) fn shifts(&self) -> impl Iterator<Item = f64> {
        self.columns.iter().map(|&(shift, _)| shift)
    }

    pub(super) fn scales(&self) -> impl Iterator<Item = f64> {
        self.columns.iter().map(|&(_, scale)| scale)
    }

    fn map<S: Data<Elem = f32>>(
        &self,
        x: &ArrayBase<S, Ix2>,
        formula: impl Fn(f64, f64, f64) -> f64,
    ) -> Result<Array2<f32>> {
        let (expected, found) = (self.columns.len(), x.ncols());
        if expected != found {
            return Err(Error::Shape {
                name: "x".into(),
                axis: 1,
                expected,
                found,
                expected_shape: format!("(n, {expected})"),
                found_shape: format!("({}, {found})", x.nrows()),
            });
        }
        let mut y = x.to_owned();
        for (mut column, &(shift, scale)) in y.axis_iter_mut(Axis(1)).zip(&self.columns) {
            column.mapv_inplace(|v| formula(f64::from(v), shift, scale) as f32);
        }
        Ok(y)
    }
}

fn check_finite(x: ArrayView2<'_, f32>) -> Result<()> {
    match x.indexed_iter().find(|(_, v)| !v.is_finite()) {
        None => Ok(()),
        Some(((sample, element), value)) => {
            Err(Error::NotFinite { name: "x".into(), sample, element, value: value.to_string() })
        }
    }
}
