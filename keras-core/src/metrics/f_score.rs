use super::Batch;
use super::confusion::share;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Shape;

/// How the scores of several classes become one. Keras' argument `average`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Average {
    /// They do not: a number for each class.
    #[default]
    None,
    /// The score of all predictions together, as if they were of one class.
    Micro,
    /// The mean over the classes.
    Macro,
    /// The mean over the classes, weighted by how often each occurs in the targets.
    Weighted,
}

/// Keras' small number in the denominators.
const EPSILON: f64 = 1e-7;

/// What the F-scores count, and the score.
#[derive(Clone, Debug, PartialEq)]
pub struct FScore {
    pub average: Average,
    pub beta: f64,
    pub threshold: Option<f64>,
    classes: Vec<Class>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Class {
    true_positives: f64,
    false_positives: f64,
    false_negatives: f64,
}

impl Default for FScore {
    fn default() -> Self {
        Self::new(1.0)
    }
}

impl FScore {
    pub const fn new(beta: f64) -> Self {
        Self { average: Average::None, beta, threshold: None, classes: Vec::new() }
    }

    pub fn check<S: Shape>(&self, metric: &str) -> Result<()> {
        let wrong = |name: &str, expected: &str, found: &dyn core::fmt::Display| {
            Err(Error::argument(format!("{name} of {metric}"), expected, found))
        };
        if S::DIMS.rank != 1 {
            let found = format!("{} axes", S::DIMS.rank);
            return wrong("output", "one axis, the classes", &found);
        }
        if !(self.beta > 0.0 && self.beta.is_finite()) {
            return wrong("beta", "a number above 0", &self.beta);
        }
        match self.threshold {
            Some(t) if !(t > 0.0 && t <= 1.0) => wrong("threshold", "a number above 0, 1 at most", &t),
            _ => Ok(()),
        }
    }

    /// How many scores there are.
    pub fn count<S: Shape>(&self) -> usize {
        if self.average == Average::None { S::DIMS.last() } else { 1 }
    }

    /// Makes room for the classes.
    fn resize<S: Shape>(&mut self) {
        let classes = if self.average == Average::Micro { 1 } else { S::DIMS.last() };
        if self.classes.len() != classes {
            self.classes.clear();
            self.classes.resize(classes, Class::default());
        }
    }

    pub fn reset<S: Shape>(&mut self) {
        self.resize::<S>();
        self.classes.fill(Class::default());
    }

    /// Hands its numbers to `each`, which reads or replaces them.
    pub fn hand_out(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        for Class { true_positives, false_positives, false_negatives } in &mut self.classes {
            [true_positives, false_positives, false_negatives].into_iter().for_each(&mut *each);
        }
        true
    }

    pub fn update<S: Shape, E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.resize::<S>();
        let tiny = E::of(1e-9);
        for (y_true, y_pred, weight) in batch.rows::<S>() {
            let largest = y_pred.iter().copied().fold(E::of(f64::NEG_INFINITY), E::maximum);
            let said = |p: E| match self.threshold {
                Some(threshold) => p > E::of(threshold),
                None => p >= largest && p.abs() > tiny,
            };
            for (i, (&t, &p)) in y_true.iter().zip(y_pred).enumerate() {
                let place = if self.average == Average::Micro { 0 } else { i };
                let class = &mut self.classes[place];
                let t = t.f64();
                if said(p) {
                    class.true_positives += t * weight;
                    class.false_positives += (1.0 - t) * weight;
                } else {
                    class.false_negatives += t * weight;
                }
            }
        }
    }

    pub fn merge(&mut self, other: &Self) {
        if self.classes.len() < other.classes.len() {
            self.classes.resize(other.classes.len(), Class::default());
        }
        for (mine, theirs) in self.classes.iter_mut().zip(&other.classes) {
            mine.true_positives += theirs.true_positives;
            mine.false_positives += theirs.false_positives;
            mine.false_negatives += theirs.false_negatives;
        }
    }

    /// The scores: one, or one for each class that a batch was seen of.
    pub fn results(&self) -> Vec<f64> {
        let mut all = Vec::new();
        self.each(self.classes.len(), |score| all.push(score));
        all
    }

    /// Hands each score to `each`; there are `classes` of them if they are not averaged.
    pub fn each(&self, classes: usize, mut each: impl FnMut(f64)) {
        let scores = self.classes.iter().map(|class| self.score(class));
        match self.average {
            Average::None => scores.chain(core::iter::repeat(0.0)).take(classes).for_each(each),
            Average::Micro | Average::Macro => each(share(scores.sum(), self.classes.len() as f64)),
            Average::Weighted => {
                // What is positive is what was found and what was not.
                let weight = |class: &Class| class.true_positives + class.false_negatives;
                let all: f64 = self.classes.iter().map(weight).sum();
                each(scores.zip(&self.classes).map(|(s, c)| s * weight(c)).sum::<f64>() / (all + EPSILON));
            }
        }
    }

    fn score(&self, class: &Class) -> f64 {
        let found = class.true_positives;
        let precision = found / (found + class.false_positives + EPSILON);
        let recall = found / (found + class.false_negatives + EPSILON);
        let squared = self.beta * self.beta;
        (1.0 + squared) * (precision * recall) / (squared * precision + recall + EPSILON)
    }
}

#[cfg(feature = "serde")]
crate::config::words! {
    Average: null => Average::None,
    "micro" => Average::Micro, "macro" => Average::Macro, "weighted" => Average::Weighted
}

#[cfg(test)]
mod tests;
