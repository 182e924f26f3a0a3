use super::f_metric::f_metric;
use crate::config::configured;

f_metric! {
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
    F1Score, "f1_score"
}

configured! {
    [] F1Score, "F1Score", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "f1_score");
        fields.unused("dtype", "float32");
        fields.field("average", &mut this.score.average)?;
        fields.field("threshold", &mut this.score.threshold)?;
    }
}
