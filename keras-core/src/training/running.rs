//! Where a `fit` is, to go on there.

use serde::{Deserialize, Serialize};

use super::callbacks::Callback;
use super::compiled::Compiled;
use super::history::History;
use super::scores::Scores;
use super::session::Course;
use crate::error::{Error, Result};
use crate::losses::Objective;
use crate::metrics::AllMetrics;
use crate::model::Model;
use crate::optimizers::Optimizer;
use crate::saving;

/// The place of a `fit`, and what it must be a `fit` of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// How many epochs have ended.
    pub epoch: usize,
    /// How many batches of the next one.
    pub batch: usize,
    /// Whether somebody has ended the training.
    pub stop: bool,
    /// The pass over the samples.
    pub pass: u64,
    /// How many samples of it were seen.
    pub next: usize,
    pub samples: usize,
    pub batch_size: usize,
    pub steps: usize,
    /// The seed of the shuffles, if there are any.
    pub shuffle: Option<u64>,
}

impl Position {
    /// An error for a checkpoint of a `fit` that is not this one.
    pub fn check(&self, of: &Self, path: &std::path::Path) -> Result<()> {
        let pairs = [
            ("samples", self.samples, of.samples),
            ("samples a batch", self.batch_size, of.batch_size),
            ("steps an epoch", self.steps, of.steps),
        ];
        let wrong = |problem: String| {
            let hint = "delete the file to begin anew";
            Err(Error::file(path, format!("this is a checkpoint of another training, {problem}: {hint}")))
        };
        for (what, here, there) in pairs {
            if here != there {
                return wrong(format!("with {there} {what} instead of {here}"));
            }
        }
        if self.shuffle != of.shuffle {
            return wrong("with another order of the samples".into());
        }
        if of.next > of.samples || of.batch > of.steps {
            return wrong("at a place that there is not".into());
        }
        Ok(())
    }
}

/// What a checkpoint keeps of a `fit`.
pub(crate) struct Running {
    pub position: Position,
    pub history: History,
    /// What the epoch has added up, in the middle of one.
    pub sums: Option<Vec<f64>>,
}

/// Writes the checkpoints that callbacks have asked for, now that all of them have seen what happened.
pub(crate) fn keep<M, O, L, Ms>(
    compiled: &mut Compiled<M, O, L, Ms>,
    callbacks: &[Box<dyn Callback + '_>],
    course: &mut Course,
    position: &Position,
    (history, scores): (&History, &mut Scores),
) -> Result<()>
where
    M: Model,
    O: Optimizer,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
{
    let paths = course.saves.as_mut().map(core::mem::take).unwrap_or_default();
    if paths.is_empty() {
        return Ok(());
    }
    let mut sums = None;
    if position.batch > 0 {
        let mut all = Vec::new();
        if !scores.sums::<M, L, Ms>(&mut compiled.metrics, &mut |sum| all.push(*sum)) {
            let expected = "metrics that hand out their `sums`, for a checkpoint in the middle of an epoch";
            return Err(Error::argument("metrics", expected, "one that does not"));
        }
        sums = Some(all);
    }
    let running = Running { position: position.clone(), history: history.clone(), sums };
    let states: Vec<_> = callbacks.iter().filter_map(|callback| callback.state()).collect();
    paths.iter().try_for_each(|path| saving::save_checkpoint(compiled, Some(&running), &states, path))
}

/// Puts the sums of an epoch back.
pub(crate) fn set_sums<M, L, Ms>(scores: &mut Scores, metrics: &mut Ms, sums: &[f64]) -> Result<()>
where
    M: Model,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
{
    scores.reset::<M, L, Ms>(metrics);
    let mut count = 0;
    scores.sums::<M, L, Ms>(metrics, &mut |_| count += 1);
    if count != sums.len() {
        let found = format!("{} in the checkpoint", sums.len());
        return Err(Error::argument("sums of loss and metrics", format!("{count} numbers"), found));
    }
    let mut sums = sums.iter();
    scores.sums::<M, L, Ms>(metrics, &mut |sum| *sum = sums.next().copied().unwrap_or_default());
    scores.refresh::<M, L, Ms>(metrics);
    Ok(())
}
