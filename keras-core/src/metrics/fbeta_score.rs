use super::f_metric::f_metric;
use super::f_score::FScore;
use crate::config::configured;

f_metric! {
    /// The mean of precision and recall in which recall counts `beta` times as much:
    /// `(1 + beta²) · precision · recall / (beta² · precision + recall)`. Keras: `FBetaScore`, `beta` 1 by
    /// default. (Van Rijsbergen, "Information Retrieval", 1979.)
    ///
    /// A prediction is positive if it is the largest of its row, or above the
    /// [`threshold`](Self::threshold) if there is one. The history has a number for each class,
    /// `fbeta_score_0`, `fbeta_score_1`, .., unless they are [averaged](Self::average).
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// use keras_core::metrics::{Average, Metric};
    ///
    /// let y_true = [[1, 1, 1], [1, 0, 0], [1, 1, 0]];
    /// let y_pred = [[0.2, 0.6, 0.7], [0.2, 0.6, 0.6], [0.6, 0.8, 0.0]];
    /// let metric = FBetaScore::new(2.0).threshold(0.5);
    /// let scores = Metric::<Rank1<3>, Rank1<3>>::values(&metric, &y_true, &y_pred)?;
    /// let expected = [5.0 / 13.0, 10.0 / 11.0, 5.0 / 6.0];
    /// assert!(scores.iter().zip(expected).all(|(score, e)| (score - e).abs() < 1e-6));
    /// let metric = metric.average(Average::Macro);
    /// let mean = Metric::<Rank1<3>, Rank1<3>>::value(&metric, &y_true, &y_pred)?;
    /// assert!((mean - expected.iter().sum::<f64>() / 3.0).abs() < 1e-6);
    /// # Ok::<(), keras_core::Error>(())
    /// ```
    FBetaScore, "fbeta_score"
}

impl FBetaScore {
    /// With this `beta`, more than 0.
    #[must_use]
    pub fn new(beta: f64) -> Self {
        Self { score: FScore::new(beta) }
    }
}

configured! {
    [] FBetaScore, "FBetaScore", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "fbeta_score");
        fields.unused("dtype", "float32");
        fields.field("average", &mut this.score.average)?;
        fields.field("beta", &mut this.score.beta)?;
        fields.field("threshold", &mut this.score.threshold)?;
    }
}
