use core::ops::Range;

use super::{Optimizer, Weight};
use crate::error::{Error, Result};
use crate::model::LayerInfo;
use crate::shape::Dims;

/// What a state array begins as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Start {
    /// This number everywhere.
    Value(f64),
    /// The parameters as they are before the first step.
    Params,
}

/// One variable's part of a state array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The array's name: `momentum`.
    pub name: &'static str,
    /// The variable that it belongs to.
    pub weight: Weight,
    /// Its shape: the variable's, but for optimizers that remember less. One size of 0 where there is
    /// nothing.
    pub dims: Dims,
    /// Where it lies in the array.
    pub range: Range<usize>,
}

/// The state arrays, known before training: names, and where each lies in the buffer.
#[derive(Debug)]
pub struct Layout {
    pub names: Vec<&'static str>,
    pub ranges: Vec<Range<usize>>,
    /// How many of them are the common options'; the optimizer's own come behind them.
    pub common: usize,
    /// The room that a step needs.
    pub scratch: usize,
}

/// The arrays that the common options ask for, in Keras' order.
pub fn common<O: Optimizer>(optimizer: &O) -> impl Iterator<Item = &'static str> {
    let options = optimizer.options();
    let average = options.use_ema.then_some("average");
    let accumulator = options.gradient_accumulation_steps.map(|_| "gradient_accumulator");
    average.into_iter().chain(accumulator)
}

/// The variables that are trained, each once, with their places.
pub fn weights(layers: &[LayerInfo]) -> impl Iterator<Item = (Weight, Range<usize>)> {
    let all = layers.iter().flat_map(|layer| layer.places().map(move |place| (layer.name, place)));
    let mut end = 0;
    all.filter(|(_, (variable, _))| variable.trainable).filter_map(move |(layer, (variable, range))| {
        // A layer that is used twice has the same variables both times.
        let again = range.start < end;
        end = end.max(range.end);
        (!again).then_some((Weight { layer, name: variable.name, dims: variable.dims }, range))
    })
}

impl Layout {
    /// For `params` parameters.
    pub fn new<O: Optimizer>(optimizer: &O, layers: &[LayerInfo], params: usize) -> Result<Self> {
        let known: usize = weights(layers).map(|(_, range)| range.len()).sum();
        let excluded = optimizer.options().exclude_from_weight_decay;
        if (optimizer.by_weight() || !excluded.is_empty()) && known != params {
            let argument = format!("layers of {}", optimizer.name());
            let expected = format!("variables with all {params} parameters");
            return Err(Error::argument(argument, expected, format!("{known} parameters")));
        }
        let mut names: Vec<_> = common(optimizer).collect();
        let common = names.len();
        names.extend(optimizer.slot_names());
        let mut end = 0;
        let ranges = (0..names.len()).map(|slot| {
            let start = end;
            end += match slot.checked_sub(common) {
                Some(own) => len(optimizer, layers, own, params),
                None => params,
            };
            start..end
        });
        let ranges = ranges.collect();
        let scratch = weights(layers).map(|(weight, _)| optimizer.scratch(&weight)).max().unwrap_or(0);
        Ok(Self { names, ranges, common, scratch })
    }

    /// Whether an optimizer has these arrays.
    pub fn fits<O: Optimizer>(&self, optimizer: &O, layers: &[LayerInfo], params: usize) -> bool {
        let names = common(optimizer).chain(optimizer.slot_names().iter().copied());
        let own = &self.ranges[self.common..];
        names.eq(self.names.iter().copied())
            && own.iter().enumerate().all(|(k, range)| range.len() == len(optimizer, layers, k, params))
            && (!optimizer.by_weight()
                || weights(layers).all(|(weight, _)| optimizer.scratch(&weight) <= self.scratch))
    }

    /// The length of the whole.
    pub fn len(&self) -> usize {
        self.ranges.last().map_or(0, |range| range.end)
    }

    pub fn range(&self, name: &str) -> Option<Range<usize>> {
        Some(self.ranges[self.names.iter().position(|n| *n == name)?].clone())
    }
}

fn len<O: Optimizer>(optimizer: &O, layers: &[LayerInfo], slot: usize, params: usize) -> usize {
    if !optimizer.by_weight() {
        return params;
    }
    weights(layers).map(|(weight, _)| optimizer.slot_dims(slot, &weight).numel()).sum()
}
