//! Losses outside a training.

use super::{Loss, each_row, rows};
use crate::backend::{Backend, Cpu, LossRows};
use crate::data::Rows;
use crate::error::{Error, Result};
use crate::shape::{Shape, Value};

/// The targets of a loss, in double precision.
type Targets<'a, Out, L> = Rows<'a, <<L as Loss<Out>>::Target as Value>::Scalar<f64>>;

/// One number for all rows.
pub fn value<Out: Shape, L: Loss<Out>>(
    loss: &L,
    y_true: &Targets<'_, Out, L>,
    y_pred: &Rows<'_, f64>,
    weights: Option<&[f64]>,
) -> Result<f64> {
    let mut layout = checked::<Out, L>(loss, y_true, y_pred)?;
    if let Some(weights) = weights {
        layout.rows_per_weight = rows_per_weight(weights, y_pred.samples(), layout)?;
    }
    let factor = loss.factor(layout, y_true.values(), weights);
    let device = Cpu::<f64>::default();
    Ok(factor * device.loss::<L::Target, L>(loss, layout, y_true.values(), y_pred.values(), weights, None))
}

/// One number a row.
pub fn per_row<Out: Shape, L: Loss<Out>>(
    loss: &L,
    y_true: &Targets<'_, Out, L>,
    y_pred: &Rows<'_, f64>,
) -> Result<Vec<f64>> {
    let layout = checked::<Out, L>(loss, y_true, y_pred)?;
    let mut all = vec![0.0; layout.rows];
    each_row::<L::Target, L, f64>(loss, layout, y_true.values(), y_pred.values(), |row, _, value| {
        all[row] = value
    });
    Ok(all)
}

fn checked<Out: Shape, L: Loss<Out>>(
    loss: &L,
    y_true: &Targets<'_, Out, L>,
    y_pred: &Rows<'_, f64>,
) -> Result<LossRows> {
    y_true.check_samples(y_pred.samples(), "y_pred")?;
    loss.check_target::<f64>(y_true)?;
    Ok(rows::<Out, L>(loss, y_pred.samples()))
}

fn rows_per_weight(weights: &[f64], samples: usize, layout: LossRows) -> Result<usize> {
    if let Some(sample) = weights.iter().position(|w| !w.is_finite()) {
        let value = weights[sample].to_string();
        return Err(Error::NotFinite { name: "sample_weight".into(), sample, element: 0, value });
    }
    match weights.len() {
        n if n == samples => Ok(layout.rows_per_weight),
        n if n == layout.rows && layout.rows_per_weight > 0 => Ok(1),
        n => Err(Error::Samples {
            left: "y_pred".into(),
            left_samples: samples,
            right: "sample_weight".into(),
            right_samples: n,
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::losses::{Huber, Loss, MeanSquaredError, Reduction, SparseCategoricalCrossentropy};
    use crate::shape::{Rank1, Rank2};

    #[test]
    fn weights_stand_for_samples_or_for_rows() {
        let (y_true, y_pred) = ([[[0.0], [0.0]], [[0.0], [0.0]]], [[[1.0], [2.0]], [[3.0], [4.0]]]);
        let loss = MeanSquaredError::default();
        let value = |weights: &[f64]| Loss::<Rank2<2, 1>>::value_weighted(&loss, &y_true, &y_pred, weights);
        assert_eq!(value(&[1.0, 0.0]).unwrap(), (1.0 + 4.0) / 4.0);
        assert_eq!(value(&[1.0, 0.0, 1.0, 0.0]).unwrap(), (1.0 + 9.0) / 4.0);
        let error = value(&[1.0, 0.0, 1.0]).unwrap_err().to_string();
        assert_eq!(error, "y_pred has 2 samples, but sample_weight has 3");
        let error = value(&[1.0, f64::NAN]).unwrap_err().to_string();
        assert_eq!(error, "sample_weight: sample 1, element 0 is NaN: every number must be finite");
    }

    #[test]
    fn an_ignored_class_is_left_out_of_the_mean() {
        let loss = SparseCategoricalCrossentropy::from_logits().ignore_class(-1);
        let y_pred = [[0.0; 4]; 3];
        let value = |y_true: [i32; 3]| Loss::<Rank1<4>>::value(&loss, &y_true, &y_pred);
        assert!((value([0, -1, 3]).unwrap() - 4.0_f64.ln()).abs() < 1e-12);
        assert_eq!(value([-1, -1, -1]).unwrap(), 0.0);
        let error = value([0, -2, 3]).unwrap_err().to_string();
        assert_eq!(error, "y_true: sample 1 is of class -2, but the classes are 0 to 3");

        let weighted = loss.with_reduction(Reduction::MeanWithSampleWeight);
        let value = Loss::<Rank1<4>>::value_weighted(&weighted, &[0, -1, 3], &y_pred, &[1.0, 5.0, 3.0]);
        assert!((value.unwrap() - 4.0_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn arguments_that_make_no_sense_are_refused() {
        let value = Loss::<Rank1<1>>::value(&Huber::new(-1.0), &[[0.0]], &[[1.0]]);
        let error = value.unwrap_err().to_string();
        assert_eq!(error, "delta of Huber: expected a number of at least 0, but found -1");
    }
}
