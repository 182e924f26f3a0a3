use super::{Batch, Mean};
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Shape;

/// The mean of a figure of two lines of numbers, the targets and the predictions along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    pub axis: isize,
    pub mean: Mean,
}

impl Default for Correlation {
    fn default() -> Self {
        Self { axis: -1, mean: Mean::new() }
    }
}

/// Means, variances and the covariance of two lines of numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    pub mean_true: f64,
    pub mean_pred: f64,
    pub variance_true: f64,
    pub variance_pred: f64,
    pub covariance: f64,
}

impl Moments {
    /// The means are taken from the first pair on, so that the variance of numbers that are all the same
    /// is 0.
    fn of(mut pairs: impl ExactSizeIterator<Item = (f64, f64)> + Clone) -> Self {
        let (n, all) = (pairs.len() as f64, pairs.clone());
        let Some((t0, p0)) = pairs.next() else { return Self::default() };
        let (sum_true, sum_pred) = pairs.fold((0.0, 0.0), |(a, b), (t, p)| (a + (t - t0), b + (p - p0)));
        let mut moments =
            Self { mean_true: t0 + sum_true / n, mean_pred: p0 + sum_pred / n, ..Self::default() };
        for (t, p) in all {
            let (t, p) = (t - moments.mean_true, p - moments.mean_pred);
            moments.variance_true += t * t / n;
            moments.variance_pred += p * p / n;
            moments.covariance += t * p / n;
        }
        moments
    }
}

impl Correlation {
    /// The axis counted from 0, the batch being axis 0; none if there is no such axis.
    fn place(&self, rank: usize) -> Option<usize> {
        let from_end = if self.axis < 0 { self.axis + rank as isize } else { self.axis };
        usize::try_from(from_end).ok().filter(|&axis| axis < rank)
    }

    pub fn check<S: Shape>(&self, metric: &str) -> Result<()> {
        let rank = S::DIMS.rank + 1;
        match self.place(rank) {
            Some(_) => Ok(()),
            None => {
                let expected = format!("an axis from -{rank} to {}, the batch being 0", rank - 1);
                Err(Error::argument(format!("axis of {metric}"), expected, self.axis))
            }
        }
    }

    /// Adds what `value` says of each line of a batch, with the weight of its sample; what lies along
    /// the batch itself is of no one sample, and weighs 1.
    pub fn update<S: Shape, E: Element>(&mut self, batch: &Batch<'_, E, E>, value: impl Fn(&Moments) -> f64) {
        let Some(axis) = self.place(S::DIMS.rank + 1) else { return };
        let after = if axis == 0 { S::DIMS.sizes() } else { &S::DIMS.sizes()[axis..] };
        let inner: usize = after.iter().product::<usize>().max(1);
        let length = if axis == 0 { batch.samples } else { S::DIMS.sizes()[axis - 1] };
        let block = (length * inner).max(1);
        let per_sample = (S::NUMEL / block).max(1);
        let blocks = batch.y_true.chunks_exact(block).zip(batch.y_pred.chunks_exact(block));
        for (i, (t, p)) in blocks.enumerate() {
            let weight = if axis == 0 { 1.0 } else { batch.weight(i / per_sample) };
            for first in 0..inner {
                let pair = |j: usize| (t[first + j * inner].f64(), p[first + j * inner].f64());
                self.mean.add(value(&Moments::of((0..length).map(pair))), weight);
            }
        }
    }

    pub fn merge(&mut self, other: &Self) {
        self.mean.merge(&other.mean);
    }
}

#[cfg(test)]
mod tests;
