use super::{Batch, Merge, Metric};
use crate::element::Element;
use crate::error::Result;
use crate::shape::{Shape, Value};

/// A metric under another name: Keras' argument `name`.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::Metric;
///
/// let metric = Named::new("mae", MeanAbsoluteError::default());
/// assert_eq!(Metric::<Rank1<1>, Rank1<1>>::name(&metric), "mae");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Named<M> {
    name: String,
    metric: M,
}

impl<M> Named<M> {
    /// This metric under this name.
    #[must_use]
    pub fn new(name: impl Into<String>, metric: M) -> Self {
        Self { name: name.into(), metric }
    }
}

impl<Out: Shape, Target: Value, M: Metric<Out, Target>> Metric<Out, Target> for Named<M> {
    fn name(&self) -> &str {
        &self.name
    }
    fn check(&self) -> Result<()> {
        self.metric.check()
    }
    fn reset(&mut self) {
        self.metric.reset();
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.metric.sums(each)
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, Target::Scalar<E>, E>) {
        self.metric.update(batch);
    }
    fn result(&self) -> f64 {
        self.metric.result()
    }
    fn count(&self) -> usize {
        self.metric.count()
    }
    fn each_result(&self, each: impl FnMut(f64)) {
        self.metric.each_result(each);
    }
}

impl<Out: Shape, Target: Value, M: Merge<Out, Target>> Merge<Out, Target> for Named<M> {
    fn merge(&mut self, other: &Self) {
        self.metric.merge(&other.metric);
    }
}
