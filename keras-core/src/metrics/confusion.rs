use super::Batch;
use super::rank::for_top_k;
#[cfg(feature = "serde")]
use super::thresholds::OneOrMore;
use super::thresholds::check_thresholds;
use super::top_k_categorical_accuracy::check_k;
use super::tradeoff::check_class;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Shape;

/// What precision and recall count, for each threshold: what was said to be positive, and what of it
/// is; and how much is positive in all.
#[derive(Clone, Debug, PartialEq)]
pub struct Confusion {
    /// None stands for the default: ½, or none where the `k` largest are positive.
    thresholds: Option<Vec<f64>>,
    top_k: Option<usize>,
    class_id: Option<usize>,
    counts: Vec<Counts>,
    positive: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    said: f64,
    right: f64,
}

impl Default for Confusion {
    fn default() -> Self {
        let counts = vec![Counts::default()];
        Self { thresholds: None, top_k: None, class_id: None, counts, positive: 0.0 }
    }
}

impl Confusion {
    pub fn set_thresholds(&mut self, thresholds: Vec<f64>) {
        self.counts = vec![Counts::default(); thresholds.len()];
        self.thresholds = Some(thresholds);
    }
    pub fn set_top_k(&mut self, k: usize) {
        self.top_k = Some(k);
    }
    pub fn set_class_id(&mut self, class: usize) {
        self.class_id = Some(class);
    }

    /// The fields of a configuration.
    #[cfg(feature = "serde")]
    pub fn fields(&mut self, fields: &mut crate::config::Fields) -> Result<()> {
        let mut thresholds = self.thresholds.clone().map(OneOrMore);
        fields.field("thresholds", &mut thresholds)?;
        if let (true, Some(OneOrMore(thresholds))) = (fields.reads(), thresholds) {
            self.set_thresholds(thresholds);
        }
        fields.field("top_k", &mut self.top_k)?;
        fields.field("class_id", &mut self.class_id)
    }

    pub fn reset(&mut self) {
        self.counts.fill(Counts::default());
        self.positive = 0.0;
    }

    /// Hands its numbers to `each`, which reads or replaces them.
    pub fn hand_out(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        for Counts { said, right } in &mut self.counts {
            each(said);
            each(right);
        }
        each(&mut self.positive);
        true
    }

    /// How many thresholds there are.
    pub fn count(&self) -> usize {
        self.counts.len()
    }

    /// Adds what another counted, with the same thresholds.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            mine.said += theirs.said;
            mine.right += theirs.right;
        }
        self.positive += other.positive;
    }

    /// An error for what does not fit an output with that many classes.
    pub fn check(&self, metric: &str, classes: usize) -> Result<()> {
        if let Some(thresholds) = &self.thresholds {
            check_thresholds(metric, thresholds)?;
        }
        if let Some(k) = self.top_k {
            check_k(&format!("top_k of {metric}"), k, classes)?;
        }
        check_class(metric, self.class_id, classes)
    }

    pub fn update<S: Shape, E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        for (y_true, y_pred, weight) in batch.rows::<S>() {
            let class_id = self.class_id;
            let looked_at = |class: usize| class_id.is_none_or(|id| id == class);
            let positive = y_true.iter().enumerate().filter(|&(i, &t)| looked_at(i) && t != E::ZERO).count();
            self.positive += positive as f64 * weight;

            let (counts, thresholds) = (&mut self.counts, self.thresholds.as_deref());
            let no_threshold = if self.top_k.is_some() { f64::NEG_INFINITY } else { 0.5 };
            let mut say = |i: usize| {
                if !looked_at(i) {
                    return;
                }
                let right = if y_true[i] == E::ZERO { 0.0 } else { weight };
                for (place, counts) in counts.iter_mut().enumerate() {
                    let threshold = thresholds.map_or(no_threshold, |t| t[place]);
                    if y_pred[i] > E::of(threshold) {
                        counts.said += weight;
                        counts.right += right;
                    }
                }
            };
            match self.top_k {
                None => (0..y_pred.len()).for_each(say),
                Some(k) => for_top_k(y_pred, k, &mut say),
            }
        }
    }

    /// What of the positive is positive, for each threshold.
    pub fn precision(&self) -> impl Iterator<Item = f64> {
        self.counts.iter().map(|counts| share(counts.right, counts.said))
    }

    /// What of the positive was said to be, for each threshold.
    pub fn recall(&self) -> impl Iterator<Item = f64> {
        self.counts.iter().map(|counts| share(counts.right, self.positive))
    }
}

/// `part / whole`; 0 where there is nothing to divide by.
pub fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}
