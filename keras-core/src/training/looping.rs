//! The loop of `fit`.

use super::batches::Batches;
use super::compiled::{Compiled, Elem, InputRows, Target, TargetRows, Trained};
use super::evaluate::{self, Evaluation, checked};
use super::fit::Fit;
use super::history::History;
use super::logs::Logs;
use super::progress::Progress;
use super::scores::Scores;
use super::session::{Course, Session, each};
use super::step::{self, HostBatch, Then, Uploads};
use super::validation::Validation;
use super::weights::weights;
use crate::backend::Backend;
use crate::data::Data;
use crate::error::{Error, Result};
use crate::losses::Objective;
use crate::metrics::AllMetrics;
use crate::model::Model;
use crate::optimizers::Optimizer;
use crate::values::Values;

/// The samples that are trained on.
struct Training<'a, 'x, M: Model, L: Objective<M::Output>> {
    x: &'a InputRows<'x, M>,
    y: &'a TargetRows<'x, M, L>,
    weights: Option<&'a [Elem<M>]>,
}

/// One batch of them, copied together.
struct Gathered<M: Model, L: Objective<M::Output>> {
    x: <M::Input as Values>::Gathered<Elem<M>>,
    y: <Target<M, L> as Values>::Gathered<Elem<M>>,
    weights: Vec<Elem<M>>,
}

impl<M: Model, L: Objective<M::Output>> Gathered<M, L> {
    fn new(data: &Training<'_, '_, M, L>, batch: usize) -> Self {
        Self {
            x: M::Input::gathered(data.x, batch),
            y: L::Target::gathered(data.y, batch),
            weights: vec![Default::default(); if data.weights.is_some() { batch } else { 0 }],
        }
    }

    /// The samples with these numbers; where they come in their own order, without a copy.
    fn batch<'a>(
        &'a mut self,
        data: &'a Training<'_, '_, M, L>,
        samples: &[usize],
        in_order: bool,
    ) -> HostBatch<'a, M, L> {
        let n = samples.len();
        if in_order {
            let (start, end) = (samples[0], samples[0] + n);
            let weights = data.weights.map(|weights| &weights[start..end]);
            let (x, y) = (M::Input::range(data.x, start, end), L::Target::range(data.y, start, end));
            return HostBatch { n, x, y, weights };
        }
        let x = M::Input::gather(data.x, samples, &mut self.x);
        let y = L::Target::gather(data.y, samples, &mut self.y);
        let weights = data.weights.map(|weights| {
            for (to, &i) in self.weights.iter_mut().zip(samples) {
                *to = weights[i];
            }
            &self.weights[..n]
        });
        HostBatch { n, x, y, weights }
    }
}

