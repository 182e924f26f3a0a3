use super::Metric;
use crate::shape::{Shape, Value};

/// A metric whose batches may be seen apart: on several threads, each with a copy of its own.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::metrics::{Batch, Merge, Metric};
///
/// type Out = Rank1<1>;
/// let (mut all, mut other) = (MeanAbsoluteError::default(), MeanAbsoluteError::default());
/// let batch = |y_pred| Batch { y_true: &[0.0], y_pred, weights: None, samples: 1 };
/// Metric::<Out, Out>::update(&mut all, &batch(&[1.0]));
/// Metric::<Out, Out>::update(&mut other, &batch(&[3.0]));
/// Merge::<Out, Out>::merge(&mut all, &other);
/// assert_eq!(Metric::<Out, Out>::result(&all), 2.0);
/// ```
pub trait Merge<Out: Shape, Target: Value>: Metric<Out, Target> {
    /// Adds what `other` saw since its last reset, as if this one had seen it too. Both must have been
    /// made with the same options.
    fn merge(&mut self, other: &Self);
}

/// `Merge` for metrics whose whole state is one field.
macro_rules! mergeable {
    ($([$($generics:tt)*] $metric:ty, $out:ty => $target:ty: $field:ident;)*) => {$(
        impl<$($generics)*> $crate::metrics::Merge<$out, $target> for $metric {
            fn merge(&mut self, other: &Self) {
                self.$field.merge(&other.$field);
            }
        }
    )*};
}
pub(super) use mergeable;

#[cfg(test)]
mod tests;
