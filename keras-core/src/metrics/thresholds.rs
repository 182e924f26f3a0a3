//! Thresholds that predictions are compared with.

use crate::element::Element;
use crate::error::{Error, Result};

/// Keras' small number, by which the outer thresholds of an area under a curve lie outside.
const EPSILON: f64 = 1e-7;

/// Thresholds in rising order, and how many of them a number is above.
#[derive(Clone, Debug, PartialEq)]
pub enum Thresholds {
    /// So many, evenly from 0 to 1: they are not searched. What is above none counts as above the
    /// first `least`.
    Even { count: usize, least: usize },
    /// These.
    Given(Vec<f64>),
}

impl Thresholds {
    /// As many evenly from 0 to 1; ½ if there is only one.
    pub fn even(count: usize) -> Self {
        if count == 1 { Self::Given(vec![0.5]) } else { Self::Even { count, least: 0 } }
    }

    /// As many evenly, the first just below 0 and the last just above 1.
    pub const fn even_and_outside(count: usize) -> Self {
        Self::Even { count, least: 1 }
    }

    /// These, in any order, and one just below 0 and one just above 1.
    pub fn given_and_outside(mut inner: Vec<f64>) -> Self {
        inner.sort_by(f64::total_cmp);
        let last = (inner.len() + 1) as f64;
        let even = |(i, t): (usize, &f64)| {
            let place = (i + 1) as f64 / last;
            (t - place).abs() <= EPSILON + 1e-5 * place
        };
        if !inner.is_empty() && inner.iter().enumerate().all(even) {
            return Self::even_and_outside(inner.len() + 2);
        }
        inner.insert(0, -EPSILON);
        inner.push(1.0 + EPSILON);
        Self::Given(inner)
    }

    pub fn count(&self) -> usize {
        match self {
            Self::Even { count, .. } => *count,
            Self::Given(all) => all.len(),
        }
    }

    /// How many thresholds a number is above; NaN is above as few as can be.
    #[inline]
    pub fn below<E: Element>(&self, number: E) -> usize {
        match self {
            Self::Even { count, least } => even(number, *count, *least),
            Self::Given(all) => all.partition_point(|&t| number > E::of(t)),
        }
    }
}

/// How many of `count` even thresholds a number is above: `number * (count - 1)`, rounded up.
#[inline(always)]
pub fn even<E: Element>(number: E, count: usize, least: usize) -> usize {
    let steps = E::of(count.saturating_sub(1) as f64);
    let place = (number.maximum(E::ZERO).minimum(E::ONE) * steps).f64();
    let whole = place as u32 as usize;
    (whole + usize::from(place > whole as f64)).max(least)
}

/// An error for thresholds that are none, or not from 0 to 1.
pub fn check_thresholds(metric: &str, thresholds: &[f64]) -> Result<()> {
    if thresholds.is_empty() {
        return Err(Error::argument(format!("thresholds of {metric}"), "at least one", "none"));
    }
    check_range(metric, thresholds)
}

/// An error for thresholds that are not from 0 to 1.
pub fn check_range(metric: &str, thresholds: &[f64]) -> Result<()> {
    match thresholds.iter().find(|t| !(0.0..=1.0).contains(*t)) {
        None => Ok(()),
        Some(wrong) => Err(Error::argument(format!("thresholds of {metric}"), "numbers from 0 to 1", wrong)),
    }
}

/// A number of thresholds that a file may ask for.
#[cfg(feature = "serde")]
pub fn within(name: &str, count: usize) -> Result<usize> {
    const MOST: usize = 1 << 24;
    match count {
        0..=MOST => Ok(count),
        _ => Err(Error::argument(name, format!("at most {MOST}"), count)),
    }
}

/// Thresholds in a configuration: a number, or a list.
#[cfg(feature = "serde")]
pub struct OneOrMore(pub Vec<f64>);

#[cfg(feature = "serde")]
impl crate::config::Field for OneOrMore {
    fn read(value: &serde_json::Value) -> core::result::Result<Self, (String, String)> {
        match value.as_f64() {
            Some(one) => Ok(Self(vec![one])),
            None => Vec::read(value).map(Self),
        }
    }
    fn write(&self) -> Result<serde_json::Value> {
        match self.0.as_slice() {
            [one] => one.write(),
            _ => self.0.write(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_ones_are_found_as_by_search() {
        let (even, given) = (Thresholds::even(5), Thresholds::Given(vec![0.0, 0.25, 0.5, 0.75, 1.0]));
        for p in [-1.0, 0.0, 0.1, 0.25, 0.26, 0.5, 0.74, 0.75, 0.9, 1.0, 7.0_f64] {
            assert_eq!(even.below(p), given.below(p.clamp(0.0, 1.0)), "{p}");
        }
        assert_eq!(even.below(f64::NAN), 0);
        assert_eq!(given.below(f64::NAN), 0);
    }

    #[test]
    fn outside_ones_are_below_0_and_above_1() {
        let given = Thresholds::given_and_outside(vec![0.7, 0.2]);
        assert_eq!([0.0, 0.2, 0.3, 0.7, 1.0_f32].map(|p| given.below(p)), [1, 1, 2, 2, 3]);
        let even = Thresholds::given_and_outside(vec![0.5, 0.25, 0.75]);
        assert_eq!(even, Thresholds::even_and_outside(5));
        assert_eq!([0.0, 0.1, 0.25, 0.3, 1.0_f32].map(|p| even.below(p)), [1, 1, 1, 2, 4]);
        assert_eq!(Thresholds::given_and_outside(vec![]).below(0.5), 1);
    }
}
