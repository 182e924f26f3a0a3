use super::cell::Cell;
use super::merge::mergeable;
use super::{Batch, Metric};
use crate::element::Element;
use crate::error::Result;
use crate::shape::Shape;

/// The number of predictions above the threshold whose target is not 0: positive, and said to be. Keras:
/// `TruePositives`.
///
/// A prediction counts as much as its sample weighs. The threshold is 0.5 by default. There may be
/// several: [`results`](Self::results) has a number for each, which the history calls
/// `true_positives_0`, `true_positives_1`, ..
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let (y_true, y_pred) = ([[0], [1], [0], [1]], [[0.2], [0.8], [0.6], [0.5]]);
/// let metric = TruePositives::default().thresholds([0.5, 0.1]);
/// assert_eq!(Metric::<Rank1<1>, Rank1<1>>::values(&metric, &y_true, &y_pred)?, [1.0, 2.0]);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TruePositives {
    cell: Cell,
}

impl TruePositives {
    /// With these thresholds, from 0 to 1.
    #[must_use]
    pub fn thresholds(mut self, thresholds: impl Into<Vec<f64>>) -> Self {
        self.cell = Cell::new(thresholds.into());
        self
    }
    /// One number for each threshold.
    #[must_use]
    pub fn results(&self) -> Vec<f64> {
        self.cell.sums().to_vec()
    }
}

impl<S: Shape> Metric<S, S> for TruePositives {
    fn name(&self) -> &str {
        "true_positives"
    }
    fn check(&self) -> Result<()> {
        self.cell.check("TruePositives")
    }
    fn reset(&mut self) {
        self.cell.reset();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.cell.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.cell.update::<S, E>(batch, true, true);
    }
    fn result(&self) -> f64 {
        self.cell.sums().first().copied().unwrap_or_default()
    }
    fn count(&self) -> usize {
        self.cell.sums().len()
    }
    fn each_result(&self, each: impl FnMut(f64)) {
        self.cell.sums().iter().copied().for_each(each);
    }
}

mergeable! {
    [S: Shape] TruePositives, S => S: cell;
}
