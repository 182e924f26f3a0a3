use super::histogram::Point;
use super::merge::mergeable;
use super::tradeoff::Tradeoff;
use super::{Batch, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Shape;

/// The best sensitivity at thresholds where the specificity is at least a given one: of what is positive, how much is found.
/// Keras: `SensitivityAtSpecificity`.
///
/// Sensitivity, or recall, is the share of what is positive that is said to be; specificity the share
/// of what is negative that is said to be.
/// 200 even thresholds from 0 to 1 are tried by default; 0 if none gives that specificity. For all
/// classes together unless [`class_id`](Self::class_id) names one.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = SensitivityAtSpecificity::new(0.5);
/// let (y_true, y_pred) = ([[0], [0], [0], [1], [1]], [[0.0], [0.3], [0.8], [0.3], [0.8]]);
/// assert_eq!(Metric::<Rank1<1>, Rank1<1>>::value(&metric, &y_true, &y_pred)?, 0.5);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SensitivityAtSpecificity {
    tradeoff: Tradeoff,
}

impl SensitivityAtSpecificity {
    /// Where the specificity is at least this, from 0 to 1.
    #[must_use]
    pub fn new(specificity: f64) -> Self {
        Self { tradeoff: Tradeoff::new(specificity) }
    }
    /// Over so many thresholds; 1 is the threshold ½.
    #[must_use]
    pub fn num_thresholds(mut self, count: usize) -> Self {
        self.tradeoff.set_num_thresholds(count);
        self
    }
    /// Looks at this class only, counted from 0.
    #[must_use]
    pub fn class_id(mut self, class: usize) -> Self {
        self.tradeoff.set_class_id(class);
        self
    }
}

impl<S: Shape> Metric<S, S> for SensitivityAtSpecificity {
    fn name(&self) -> &str {
        "sensitivity_at_specificity"
    }
    fn check(&self) -> Result<()> {
        self.tradeoff.check("SensitivityAtSpecificity", "specificity", S::DIMS.last())
    }
    fn reset(&mut self) {
        self.tradeoff.reset();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.tradeoff.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.tradeoff.update::<S, E>(batch);
    }
    fn result(&self) -> f64 {
        self.tradeoff.best(Point::specificity, Point::recall)
    }
}

mergeable! {
    [S: Shape] SensitivityAtSpecificity, S => S: tradeoff;
}

configured! {
    [] SensitivityAtSpecificity, "SensitivityAtSpecificity", "keras.metrics", Self::new(0.5), |this, fields| {
        fields.unused("name", "sensitivity_at_specificity");
        fields.unused("dtype", "float32");
        this.tradeoff.fields("specificity", fields)?;
    }
}
