use ndarray::ArrayView1;

use super::compiled::Compiled;
use super::evaluate::checked;
use super::fit::Weighting;
use super::logs::Logs;
use super::looping::train_step;
use super::scores::Scores;
use super::step::{self, HostBatch, Then, Uploads};
use super::weights::weights;
use crate::backend::Backend;
use crate::data::Data;
use crate::error::Result;
use crate::losses::Objective;
use crate::metrics::AllMetrics;
use crate::model::Model;
use crate::optimizers::Optimizer;
use crate::values::Values;

impl<M, O, L, Ms> Compiled<M, O, L, Ms>
where
    M: Model,
    O: Optimizer,
    L: Objective<M::Output>,
    Ms: AllMetrics<M::Output, L::Target>,
{
    /// One step on one batch. The figures are those of this batch, from before the update.
    ///
    /// # Errors
    /// As [`fit`](super::Train::fit).
    pub fn train_on_batch<X, Y>(&mut self, x: &X, y: &Y) -> Result<Logs>
    where
        X: Data<M::Input, M::Backend> + ?Sized,
        Y: Data<L::Target, M::Backend> + ?Sized,
    {
        self.on_batch(x, y, &Weighting::default(), true)
    }

    /// One step on one batch, its samples weighted.
    ///
    /// # Errors
    /// As [`fit`](super::Train::fit).
    pub fn train_on_weighted_batch<'a, X, Y>(
        &mut self,
        x: &X,
        y: &Y,
        sample_weight: impl Into<ArrayView1<'a, f32>>,
    ) -> Result<Logs>
    where
        X: Data<M::Input, M::Backend> + ?Sized,
        Y: Data<L::Target, M::Backend> + ?Sized,
    {
        let weighting = Weighting { samples: Some(sample_weight.into()), classes: Vec::new() };
        self.on_batch(x, y, &weighting, true)
    }

    /// The loss and the metrics of one batch.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate).
    pub fn test_on_batch<X, Y>(&mut self, x: &X, y: &Y) -> Result<Logs>
    where
        X: Data<M::Input, M::Backend> + ?Sized,
        Y: Data<L::Target, M::Backend> + ?Sized,
    {
        self.on_batch(x, y, &Weighting::default(), false)
    }

    fn on_batch<X, Y>(&mut self, x: &X, y: &Y, weighting: &Weighting<'_>, train: bool) -> Result<Logs>
    where
        X: Data<M::Input, M::Backend> + ?Sized,
        Y: Data<L::Target, M::Backend> + ?Sized,
    {
        let (x, y) = checked(self, x, y)?;
        let weights = weights::<M, L>(weighting, &y)?;
        let (n, weights) = (M::Input::samples(&x), weights.as_deref());
        let batch = HostBatch::<M, L> { n, x: M::Input::whole(&x), y: L::Target::whole(&y), weights };
        let mut uploads = Uploads::<M, L>::new(self.model.device())?;
        let mut scores = Scores::new::<M, _>(&self.metrics, "");
        scores.reset::<M, L, Ms>(&mut self.metrics);
        if train {
            self.optimizer.check()?;
            self.prepare()?;
            train_step(self, &mut uploads, &batch, &mut scores)?;
        } else {
            let Self { model, loss, metrics, .. } = self;
            let losses = step::batch::<M, O, L>(model, loss, &mut uploads, &batch, Then::Nothing)?;
            scores.add::<M, L, Ms>(model, loss, metrics, &batch, &losses);
            scores.refresh::<M, L, Ms>(metrics);
        }
        self.model.device().finish()?;
        Ok(scores.into_logs())
    }
}