pub(crate) fn fit<M, O, L, Ms, X, Y, V>(
    compiled: &mut Compiled<M, O, L, Ms>,
    x: &X,
    y: &Y,
    mut fit: Fit<'_, V>,
) -> Result<History>
where
    M: Model,
    O: Optimizer,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
    X: Data<M::Input, M::Backend> + ?Sized,
    Y: Data<L::Target, M::Backend> + ?Sized,
    V: Validation<M::Input, L::Target, M::Backend>,
{
    fit.check()?;
    if fit.initial_epoch == fit.epochs {
        // A training that goes on where it has ended already: there is nothing left to do.
        return Ok(History::default());
    }
    compiled.optimizer.check()?;
    let (x, y) = checked(compiled, x, y)?;
    let weights = weights::<M, L>(&fit.weighting, &y)?;
    let given = fit.validation.rows()?;
    if let Some((_, y)) = &given {
        compiled.loss.check_target::<Elem<M>>(y)?;
    }
    // The last samples are set apart, before any shuffling.
    let samples = M::Input::samples(&x);
    let train = (samples as f64 * (1.0 - fit.validation_split)).floor() as usize;
    if train == 0 || (fit.validation_split > 0.0 && train == samples) {
        let found = format!("{} of {samples} samples", fit.validation_split);
        return Err(Error::argument("validation_split", "at least one sample on either side", found));
    }
    let (train_x, train_y) = (M::Input::slice(&x, 0, train), L::Target::slice(&y, 0, train));
    let rest = || (M::Input::slice(&x, train, samples), L::Target::slice(&y, train, samples));
    let split = (train < samples).then(rest);
    let validation = given.or(split);
    let split_weights = weights.as_deref().filter(|_| train < samples).map(|weights| &weights[train..]);
    let data =
        Training::<M, L> { x: &train_x, y: &train_y, weights: weights.as_deref().map(|w| &w[..train]) };

    let seed = fit.shuffle.then(|| fit.shuffle_seed.unwrap_or(compiled.model.store().seed));
    let batch_size = fit.batch_size.min(train);
    let mut batches = Batches::new(train, batch_size, seed, compiled.passes.max(fit.initial_epoch as u64));
    let steps = fit.steps_per_epoch.unwrap_or(batches.per_pass());
    let mut gathered = Gathered::new(&data, if batches.in_order() { 0 } else { batch_size });
    let mut uploads = Uploads::<M, L>::new(compiled.model.device())?;
    let mut scores = Scores::new::<M, _>(&compiled.metrics, "");
    let mut validation_scores = Scores::new::<M, _>(&compiled.metrics, "val_");
    let mut progress = Progress::new(fit.verbose, fit.epochs, steps);
    let mut course = Course { stop: false, validation_freq: fit.validation_freq };
    let (mut history, mut logs) = (History::default(), Logs::default());
    compiled.prepare()?;

    each(compiled, &mut fit.callbacks, &mut course, |callback, session| callback.on_train_begin(session))?;
    for epoch in fit.initial_epoch..fit.epochs {
        progress.epoch(epoch);
        each(compiled, &mut fit.callbacks, &mut course, |callback, session| {
            callback.on_epoch_begin(epoch, session)
        })?;
        scores.reset::<M, L, Ms>(&mut compiled.metrics);
        let mut done = 0;
        while done < steps && !course.stop {
            if !fit.callbacks.is_empty() {
                each(compiled, &mut fit.callbacks, &mut course, |callback, session| {
                    callback.on_train_batch_begin(done, session)
                })?;
            }
            let in_order = batches.in_order();
            let batch = gathered.batch(&data, batches.next(), in_order);
            train_step(compiled, &mut uploads, &batch, &mut scores)?;
            if !fit.callbacks.is_empty() {
                each(compiled, &mut fit.callbacks, &mut course, |callback, session| {
                    callback.on_train_batch_end(done, scores.logs(), session)
                })?;
            }
            done += 1;
            progress.step(done, scores.logs());
            // An epoch of a given number of steps does not go beyond the last sample, as in Keras.
            if batches.pass_ends() {
                break;
            }
        }
        compiled.model.device().finish()?;
        logs = scores.logs().clone();
        if let Some((x, y)) = &validation
            && (epoch + 1).is_multiple_of(fit.validation_freq)
        {
            let batch = fit.validation_batch_size.unwrap_or(fit.batch_size);
            let data = Evaluation { x, y, weights: split_weights, batch, steps: fit.validation_steps };
            evaluate::run(compiled, &data, &mut validation_scores, &mut fit.callbacks, &mut course)?;
            for (name, value) in validation_scores.logs().iter() {
                logs.set(name, value);
            }
        }
        {
            let mut session = Session {
                model: &mut compiled.model,
                optimizer: &mut compiled.optimizer,
                course: &mut course,
            };
            for callback in &mut fit.callbacks {
                callback.on_epoch_end(epoch, &mut logs, &mut session)?;
            }
        }
        compiled.passes = batches.passes();
        progress.end(done, &logs);
        history.push(epoch, &logs);
        if course.stop {
            break;
        }
    }
    compiled.finalize();
    each(compiled, &mut fit.callbacks, &mut course, |callback, session| {
        callback.on_train_end(&logs, session)
    })?;
    Ok(history)
}

/// One step: what `fit` repeats. It allocates nothing once the buffers are there.
pub(crate) fn train_step<M, O, L, Ms>(
    compiled: &mut Compiled<M, O, L, Ms>,
    uploads: &mut Uploads<M, L>,
    batch: &HostBatch<'_, M, L>,
    scores: &mut Scores,
) -> Result<()>
where
    M: Model,
    O: Optimizer,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
{
    let Compiled { model, optimizer, loss, metrics, trained, .. } = compiled;
    let Some(Trained { state, grads }) = trained else { unreachable!("`prepare` was called") };
    let losses = step::batch(model, loss, uploads, batch, Then::Update { grads, optimizer, state })?;
    scores.add::<M, L, Ms>(model, loss, metrics, batch, &losses);
    scores.refresh::<M, L, Ms>(metrics);
    Ok(())
}
