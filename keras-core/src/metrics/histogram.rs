use super::Batch;
use super::confusion::share;
use super::thresholds::{Thresholds, even};
use crate::element::Element;
use crate::shape::Shape;

/// Between which thresholds the predictions lie: all that a curve over the thresholds needs. A
/// prediction is put into its bin; the counts for each threshold are sums over the bins above it.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    thresholds: Thresholds,
    /// For each label, one more bin than there are thresholds: the weights of the predictions whose
    /// target is negative, and of those whose target is positive.
    bins: Vec<[f64; 2]>,
}

impl Histogram {
    pub fn new(thresholds: Thresholds) -> Self {
        Self { bins: vec![[0.0; 2]; thresholds.count() + 1], thresholds }
    }

    fn bins_per_label(&self) -> usize {
        self.thresholds.count() + 1
    }

    /// Makes room for as many labels.
    pub fn resize(&mut self, labels: usize) {
        let bins = self.bins_per_label() * labels;
        if self.bins.len() != bins {
            self.bins.clear();
            self.bins.resize(bins, [0.0; 2]);
        }
    }

    pub fn reset(&mut self) {
        self.bins.fill([0.0; 2]);
    }

    /// Hands its numbers to `each`, which reads or replaces them.
    pub fn hand_out(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.bins.iter_mut().flatten().for_each(each);
        true
    }

    pub fn merge(&mut self, other: &Self) {
        if self.bins.len() < other.bins.len() {
            self.bins.resize(other.bins.len(), [0.0; 2]);
        }
        for (mine, theirs) in self.bins.iter_mut().zip(&other.bins) {
            mine[0] += theirs[0];
            mine[1] += theirs[1];
        }
    }

    /// Adds a prediction.
    #[inline]
    pub fn add<E: Element>(&mut self, label: usize, y_true: E, y_pred: E, weight: f64) {
        let bin = label * self.bins_per_label() + self.thresholds.below(y_pred);
        self.bins[bin][usize::from(y_true != E::ZERO)] += weight;
    }

    /// Adds predictions without weights, each seen through `score`.
    pub fn add_all<E: Element>(&mut self, y_true: &[E], y_pred: &[E], score: impl Fn(E) -> E) {
        let pairs = y_true.iter().zip(y_pred);
        match self.thresholds {
            // The common case, without a decision for each prediction.
            Thresholds::Even { count, least } => {
                for (&t, &p) in pairs {
                    self.bins[even(score(p), count, least)][usize::from(t != E::ZERO)] += 1.0;
                }
            }
            Thresholds::Given(_) => pairs.for_each(|(&t, &p)| self.add(0, t, score(p), 1.0)),
        }
    }

    /// Adds a batch of one label: all its predictions, or those of one class.
    pub fn add_batch<S: Shape, E: Element>(&mut self, batch: &Batch<'_, E, E>, class: Option<usize>) {
        match class {
            None if batch.weights.is_none() => self.add_all(batch.y_true, batch.y_pred, |p| p),
            None => {
                for (y_true, y_pred, weight) in batch.rows::<S>() {
                    y_true.iter().zip(y_pred).for_each(|(&t, &p)| self.add(0, t, p, weight));
                }
            }
            Some(class) => {
                for (y_true, y_pred, weight) in batch.rows::<S>() {
                    if let (Some(&t), Some(&p)) = (y_true.get(class), y_pred.get(class)) {
                        self.add(0, t, p, weight);
                    }
                }
            }
        }
    }

    /// What each threshold makes of a label's predictions, from the highest threshold down.
    pub fn points(&self, label: usize) -> impl Iterator<Item = Point> {
        let width = self.bins_per_label();
        // A label that nothing was added for has no bins yet.
        let bins = self.bins.chunks_exact(width).nth(label).unwrap_or(&[]);
        let mut all = [0.0; 2];
        for bin in bins.iter().rev() {
            all = [all[0] + bin[0], all[1] + bin[1]];
        }
        let mut above = [0.0; 2];
        bins.iter().skip(1).rev().map(move |bin| {
            above = [above[0] + bin[0], above[1] + bin[1]];
            Point {
                false_positives: above[0],
                true_positives: above[1],
                negatives: all[0],
                positives: all[1],
            }
        })
    }
}

/// The table of confusion for one threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub true_positives: f64,
    pub false_positives: f64,
    /// All whose target is positive.
    pub positives: f64,
    /// All whose target is negative.
    pub negatives: f64,
}

impl Point {
    pub fn said(&self) -> f64 {
        self.true_positives + self.false_positives
    }
    pub fn precision(&self) -> f64 {
        share(self.true_positives, self.said())
    }
    /// Also called sensitivity.
    pub fn recall(&self) -> f64 {
        share(self.true_positives, self.positives)
    }
    pub fn false_positive_rate(&self) -> f64 {
        share(self.false_positives, self.negatives)
    }
    pub fn specificity(&self) -> f64 {
        share(self.negatives - self.false_positives, self.negatives)
    }
}
