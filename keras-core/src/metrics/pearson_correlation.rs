use super::correlation::{Correlation, Moments};
use super::merge::mergeable;
use super::{Batch, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Shape;

/// How far predictions rise and fall with their targets, in a straight line: the mean over all rows of
/// `covariance / (standard deviation of y_true · standard deviation of y_pred)`, from -1 to 1. Keras:
/// `PearsonCorrelation`.
///
/// NaN if a row's targets or predictions are all the same, as in Keras.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = PearsonCorrelation::default();
/// let (y_true, y_pred) = ([[0.0, 1.0, 0.5], [1.0, 1.0, 0.2]], [[0.1, 0.9, 0.5], [1.0, 0.9, 0.2]]);
/// let value = Metric::<Rank1<3>, Rank1<3>>::value(&metric, &y_true, &y_pred)?;
/// assert!((value - 0.99669963).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PearsonCorrelation {
    correlation: Correlation,
}

impl PearsonCorrelation {
    /// Along this axis, the batch being axis 0; -1, the last one, by default.
    #[must_use]
    pub const fn axis(mut self, axis: isize) -> Self {
        self.correlation.axis = axis;
        self
    }
}

fn pearson(moments: &Moments) -> f64 {
    moments.covariance / (moments.variance_true.sqrt() * moments.variance_pred.sqrt())
}

impl<S: Shape> Metric<S, S> for PearsonCorrelation {
    fn name(&self) -> &str {
        "pearson_correlation"
    }
    fn check(&self) -> Result<()> {
        self.correlation.check::<S>("PearsonCorrelation")
    }
    fn reset(&mut self) {
        self.correlation.mean = super::Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.correlation.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.correlation.update::<S, E>(batch, pearson);
    }
    fn result(&self) -> f64 {
        self.correlation.mean.value()
    }
}

mergeable! {
    [S: Shape] PearsonCorrelation, S => S: correlation;
}

configured! {
    [] PearsonCorrelation, "PearsonCorrelation", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "pearson_correlation");
        fields.unused("dtype", "float32");
        fields.field("axis", &mut this.correlation.axis)?;
    }
}
