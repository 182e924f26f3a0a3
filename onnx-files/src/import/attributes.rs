//! Arguments of a step.

use super::model::Problem;
use crate::proto::{Attribute, Node};

impl Node {
    pub(super) fn int(&self, name: &str, default: i64) -> i64 {
        match self.attribute(name) {
            Some(Attribute::Int(value)) => *value,
            _ => default,
        }
    }

    /// A number as it would be written: 0.01, not what is nearest to that in 32 bits.
    pub(super) fn real(&self, name: &str, default: f64) -> f64 {
        match self.attribute(name) {
            Some(Attribute::Float(value)) => decimal(*value),
            _ => default,
        }
    }

    pub(super) fn text(&self, name: &str, default: &'static str) -> &str {
        match self.attribute(name) {
            Some(Attribute::Text(value)) => value,
            _ => default,
        }
    }

    pub(super) fn list(&self, name: &str) -> Option<&[i64]> {
        match self.attribute(name) {
            Some(Attribute::Ints(values)) => Some(values),
            _ => None,
        }
    }

    /// Sizes for each spatial axis; an image of one axis has a second one of size 1.
    pub(super) fn pair(&self, name: &str, default: usize, axes: usize) -> Result<[usize; 2], Problem> {
        let Some(list) = self.list(name) else { return Ok([default; 2]) };
        let sizes: Option<Vec<usize>> = list.iter().map(|size| usize::try_from(*size).ok()).collect();
        match sizes.as_deref() {
            Some([one]) if axes == 1 => Ok([*one, 1]),
            Some([a, b]) if axes == 2 => Ok([*a, *b]),
            _ => Err(self.wrong(name)),
        }
    }

    pub(super) fn wrong(&self, name: &str) -> Problem {
        let value = match self.attribute(name) {
            Some(Attribute::Ints(values)) => format!("{values:?}"),
            Some(Attribute::Int(value)) => value.to_string(),
            Some(Attribute::Float(value)) => value.to_string(),
            Some(Attribute::Text(value)) => format!("{value:?}"),
            _ => "its default".into(),
        };
        format!("has `{name}` = {value}, which does not exist yet")
    }
}

/// The number that is written with the fewest digits.
pub fn decimal(value: f32) -> f64 {
    value.to_string().parse().unwrap_or_else(|_| f64::from(value))
}

/// An axis that may be counted from the end.
pub fn axis(axis: i64, rank: usize) -> Result<usize, Problem> {
    let len = i64::try_from(rank).unwrap_or(i64::MAX);
    let at = if axis < 0 { axis + len } else { axis };
    usize::try_from(at).ok().filter(|at| *at < rank).ok_or_else(|| format!("has the axis {axis} of {rank}"))
}
