use super::correlation::{Correlation, Moments};
use super::merge::mergeable;
use super::{Batch, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Shape;

/// How far predictions are their targets, in place and in scale: the mean over all rows of
/// `2 · covariance / (variance of y_true + variance of y_pred + (mean of y_true - mean of y_pred)²)`, from
/// -1 to 1. Keras: `ConcordanceCorrelation`. (Lin, "A concordance correlation coefficient to evaluate
/// reproducibility", 1989.)
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = ConcordanceCorrelation::default();
/// let (y_true, y_pred) = ([[0.0, 1.0, 0.5], [1.0, 1.0, 0.2]], [[0.1, 0.9, 0.5], [1.0, 0.9, 0.2]]);
/// let value = Metric::<Rank1<3>, Rank1<3>>::value(&metric, &y_true, &y_pred)?;
/// assert!((value - 0.98163168).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ConcordanceCorrelation {
    correlation: Correlation,
}

impl ConcordanceCorrelation {
    /// Along this axis, the batch being axis 0; -1, the last one, by default.
    #[must_use]
    pub const fn axis(mut self, axis: isize) -> Self {
        self.correlation.axis = axis;
        self
    }
}

fn concordance(moments: &Moments) -> f64 {
    let apart = moments.mean_true - moments.mean_pred;
    // Keras' small number keeps rows that are all the same from being divided by 0.
    let all = moments.variance_true + moments.variance_pred + apart * apart + 1e-7;
    2.0 * moments.covariance / all
}

impl<S: Shape> Metric<S, S> for ConcordanceCorrelation {
    fn name(&self) -> &str {
        "concordance_correlation"
    }
    fn check(&self) -> Result<()> {
        self.correlation.check::<S>("ConcordanceCorrelation")
    }
    fn reset(&mut self) {
        self.correlation.mean = super::Mean::default();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.correlation.mean.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.correlation.update::<S, E>(batch, concordance);
    }
    fn result(&self) -> f64 {
        self.correlation.mean.value()
    }
}

mergeable! {
    [S: Shape] ConcordanceCorrelation, S => S: correlation;
}

configured! {
    [] ConcordanceCorrelation, "ConcordanceCorrelation", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "concordance_correlation");
        fields.unused("dtype", "float32");
        fields.field("axis", &mut this.correlation.axis)?;
    }
}
