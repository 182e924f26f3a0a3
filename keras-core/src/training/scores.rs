//! The loss and the metrics of an epoch, as they grow.

use super::compiled::{Elem, TargetElem};
use super::logs::Logs;
use super::step::HostBatch;
use crate::backend::Backend;
use crate::losses::Loss;
use crate::metrics::{Batch, Mean, Metrics};
use crate::model::Model;
use crate::shape::Shape;

pub(crate) struct Scores {
    loss: Mean,
    logs: Logs,
}

impl Scores {
    /// `loss` and the metrics, all with `prefix` before their names.
    pub fn new<Out: Shape, T: crate::shape::Value>(metrics: &impl Metrics<Out, T>, prefix: &str) -> Self {
        let names = core::iter::once("loss".to_owned()).chain(metrics.names());
        Self { loss: Mean::default(), logs: names.map(|name| (format!("{prefix}{name}"), 0.0)).collect() }
    }

    pub fn reset<M: Model, L: Loss<M::Output>, Ms: Metrics<M::Output, L::Target>>(
        &mut self,
        metrics: &mut Ms,
    ) {
        self.loss = Mean::default();
        metrics.reset();
    }

    /// Adds a batch, whose outputs lie in the model's store. The loss counts by samples, as in Keras.
    pub fn add<M: Model, L: Loss<M::Output>, Ms: Metrics<M::Output, L::Target>>(
        &mut self,
        model: &M,
        metrics: &mut Ms,
        batch: &HostBatch<'_, Elem<M>, TargetElem<M, L>>,
        loss: f64,
    ) {
        self.loss.add(loss, batch.n as f64);
        if Ms::EMPTY {
            return;
        }
        let store = model.store();
        let mut scratch = Vec::new();
        let output = <M::Backend as Backend>::view(&store.rooms.output, 0..batch.n * M::Output::NUMEL);
        let y_pred = store.device.host(output, &mut scratch);
        metrics.update(&view::<M, L>(batch, y_pred));
    }

    /// Writes the means so far into the logs.
    pub fn refresh<M: Model, L: Loss<M::Output>, Ms: Metrics<M::Output, L::Target>>(&mut self, metrics: &Ms) {
        let values = self.logs.values_mut();
        values[0] = self.loss.value();
        let mut place = 1;
        metrics.results(|value| {
            values[place] = value;
            place += 1;
        });
    }

    pub fn logs(&self) -> &Logs {
        &self.logs
    }

    pub fn into_logs(self) -> Logs {
        self.logs
    }
}

/// Metrics are not weighted by the samples' weights, as Keras' `metrics` are not.
fn view<'a, M: Model, L: Loss<M::Output>>(
    batch: &HostBatch<'a, Elem<M>, TargetElem<M, L>>,
    y_pred: &'a [Elem<M>],
) -> Batch<'a, TargetElem<M, L>, Elem<M>> {
    Batch { y_true: batch.y, y_pred, weights: None, samples: batch.n }
}
