use super::cell::cell_metric;

cell_metric! {
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
    TruePositives, "true_positives": its target is positive, true; it is said to be, true
}
