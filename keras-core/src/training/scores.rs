//! The loss and the metrics of an epoch, as they grow.

use super::logs::Logs;
use super::step::{HostBatch, Losses};
use crate::backend::Backend;
use crate::losses::Objective;
use crate::metrics::{AllMetrics, Mean};
use crate::model::Model;
use crate::values::{Signals, Values};

/// The sum of the losses, that of each output where there are several, and the metrics.
pub(crate) struct Scores {
    loss: Mean,
    each: Vec<Mean>,
    logs: Logs,
}

/// The names of all figures but the metrics: `loss`, and where there are several outputs each one's.
pub(crate) fn loss_names<M: Model>() -> Vec<String> {
    let each = M::OUTPUTS.iter().map(|output| format!("{output}_loss"));
    core::iter::once("loss".to_owned()).chain(each).collect()
}

impl Scores {
    /// The losses and the metrics, all with `prefix` before their names.
    pub fn new<M: Model, T: Values>(metrics: &impl AllMetrics<M::Output, T>, prefix: &str) -> Self {
        let names = loss_names::<M>().into_iter().chain(metrics.names(M::OUTPUTS));
        Self {
            loss: Mean::default(),
            each: vec![Mean::default(); M::OUTPUTS.len()],
            logs: names.map(|name| (format!("{prefix}{name}"), 0.0)).collect(),
        }
    }

    pub fn reset<M: Model, L: Objective<M::Output>, Ms: AllMetrics<M::Output, L::Target>>(
        &mut self,
        metrics: &mut Ms,
    ) {
        self.loss = Mean::default();
        self.each.fill(Mean::default());
        metrics.reset();
    }

    /// Adds a batch, whose outputs lie in the model's store. The loss counts by samples, as in Keras; those
    /// of single outputs are not weighted.
    pub fn add<M: Model, L: Objective<M::Output>, Ms: AllMetrics<M::Output, L::Target>>(
        &mut self,
        model: &M,
        loss: &L,
        metrics: &mut Ms,
        batch: &HostBatch<'_, M, L>,
        losses: &Losses,
    ) {
        let n = batch.n as f64;
        self.loss.add(losses.total(loss), n);
        self.each.iter_mut().zip(&losses.each).for_each(|(mean, loss)| mean.add(*loss, n));
        if Ms::EMPTY {
            return;
        }
        let store = model.store();
        let outputs = const { M::LAYOUT.full.last() }.outputs();
        let mut scratch = Vec::new();
        let all = 0..batch.n * M::Output::numel();
        let y_pred = store.device.host(M::Backend::view(&store.rooms.output, all), &mut scratch);
        let mut each: [&[_]; crate::model::MOST_OUTPUTS] = Default::default();
        for (place, output) in each.iter_mut().zip(outputs) {
            *place = &y_pred[output.range(batch.n, 0, batch.n)];
        }
        metrics.update(batch.n, batch.y, &each[..outputs.len()]);
    }

    /// Hands out what was added up so far; says whether all metrics do so.
    pub fn sums<M: Model, L: Objective<M::Output>, Ms: AllMetrics<M::Output, L::Target>>(
        &mut self,
        metrics: &mut Ms,
        each: &mut dyn FnMut(&mut f64),
    ) -> bool {
        self.loss.hand_out(each);
        self.each.iter_mut().for_each(|mean| _ = mean.hand_out(each));
        metrics.sums(each)
    }

    /// Writes the means so far into the logs.
    pub fn refresh<M: Model, L: Objective<M::Output>, Ms: AllMetrics<M::Output, L::Target>>(
        &mut self,
        metrics: &Ms,
    ) {
        let values = self.logs.values_mut();
        values[0] = self.loss.value();
        for (value, mean) in values[1..].iter_mut().zip(&self.each) {
            *value = mean.value();
        }
        let mut place = 1 + self.each.len();
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
