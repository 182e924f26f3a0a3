use serde::{Deserialize, Serialize};

/// How the losses of rows become one number. Keras' names and default; where Keras says `none`, there
/// is [`per_row`](super::Loss::per_row).
///
/// Rows that do not count, as those of an `ignore_class`, are left out of both sum and number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    /// Their weighted sum, divided by how many there are. Keras has `mean` as another name of it.
    #[default]
    #[serde(alias = "mean")]
    SumOverBatchSize,
    /// Their weighted sum.
    Sum,
    /// Their weighted sum, divided by the sum of the weights.
    MeanWithSampleWeight,
}

impl Reduction {
    /// What the weighted sum over `rows` rows is multiplied by; `weights` is the weights' sum over
    /// all rows, if there are weights. 0 where that would divide by 0.
    #[must_use]
    pub fn factor(self, rows: usize, weights: Option<f64>) -> f64 {
        let divisor = match self {
            Self::SumOverBatchSize => rows as f64,
            Self::Sum => return 1.0,
            Self::MeanWithSampleWeight => weights.unwrap_or(rows as f64),
        };
        if divisor == 0.0 { 0.0 } else { 1.0 / divisor }
    }
}

/// The builder method that every loss has.
macro_rules! reducible {
    () => {
        /// With another reduction than the mean over all rows.
        #[must_use]
        pub const fn with_reduction(mut self, reduction: $crate::losses::Reduction) -> Self {
            self.reduction = reduction;
            self
        }
    };
}
pub(super) use reducible;

#[cfg(feature = "serde")]
crate::config::words! {
    Reduction: "sum_over_batch_size" | "mean" => Reduction::SumOverBatchSize, "sum" => Reduction::Sum,
    "mean_with_sample_weight" => Reduction::MeanWithSampleWeight
}

#[cfg(test)]
mod tests {
    use super::Reduction::{MeanWithSampleWeight, Sum, SumOverBatchSize};

    #[test]
    fn the_three_of_them() {
        assert_eq!(SumOverBatchSize.factor(4, Some(8.0)), 0.25);
        assert_eq!(Sum.factor(4, Some(8.0)), 1.0);
        assert_eq!(MeanWithSampleWeight.factor(4, Some(8.0)), 0.125);
        assert_eq!(MeanWithSampleWeight.factor(4, None), 0.25);
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        assert_eq!(SumOverBatchSize.factor(0, None), 0.0);
        assert_eq!(MeanWithSampleWeight.factor(4, Some(0.0)), 0.0);
    }
}
