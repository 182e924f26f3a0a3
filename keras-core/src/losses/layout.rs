//! How a batch lies in rows, for each kind of row.

use super::room::Room;
use super::{Loss, RowLoss};
use crate::backend::{Gather, LossRows, Spread};
use crate::element::Element;
use crate::shape::{Shape, Value};

/// How a batch of `n` samples lies in the rows of a loss. The scale is for a mean over all rows.
pub(crate) fn rows<Out: Shape, L: Loss<Out>>(loss: &L, n: usize) -> LossRows {
    let sample = Out::DIMS;
    // Axes that are not there were refused before.
    let within = loss.axes().of(sample).unwrap_or_default();
    let mut gather = Gather { rows: Spread::NONE, within: Spread::NONE };
    let sizes = sample.sizes();
    let mut stride = n * sample.numel();
    // Whether an axis of a row was followed by one that is not.
    let (mut scattered, mut begun) = (false, false);
    for (axis, &inside) in within[..=sizes.len()].iter().enumerate() {
        let size = if axis == 0 { n } else { sizes[axis - 1] };
        stride = stride.checked_div(size).unwrap_or(0);
        let spread = if inside { &mut gather.within } else { &mut gather.rows };
        spread.add(size, stride);
        scattered |= begun && !inside;
        begun |= inside;
    }
    let (rows, width) = (gather.rows.count(), gather.within.count());
    let whole_batch = within[0];
    LossRows {
        rows,
        width,
        target_width: (n * <L::Target as Value>::NUMEL).checked_div(rows).unwrap_or(0),
        rows_per_weight: if whole_batch { 0 } else { rows.checked_div(n).unwrap_or(1) },
        scale: 1.0 / rows as f64,
        gather: scattered.then_some(gather),
    }
}

/// Whether a loss has to see all samples of a batch at once.
pub(crate) fn whole_batch<Out: Shape, L: Loss<Out>>(loss: &L) -> bool {
    L::TOGETHER || loss.axes().of(Out::DIMS).is_some_and(|within| within[0])
}

/// Hands each row's number and loss to `each`.
pub(crate) fn each_row<V: Value, L: RowLoss<V>, E: Element>(
    loss: &L,
    rows: LossRows,
    y_true: &[V::Scalar<E>],
    y_pred: &[E],
    mut each: impl FnMut(usize, &[V::Scalar<E>], E),
) {
    if L::TOGETHER {
        let rows = LossRows { rows_per_weight: 1, ..rows };
        let mut weights = Room::new(rows.rows);
        weights.fill(E::ZERO);
        for row in 0..rows.rows {
            weights[row] = E::ONE;
            let value = loss.together::<E>(rows, y_true, y_pred, Some(&weights), None);
            weights[row] = E::ZERO;
            each(row, &y_true[row * rows.target_width..][..rows.target_width], E::of(value));
        }
        return;
    }
    let Some(gather) = rows.gather else {
        let pairs = y_true.chunks_exact(rows.target_width.max(1)).zip(y_pred.chunks_exact(rows.width.max(1)));
        for (row, (y_true, y_pred)) in pairs.enumerate() {
            each(row, y_true, loss.row(y_true, y_pred, None));
        }
        return;
    };
    let (mut target, mut prediction) = (Room::new(rows.width), Room::new(rows.width));
    for row in 0..rows.rows {
        gather.take(row, y_true, &mut target);
        gather.take(row, y_pred, &mut prediction);
        each(row, &target, loss.row(&target, &prediction, None));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::{Dice, MeanSquaredError, SparseCategoricalCrossentropy};
    use crate::shape::{Rank0, Rank1, Rank3};

    #[test]
    fn rows_of_every_kind() {
        let numbers = |rows: LossRows| {
            (rows.rows, rows.width, rows.target_width, rows.rows_per_weight, rows.gather.is_some())
        };
        type Image = Rank3<3, 4, 2>;
        let dice = Dice::default();
        assert_eq!(numbers(rows::<Rank0, _>(&MeanSquaredError::default(), 5)), (5, 1, 1, 1, false));
        let sparse = SparseCategoricalCrossentropy::default();
        assert_eq!(numbers(rows::<Rank1<7>, _>(&sparse, 5)), (5, 7, 1, 1, false));
        assert_eq!(numbers(rows::<Image, _>(&sparse, 5)), (60, 2, 1, 12, false));
        assert_eq!(numbers(rows::<Image, _>(&dice, 5)), (1, 120, 120, 0, false));
        assert_eq!(numbers(rows::<Image, _>(&dice.axis([3, 1, 2]), 5)), (5, 24, 24, 1, false));
        assert_eq!(numbers(rows::<Image, _>(&dice.axis([1, 2]), 5)), (10, 12, 12, 2, true));
        assert_eq!(numbers(rows::<Image, _>(&dice.axis([0, 2]), 5)), (6, 20, 20, 0, true));
    }

    #[test]
    fn only_some_losses_need_the_whole_batch() {
        assert!(whole_batch::<Rank1<2>, _>(&Dice::default()));
        assert!(!whole_batch::<Rank1<2>, _>(&Dice::default().axis([1])));
        assert!(!whole_batch::<Rank1<2>, _>(&MeanSquaredError::default()));
    }
}
