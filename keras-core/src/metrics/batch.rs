use crate::element::Element;
use crate::shape::Shape;

/// A batch as a metric sees it: predictions, targets and weights of the same rows.
#[derive(Debug)]
pub struct Batch<'a, T, E> {
    /// The targets.
    pub y_true: &'a [T],
    /// The predictions.
    pub y_pred: &'a [E],
    /// One weight a sample, if there are weights.
    pub weights: Option<&'a [E]>,
    /// How many samples there are.
    pub samples: usize,
}

impl<T, E: Element> Batch<'_, T, E> {
    /// The weight of a sample: 1 where there are none.
    #[inline]
    #[must_use]
    pub fn weight(&self, sample: usize) -> f64 {
        self.weights.map_or(1.0, |w| w[sample].f64())
    }

    /// The rows of an output of shape `Out`, its last axis being a row: of each the targets, the
    /// predictions, and the weight of its sample.
    #[inline]
    pub fn rows<Out: Shape>(&self) -> impl Iterator<Item = (&[T], &[E], f64)> {
        let width = Out::DIMS.last().max(1);
        let rows = self.y_pred.len() / width;
        let target_width = (self.y_true.len() / rows.max(1)).max(1);
        let rows_per_sample = (rows / self.samples.max(1)).max(1);
        let rows = self.y_true.chunks_exact(target_width).zip(self.y_pred.chunks_exact(width)).enumerate();
        rows.map(move |(i, (t, p))| (t, p, self.weight(i / rows_per_sample)))
    }
}
