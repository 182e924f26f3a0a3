use super::Batch;
use super::histogram::{Histogram, Point};
use super::thresholds::Thresholds;
#[cfg(feature = "serde")]
use super::thresholds::within;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Shape;

/// One figure at the thresholds where another one reaches a value: what the metrics `..At..` are.
#[derive(Clone, Debug, PartialEq)]
pub struct Tradeoff {
    value: f64,
    num_thresholds: usize,
    class_id: Option<usize>,
    histogram: Histogram,
}

impl Tradeoff {
    pub fn new(value: f64) -> Self {
        let histogram = Histogram::new(Thresholds::even(200));
        Self { value, num_thresholds: 200, class_id: None, histogram }
    }
    pub fn set_num_thresholds(&mut self, count: usize) {
        self.num_thresholds = count;
        self.histogram = Histogram::new(Thresholds::even(count));
    }
    pub fn set_class_id(&mut self, class: usize) {
        self.class_id = Some(class);
    }

    /// An error for what does not fit an output with that many classes.
    pub fn check(&self, metric: &str, argument: &str, classes: usize) -> Result<()> {
        if !(0.0..=1.0).contains(&self.value) {
            return Err(Error::argument(
                format!("{argument} of {metric}"),
                "a number from 0 to 1",
                self.value,
            ));
        }
        if self.num_thresholds == 0 {
            return Err(Error::argument(format!("num_thresholds of {metric}"), "at least 1", 0));
        }
        check_class(metric, self.class_id, classes)
    }

    /// The fields of a configuration; `argument` is what the value is called.
    #[cfg(feature = "serde")]
    pub fn fields(&mut self, argument: &'static str, fields: &mut crate::config::Fields) -> Result<()> {
        fields.field("class_id", &mut self.class_id)?;
        let mut count = self.num_thresholds;
        fields.field("num_thresholds", &mut count)?;
        self.set_num_thresholds(within("num_thresholds", count)?);
        fields.required(argument, &mut self.value)
    }

    pub fn reset(&mut self) {
        self.histogram.reset();
    }

    pub fn update<S: Shape, E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.histogram.add_batch::<S, E>(batch, self.class_id);
    }

    /// Hands its numbers to `each`, which reads or replaces them.
    pub fn hand_out(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.histogram.hand_out(each)
    }

    pub fn merge(&mut self, other: &Self) {
        self.histogram.merge(&other.histogram);
    }

    /// The largest `wanted` at the thresholds where `given` is at least the value; 0 if there is none.
    pub fn best(&self, given: impl Fn(&Point) -> f64, wanted: impl Fn(&Point) -> f64) -> f64 {
        let there = self.histogram.points(0).filter(|point| given(point) >= self.value);
        there.map(|point| wanted(&point)).fold(0.0, f64::max)
    }
}

/// An error for a class that the output has not.
pub fn check_class(metric: &str, class: Option<usize>, classes: usize) -> Result<()> {
    match class {
        Some(class) if class >= classes => {
            let expected = format!("0 to {}, a class of the output", classes.saturating_sub(1));
            Err(Error::argument(format!("class_id of {metric}"), expected, class))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
