use super::f_score::{Average, FScore};
use super::merge::mergeable;
use super::{Batch, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Shape;

/// The harmonic mean of precision and recall: `2 · precision · recall / (precision + recall)`. Keras:
/// `F1Score`.
///
/// A prediction is positive if it is the largest of its row, or above the
/// [`threshold`](Self::threshold) if there is one. The history has a number for each class,
/// `f1_score_0`, `f1_score_1`, .., unless they are [averaged](Self::average).
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::{Average, Metric};
///
/// let y_true = [[1, 1, 1], [1, 0, 0], [1, 1, 0]];
/// let y_pred = [[0.2, 0.6, 0.7], [0.2, 0.6, 0.6], [0.6, 0.8, 0.0]];
/// let metric = F1Score::default().threshold(0.5);
/// let scores = Metric::<Rank1<3>, Rank1<3>>::values(&metric, &y_true, &y_pred)?;
/// let expected = [0.5, 0.8, 2.0 / 3.0];
/// assert!(scores.iter().zip(expected).all(|(score, e)| (score - e).abs() < 1e-6));
/// let metric = metric.average(Average::Macro);
/// let mean = Metric::<Rank1<3>, Rank1<3>>::value(&metric, &y_true, &y_pred)?;
/// assert!((mean - expected.iter().sum::<f64>() / 3.0).abs() < 1e-6);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct F1Score {
    score: FScore,
}

impl F1Score {
    /// With this average over the classes; none by default.
    #[must_use]
    pub fn average(mut self, average: Average) -> Self {
        self.score.average = average;
        self
    }
    /// Positive is what is above this, more than 0 and 1 at most.
    #[must_use]
    pub fn threshold(mut self, threshold: f64) -> Self {
        self.score.threshold = Some(threshold);
        self
    }
    /// The scores: one, or one for each class once a batch was seen.
    #[must_use]
    pub fn results(&self) -> Vec<f64> {
        self.score.results()
    }
}

impl<S: Shape> Metric<S, S> for F1Score {
    fn name(&self) -> &str {
        "f1_score"
    }
    fn check(&self) -> Result<()> {
        self.score.check::<S>("F1Score")
    }
    fn reset(&mut self) {
        self.score.reset::<S>();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.score.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.score.update::<S, E>(batch);
    }
    fn result(&self) -> f64 {
        let mut first = 0.0;
        self.score.each(1, |score| first = score);
        first
    }
    fn count(&self) -> usize {
        self.score.count::<S>()
    }
    fn each_result(&self, each: impl FnMut(f64)) {
        self.score.each(S::DIMS.last(), each);
    }
}

mergeable! {
    [S: Shape] F1Score, S => S: score;
}

configured! {
    [] F1Score, "F1Score", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "f1_score");
        fields.unused("dtype", "float32");
        fields.field("average", &mut this.score.average)?;
        fields.field("threshold", &mut this.score.threshold)?;
    }
}
