use ndarray::ArrayView1;

use super::callbacks::Callback;
use super::compiled::{Compiled, Elem, InputRows, TargetRows};
use super::fit::Weighting;
use super::logs::Logs;
use super::scores::{Scores, loss_names};
use super::session::{Course, each};
use super::step::{self, HostBatch, Then, Uploads};
use super::weights::weights;
use crate::backend::Backend;
use crate::data::Data;
use crate::error::{Error, Result};
use crate::losses::Objective;
use crate::metrics::AllMetrics;
use crate::model::Model;
use crate::optimizers::Optimizer;
use crate::values::Values;

/// How to evaluate: the arguments of Keras' `evaluate`.
#[derive(Default)]
pub struct Evaluate<'a> {
    batch_size: Option<usize>,
    steps: Option<usize>,
    weighting: Weighting<'a>,
    callbacks: Vec<Box<dyn Callback + 'a>>,
}

impl<'a> Evaluate<'a> {
    /// How many samples a batch has. Default: 32.
    #[must_use]
    pub fn batch_size(mut self, samples: usize) -> Self {
        self.batch_size = Some(samples);
        self
    }

    /// How many batches are looked at. Default: all.
    #[must_use]
    pub fn steps(mut self, batches: usize) -> Self {
        self.steps = Some(batches);
        self
    }

    /// A weight for each sample's loss.
    #[must_use]
    pub fn sample_weight(mut self, weights: impl Into<ArrayView1<'a, f32>>) -> Self {
        self.weighting.samples = Some(weights.into());
        self
    }

    /// Adds a callback.
    #[must_use]
    pub fn callback(mut self, callback: impl Callback + 'a) -> Self {
        self.callbacks.push(Box::new(callback));
        self
    }
}

impl<M, O, L, Ms> Compiled<M, O, L, Ms>
where
    M: Model,
    O: Optimizer,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
{
    /// The loss and the metrics on data, computed in batches of 32.
    ///
    /// # Errors
    /// If the data is empty, has another shape, has a NaN or an infinity in it or a class number that
    /// there is no output for, or the arrays differ in the number of samples.
    pub fn evaluate<X, Y>(&mut self, x: &X, y: &Y) -> Result<Logs>
    where
        X: Data<M::Input, M::Backend> + ?Sized,
        Y: Data<L::Target, M::Backend> + ?Sized,
    {
        self.evaluate_with(x, y, Evaluate::default())
    }

    /// The loss and the metrics on data, with another batch size, weights or callbacks.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate), or if an argument makes no sense.
    pub fn evaluate_with<X, Y>(&mut self, x: &X, y: &Y, mut how: Evaluate<'_>) -> Result<Logs>
    where
        X: Data<M::Input, M::Backend> + ?Sized,
        Y: Data<L::Target, M::Backend> + ?Sized,
    {
        for (name, value) in [("batch_size", how.batch_size), ("steps", how.steps)] {
            if value == Some(0) {
                return Err(Error::argument(name, "at least 1", 0));
            }
        }
        let (x, y) = checked(self, x, y)?;
        let weights = weights::<M, L>(&how.weighting, &y)?;
        let batch = how.batch_size.unwrap_or(super::predict::BATCH);
        let mut scores = Scores::new::<M, _>(&self.metrics, "");
        let data = Evaluation { x: &x, y: &y, weights: weights.as_deref(), batch, steps: how.steps };
        let mut course = Course { stop: false, validation_freq: 1, resuming: false, saves: None };
        run(self, &data, &mut scores, &mut how.callbacks, &mut course)?;
        Ok(scores.into_logs())
    }
}

/// An error if two figures have the same name: one would hide the other.
fn check_names(mut taken: Vec<String>, names: Vec<String>) -> Result<()> {
    for name in names {
        if taken.contains(&name) {
            let expected = "names that differ; `Named::new(\"another name\", metric)` gives one";
            return Err(Error::argument("metrics", expected, format!("`{name}` twice")));
        }
        taken.push(name);
    }
    Ok(())
}

/// Inputs and targets.
pub(crate) type Checked<'a, M, L> = (InputRows<'a, M>, TargetRows<'a, M, L>);

/// Inputs and targets, checked; they are as many.
pub(crate) fn checked<'a, M, O, L, Ms, X, Y>(
    compiled: &Compiled<M, O, L, Ms>,
    x: &'a X,
    y: &'a Y,
) -> Result<Checked<'a, M, L>>
where
    M: Model,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
    X: Data<M::Input, M::Backend> + ?Sized,
    Y: Data<L::Target, M::Backend> + ?Sized,
{
    compiled.metrics.check()?;
    check_names(loss_names::<M>(), compiled.metrics.names(M::OUTPUTS))?;
    let (x, y) = (x.rows("x")?, y.rows("y")?);
    M::Input::check_samples(&x, L::Target::samples(&y), "y")?;
    compiled.loss.check_target::<Elem<M>>(&y)?;
    Ok((x, y))
}

/// The data of an evaluation.
pub(crate) struct Evaluation<'a, 'x, M: Model, L: Objective<M::Output>> {
    pub x: &'a InputRows<'x, M>,
    pub y: &'a TargetRows<'x, M, L>,
    pub weights: Option<&'a [Elem<M>]>,
    pub batch: usize,
    pub steps: Option<usize>,
}

/// Evaluates; the figures are left in `scores`.
pub(crate) fn run<M, O, L, Ms>(
    compiled: &mut Compiled<M, O, L, Ms>,
    data: &Evaluation<'_, '_, M, L>,
    scores: &mut Scores,
    callbacks: &mut [Box<dyn Callback + '_>],
    course: &mut Course,
) -> Result<()>
where
    M: Model,
    O: Optimizer,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
{
    let mut uploads = Uploads::<M, L>::new(compiled.model.device())?;
    each(compiled, callbacks, course, |callback, session| callback.on_test_begin(session))?;
    scores.reset::<M, L, Ms>(&mut compiled.metrics);
    let samples = M::Input::samples(data.x);
    let batches = samples.div_ceil(data.batch);
    for number in 0..data.steps.map_or(batches, |steps| steps.min(batches)) {
        each(compiled, callbacks, course, |callback, session| callback.on_test_batch_begin(number, session))?;
        let (start, end) = (number * data.batch, ((number + 1) * data.batch).min(samples));
        let batch = HostBatch::<M, L> {
            n: end - start,
            x: M::Input::range(data.x, start, end),
            y: L::Target::range(data.y, start, end),
            weights: data.weights.map(|weights| &weights[start..end]),
        };
        let Compiled { model, loss, metrics, .. } = &mut *compiled;
        let losses = step::batch::<M, O, L>(model, loss, &mut uploads, &batch, Then::Nothing)?;
        scores.add::<M, L, Ms>(model, loss, metrics, &batch, &losses);
        scores.refresh::<M, L, Ms>(metrics);
        each(compiled, callbacks, course, |callback, session| {
            callback.on_test_batch_end(number, scores.logs(), session)
        })?;
    }
    compiled.model.device().finish()?;
    each(compiled, callbacks, course, |callback, session| callback.on_test_end(scores.logs(), session))
}
