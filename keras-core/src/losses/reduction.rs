use serde::{Deserialize, Serialize};

/// How the losses of rows become one number. Keras' names and default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    /// Their weighted sum, divided by how many there are.
    #[default]
    SumOverBatchSize,
    /// Their weighted sum.
    Sum,
    /// Their weighted sum, divided by the sum of the weights.
    MeanWithSampleWeight,
}

impl Reduction {
    /// What the weighted sum over `rows` rows is multiplied by; `weights` is the weights' sum over
    /// all rows, if there are weights.
    #[must_use]
    pub fn factor(self, rows: usize, weights: Option<f64>) -> f64 {
        match self {
            Self::SumOverBatchSize => 1.0 / rows as f64,
            Self::Sum => 1.0,
            Self::MeanWithSampleWeight => match weights {
                None => 1.0 / rows as f64,
                Some(0.0) => 0.0,
                Some(sum) => 1.0 / sum,
            },
        }
    }
}
