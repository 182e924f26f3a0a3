use super::{Batch, Merge, Metric};
use crate::config::configured;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Shape;

/// How the scores of several outputs become one. Keras' argument `class_aggregation`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClassAggregation {
    /// They do not: a number for each output.
    None,
    /// Their mean.
    #[default]
    UniformAverage,
    /// Their mean, weighted by the variance of the targets.
    VarianceWeightedAverage,
}

/// The share of the targets' variance that the predictions explain: `1 - Σ(y_true - y_pred)² /
/// Σ(y_true - mean)²`, also called the coefficient of determination. Keras: `R2Score`.
///
/// 1 is perfect, 0 no better than the mean of the targets, below 0 worse. It is 0 where the targets are
/// all the same and the predictions others, and NaN where nothing was seen. One number for each output,
/// and by default their mean. With [`num_regressors`](Self::num_regressors) it is adjusted:
/// `1 - (1 - R²)(n - 1) / (n - p - 1)`, where `n` counts targets, of all outputs, as in Keras.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = R2Score::default();
/// let (y_true, y_pred) = ([[1.0], [4.0], [3.0]], [[2.0], [4.0], [4.0]]);
/// let score = Metric::<Rank1<1>, Rank1<1>>::value(&metric, &y_true, &y_pred)?;
/// assert!((score - 4.0 / 7.0).abs() < 1e-12);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct R2Score {
    aggregation: ClassAggregation,
    num_regressors: usize,
    outputs: Vec<Output>,
    /// How many targets were seen.
    targets: f64,
}

/// The weighted moments of an output's targets, about their own mean, so that it is exact far from 0
/// too (Welford, 1962), and the squared errors.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Output {
    weight: f64,
    mean: f64,
    squares: f64,
    errors: f64,
}

impl Output {
    fn add(&mut self, y_true: f64, y_pred: f64, weight: f64) {
        self.errors += (y_true - y_pred) * (y_true - y_pred) * weight;
        self.merge(&Self { weight, mean: y_true, squares: 0.0, errors: 0.0 });
    }
    fn merge(&mut self, other: &Self) {
        self.errors += other.errors;
        let weight = self.weight + other.weight;
        if other.weight == 0.0 || weight == 0.0 {
            return;
        }
        let (apart, part) = (other.mean - self.mean, other.weight / weight);
        self.mean += apart * part;
        self.squares += other.squares + apart * apart * part * self.weight;
        self.weight = weight;
    }
    /// The squares about the mean; NaN where there is no mean.
    fn total(&self) -> f64 {
        if self.weight == 0.0 { f64::NAN } else { self.squares }
    }
    fn score(&self) -> f64 {
        let score = 1.0 - self.errors / self.total();
        if score.is_infinite() { 0.0 } else { score }
    }
}

impl R2Score {
    /// With this way of making one number of those of several outputs.
    #[must_use]
    pub fn class_aggregation(mut self, aggregation: ClassAggregation) -> Self {
        self.aggregation = aggregation;
        self
    }
    /// Adjusted for as many numbers that the predictions were made from; 0, not at all, by default, and
    /// where there are not more targets than that.
    #[must_use]
    pub fn num_regressors(mut self, count: usize) -> Self {
        self.num_regressors = count;
        self
    }
    /// The scores: one, or one for each output once a batch was seen.
    #[must_use]
    pub fn results(&self) -> Vec<f64> {
        let mut all = Vec::new();
        self.each(self.outputs.len(), |score| all.push(score));
        all
    }

    fn resize(&mut self, outputs: usize) {
        if self.outputs.len() != outputs {
            self.outputs.clear();
            self.outputs.resize(outputs, Output::default());
        }
    }

    fn each(&self, outputs: usize, mut each: impl FnMut(f64)) {
        let scores = || self.outputs.iter().map(Output::score);
        let total = |scale: fn(&Output) -> f64| self.outputs.iter().map(scale).sum::<f64>();
        match self.aggregation {
            ClassAggregation::None => {
                let scores = scores().chain(core::iter::repeat(f64::NAN)).take(outputs);
                scores.for_each(|score| each(self.adjusted(score)));
            }
            ClassAggregation::UniformAverage => {
                each(self.adjusted(scores().sum::<f64>() / self.outputs.len() as f64));
            }
            ClassAggregation::VarianceWeightedAverage => {
                each(self.adjusted(total(|o| o.total() * o.score()) / total(Output::total)));
            }
        }
    }

    fn adjusted(&self, score: f64) -> f64 {
        let (n, p) = (self.targets, self.num_regressors as f64);
        if p == 0.0 || p >= n - 1.0 { score } else { 1.0 - (1.0 - score) * (n - 1.0) / (n - p - 1.0) }
    }
}

impl<S: Shape> Metric<S, S> for R2Score {
    fn name(&self) -> &str {
        "r2_score"
    }
    fn check(&self) -> Result<()> {
        match S::DIMS.rank {
            1 => Ok(()),
            rank => Err(Error::argument("output of R2Score", "one axis", format!("{rank} axes"))),
        }
    }
    fn reset(&mut self) {
        self.resize(S::DIMS.last());
        self.outputs.fill(Output::default());
        self.targets = 0.0;
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        for Output { weight, mean, squares, errors } in &mut self.outputs {
            [weight, mean, squares, errors].into_iter().for_each(&mut *each);
        }
        each(&mut self.targets);
        true
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.resize(S::DIMS.last());
        for (y_true, y_pred, weight) in batch.rows::<S>() {
            for ((output, t), p) in self.outputs.iter_mut().zip(y_true).zip(y_pred) {
                output.add(t.f64(), p.f64(), weight);
            }
        }
        self.targets += batch.y_true.len() as f64;
    }
    fn result(&self) -> f64 {
        let mut first = f64::NAN;
        self.each(1, |score| first = score);
        first
    }
    fn count(&self) -> usize {
        if self.aggregation == ClassAggregation::None { S::DIMS.last() } else { 1 }
    }
    fn each_result(&self, each: impl FnMut(f64)) {
        self.each(S::DIMS.last(), each);
    }
}

impl<S: Shape> Merge<S, S> for R2Score {
    fn merge(&mut self, other: &Self) {
        if self.outputs.len() < other.outputs.len() {
            self.outputs.resize(other.outputs.len(), Output::default());
        }
        self.outputs.iter_mut().zip(&other.outputs).for_each(|(mine, theirs)| mine.merge(theirs));
        self.targets += other.targets;
    }
}

#[cfg(feature = "serde")]
crate::config::words! {
    ClassAggregation: null => ClassAggregation::None,
    "uniform_average" => ClassAggregation::UniformAverage,
    "variance_weighted_average" => ClassAggregation::VarianceWeightedAverage
}

configured! {
    [] R2Score, "R2Score", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "r2_score");
        fields.unused("dtype", "float32");
        fields.field("class_aggregation", &mut this.aggregation)?;
        fields.field("num_regressors", &mut this.num_regressors)?;
    }
}

#[cfg(test)]
mod tests;
