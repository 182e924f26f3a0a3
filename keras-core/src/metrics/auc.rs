use super::curve::{Curve, Summation};
use super::histogram::Histogram;
use super::merge::mergeable;
#[cfg(feature = "serde")]
use super::thresholds::within;
use super::thresholds::{Thresholds, check_range};
use super::{Batch, Metric};
use crate::config::configured;
#[cfg(feature = "serde")]
use crate::config::{Fields, Numbers};
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Shape;

/// The area under a curve over many thresholds: how well predictions from 0 to 1 tell the targets that
/// are not 0 from those that are, whatever the threshold. Keras: `AUC`.
///
/// By default the area under the receiver operating characteristic over 200 even thresholds, which is
/// the chance that a positive is predicted higher than a negative; ½ is guessing. Only the counts
/// between thresholds are kept, so that the number of samples is of no account.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::{Curve, Metric};
///
/// let (y_true, y_pred) = ([[0], [0], [1], [1]], [[0.0], [0.5], [0.3], [0.9]]);
/// let area = |auc: AUC| Metric::<Rank1<1>, Rank1<1>>::value(&auc, &y_true, &y_pred);
/// assert_eq!(area(AUC::default().num_thresholds(3))?, 0.75);
/// assert!(area(AUC::default().curve(Curve::Pr))? > 0.7);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AUC {
    given: Option<Vec<f64>>,
    curve: Curve,
    summation: Summation,
    multi_label: bool,
    label_weights: Option<Vec<f64>>,
    from_logits: bool,
    num_thresholds: usize,
    histogram: Histogram,
}

impl Default for AUC {
    fn default() -> Self {
        Self {
            given: None,
            curve: Curve::Roc,
            summation: Summation::Interpolation,
            multi_label: false,
            label_weights: None,
            from_logits: false,
            num_thresholds: 200,
            histogram: Histogram::new(Thresholds::even_and_outside(200)),
        }
    }
}

impl AUC {
    /// Of predictions that are logits: the sigmoid is taken first.
    #[must_use]
    pub fn from_logits() -> Self {
        Self { from_logits: true, ..Self::default() }
    }
    /// Over so many thresholds, at least 2: the first just below 0, the last just above 1.
    #[must_use]
    pub fn num_thresholds(mut self, count: usize) -> Self {
        self.num_thresholds = count;
        self.histogram = Histogram::new(Thresholds::even_and_outside(count.max(2)));
        self
    }
    /// Over these thresholds, from 0 to 1, and one below 0 and one above 1.
    #[must_use]
    pub fn thresholds(mut self, thresholds: impl Into<Vec<f64>>) -> Self {
        let thresholds = thresholds.into();
        self.num_thresholds = thresholds.len() + 2;
        self.histogram = Histogram::new(Thresholds::given_and_outside(thresholds.clone()));
        self.given = Some(thresholds);
        self
    }
    /// Under this curve.
    #[must_use]
    pub const fn curve(mut self, curve: Curve) -> Self {
        self.curve = curve;
        self
    }
    /// With this height between two thresholds.
    #[must_use]
    pub const fn summation_method(mut self, summation: Summation) -> Self {
        self.summation = summation;
        self
    }
    /// One area for each label, the last axis, and their mean; not one area over all.
    #[must_use]
    pub const fn multi_label(mut self) -> Self {
        self.multi_label = true;
        self
    }
    /// How much each label weighs: in the mean of the areas with
    /// [`multi_label`](Self::multi_label), else in the one area.
    #[must_use]
    pub fn label_weights(mut self, weights: impl Into<Vec<f64>>) -> Self {
        self.label_weights = Some(weights.into());
        self
    }

    #[cfg(feature = "serde")]
    fn fields(&mut self, fields: &mut Fields) -> Result<()> {
        let mut count = self.num_thresholds;
        fields.field("num_thresholds", &mut count)?;
        fields.field("curve", &mut self.curve)?;
        fields.field("summation_method", &mut self.summation)?;
        fields.field("multi_label", &mut self.multi_label)?;
        // Keras makes its variables by it at once; here the output says it.
        let weights = self.label_weights.as_ref().filter(|_| self.multi_label);
        fields.unused("num_labels", weights.map(Vec::len));
        let mut weights = self.label_weights.take().map(Numbers);
        fields.field("label_weights", &mut weights)?;
        self.label_weights = weights.map(|Numbers(weights)| weights);
        fields.field("from_logits", &mut self.from_logits)?;
        let mut given = self.given.take();
        fields.own("thresholds", &mut given, None)?;
        *self = match given {
            Some(given) => self.clone().thresholds(given),
            None => self.clone().num_thresholds(within("num_thresholds of AUC", count)?),
        };
        Ok(())
    }

    const fn labels(&self, last: usize) -> usize {
        if self.multi_label { last } else { 1 }
    }
}

impl<S: Shape> Metric<S, S> for AUC {
    fn name(&self) -> &str {
        "auc"
    }
    fn check(&self) -> Result<()> {
        let last = S::DIMS.last();
        if let Some(thresholds) = &self.given {
            check_range("AUC", thresholds)?;
        }
        if self.num_thresholds < 2 {
            return Err(Error::argument("num_thresholds of AUC", "at least 2", self.num_thresholds));
        }
        if self.multi_label && S::DIMS.rank != 1 {
            let expected = "an output of one axis, the labels";
            return Err(Error::argument("multi_label of AUC", expected, format!("{} axes", S::DIMS.rank)));
        }
        match &self.label_weights {
            Some(weights) if weights.len() != last => {
                let expected = format!("{last}, one for each label");
                Err(Error::argument("label_weights of AUC", expected, weights.len()))
            }
            _ => Ok(()),
        }
    }
    fn reset(&mut self) {
        self.histogram.resize(self.labels(S::DIMS.last()));
        self.histogram.reset();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.histogram.hand_out(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.histogram.resize(self.labels(S::DIMS.last()));
        let sigmoid = |p: E| E::ONE / (E::ONE + (-p).exp());
        if !self.multi_label && self.label_weights.is_none() && batch.weights.is_none() {
            return match self.from_logits {
                true => self.histogram.add_all(batch.y_true, batch.y_pred, sigmoid),
                false => self.histogram.add_all(batch.y_true, batch.y_pred, |p| p),
            };
        }
        for (y_true, y_pred, weight) in batch.rows::<S>() {
            for (i, (&t, &p)) in y_true.iter().zip(y_pred).enumerate() {
                let p = if self.from_logits { sigmoid(p) } else { p };
                match &self.label_weights {
                    _ if self.multi_label => self.histogram.add(i, t, p, weight),
                    Some(labels) => self.histogram.add(0, t, p, weight * labels.get(i).unwrap_or(&1.0)),
                    None => self.histogram.add(0, t, p, weight),
                }
            }
        }
    }
    fn result(&self) -> f64 {
        let area = |label| self.curve.area(self.histogram.points(label), self.summation);
        if !self.multi_label {
            return area(0);
        }
        let mut mean = super::Mean::default();
        for label in 0..S::DIMS.last() {
            let weight = self.label_weights.as_ref().map_or(1.0, |w| w.get(label).copied().unwrap_or(1.0));
            mean.add(area(label), weight);
        }
        mean.value()
    }
}

mergeable! {
    [S: Shape] AUC, S => S: histogram;
}

configured! {
    [] AUC, "AUC", "keras.metrics", Default::default(), |this, fields| {
        fields.unused("name", "auc");
        fields.unused("dtype", "float32");
        this.fields(fields)?;
    }
}

#[cfg(test)]
mod tests;
