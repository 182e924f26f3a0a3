use super::{Batch, Mean, Metric};
use crate::element::Element;
use crate::shape::Shape;

/// The mean of `|y_true - y_pred|`. Keras: `MeanAbsoluteError`, `mae`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanAbsoluteError {
    mean: Mean,
}

impl<S: Shape> Metric<S, S> for MeanAbsoluteError {
    fn name(&self) -> &'static str {
        "mean_absolute_error"
    }
    fn reset(&mut self) {
        self.mean = Mean::default();
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        let width = S::DIMS.last();
        let rows_per_sample = S::NUMEL / width;
        for (i, (p, t)) in batch.y_pred.chunks_exact(width).zip(batch.y_true.chunks_exact(width)).enumerate()
        {
            let sum: f64 = p.iter().zip(t).map(|(&p, &t)| (p - t).abs().f64()).sum();
            self.mean.add(sum / width as f64, batch.weight(i / rows_per_sample));
        }
    }
    fn result(&self) -> f64 {
        self.mean.value()
    }
}
