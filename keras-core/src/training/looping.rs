//! The loop of `fit`.

use super::batches::Batches;
use super::compiled::{Compiled, Elem, InputRows, Target, TargetRows, Trained};
use super::evaluate::{self, Evaluation, checked};
use super::fit::Fit;
use super::history::History;
use super::logs::Logs;
use super::progress::Progress;
use super::running::{Position, keep, set_sums};
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
use crate::saving;
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

    let mut resume = None;
    for callback in &mut fit.callbacks {
        resume = resume.or(callback.resume_from()?);
    }
    let restored = resume.map(|path| saving::load_checkpoint(compiled, &path)).transpose()?;
    if restored.is_some() {
        compiled.optimizer.check()?;
    }
    let seed = fit.shuffle.then(|| fit.shuffle_seed.unwrap_or(compiled.model.store().seed));
    let batch_size = fit.batch_size.min(train);
    let mut batches = Batches::new(train, batch_size, seed, compiled.passes.max(fit.initial_epoch as u64));
    let steps = fit.steps_per_epoch.unwrap_or(batches.per_pass());
    let mut gathered = Gathered::new(&data, if batches.in_order() { 0 } else { batch_size });
    let mut uploads = Uploads::<M, L>::new(compiled.model.device())?;
    let mut scores = Scores::new::<M, _>(&compiled.metrics, "");
    let mut validation_scores = Scores::new::<M, _>(&compiled.metrics, "val_");
    let mut progress = Progress::new(fit.verbose, fit.epochs, steps);
    let mut course = Course {
        stop: false,
        validation_freq: fit.validation_freq,
        resuming: restored.is_some(),
        saves: Some(Vec::new()),
    };
    let (mut history, mut logs) = (History::default(), Logs::default());
    compiled.prepare()?;
    let (pass, next) = batches.place();
    let mut at = Position {
        epoch: fit.initial_epoch,
        batch: 0,
        stop: false,
        pass,
        next,
        samples: train,
        batch_size,
        steps,
        shuffle: seed,
    };
    if let Some(position) = restored.as_ref().and_then(|restored| restored.position.clone()) {
        at.check(&position, &restored.as_ref().map(|r| r.checkpoint.path.clone()).unwrap_or_default())?;
        batches.go_to((position.pass, position.next));
        at = position;
    }

    each(compiled, &mut fit.callbacks, &mut course, |callback, session| callback.on_train_begin(session))?;
    if let Some(restored) = restored {
        if let Some(sums) = &restored.sums {
            set_sums::<M, L, Ms>(&mut scores, &mut compiled.metrics, sums)?;
        }
        history = restored.checkpoint.history;
        logs = history.last();
        let mut states = restored.callbacks;
        each(compiled, &mut fit.callbacks, &mut course, |callback, session| {
            let name = callback.state().map(|state| state.name);
            match states.iter().position(|state| Some(&state.name) == name.as_ref()) {
                Some(place) => callback.set_state(&states.remove(place), session),
                None => Ok(()),
            }
        })?;
        course.stop = at.stop;
    }
    // A training that somebody has ended goes on only to the end of an epoch that has begun.
    let ended = at.stop && at.batch == 0;
    let mut done = at.batch;
    for epoch in at.epoch..if ended { at.epoch } else { fit.epochs } {
        progress.epoch(epoch);
        if done == 0 {
            each(compiled, &mut fit.callbacks, &mut course, |callback, session| {
                callback.on_epoch_begin(epoch, session)
            })?;
            scores.reset::<M, L, Ms>(&mut compiled.metrics);
        }
        // An epoch of a given number of steps does not go beyond the last sample, as in Keras.
        while done < steps && !course.stop && !(done > 0 && batches.pass_ends()) {
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
            if course.saves.as_ref().is_some_and(|saves| !saves.is_empty()) {
                compiled.passes = batches.passes();
                (at.epoch, at.batch, at.stop) = (epoch, done, course.stop);
                (at.pass, at.next) = batches.place();
                keep(compiled, &fit.callbacks, &mut course, &at, (&history, &mut scores))?;
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
        (at.epoch, at.batch, at.stop) = (epoch + 1, 0, course.stop);
        (at.pass, at.next) = batches.place();
        keep(compiled, &fit.callbacks, &mut course, &at, (&history, &mut scores))?;
        done = 0;
        if course.stop {
            break;
        }
    }
    compiled.finalize();
    each(compiled, &mut fit.callbacks, &mut course, |callback, session| {
        callback.on_train_end(&logs, session)
    })?;
    keep(compiled, &fit.callbacks, &mut course, &at, (&history, &mut scores))?;
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
