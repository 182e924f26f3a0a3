use super::{Batch, Metrics};
use crate::element::Element;
use crate::error::Result;
use crate::shape::{Shape, Value};
use crate::values::Values;

/// The metrics of a model: a tuple of metrics, or for several outputs a tuple of such tuples; `()` for none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of metrics for an output of shape `{Out}` compared with `{Target}`",
    label = "expected a tuple of metrics: `()`, `(Accuracy::default(),)`, ..",
    note = "a tuple of one has a comma: `(Accuracy::default(),)`",
    note = "a model with several outputs takes a tuple of such tuples: `((Accuracy::default(),), ())`"
)]
pub trait AllMetrics<Out: Values, Target: Values>: Clone + Send + 'static {
    /// Whether there are none.
    const EMPTY: bool;
    /// Their names; with several outputs each begins with the output's.
    fn names(&self, outputs: &[&str]) -> Vec<String>;
    /// An error for a metric whose arguments make no sense for its output.
    ///
    /// # Errors
    /// As [`Metric::check`](super::Metric::check).
    fn check(&self) -> Result<()>;
    /// Begins anew.
    fn reset(&mut self);
    /// Adds a batch of `n` samples; `y_pred` has the numbers of each output.
    fn update<E: Element>(&mut self, n: usize, y_true: Target::Batch<'_, E>, y_pred: &[&[E]]);
    /// Hands each result to `each`, in order.
    fn results(&self, each: impl FnMut(f64));
    /// As [`Metric::sums`](super::Metric::sums): whether all of them do so.
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool;
}

impl<Out: Shape, T: Value, M: Metrics<Out, T>> AllMetrics<Out, T> for M {
    const EMPTY: bool = <M as Metrics<Out, T>>::EMPTY;
    fn names(&self, _: &[&str]) -> Vec<String> {
        Metrics::names(self)
    }
    fn check(&self) -> Result<()> {
        Metrics::check(self)
    }
    fn reset(&mut self) {
        Metrics::reset(self);
    }
    fn update<E: Element>(&mut self, n: usize, y_true: <T as Values>::Batch<'_, E>, y_pred: &[&[E]]) {
        // They are not weighted by the samples' weights, as Keras' `metrics` are not.
        Metrics::update(self, &Batch { y_true, y_pred: y_pred[0], weights: None, samples: n });
    }
    fn results(&self, each: impl FnMut(f64)) {
        Metrics::results(self, each);
    }
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        Metrics::sums(self, each)
    }
}

macro_rules! tuples {
    ($(($($m:ident $o:ident $t:ident $i:tt),*);)*) => {$(
        impl<$($o: Shape,)* $($t: Value,)* $($m: Metrics<$o, $t>),*> AllMetrics<($($o,)*), ($($t,)*)>
            for ($($m,)*)
        {
            const EMPTY: bool = $(<$m as Metrics<$o, $t>>::EMPTY &&)* true;
            fn names(&self, outputs: &[&str]) -> Vec<String> {
                let mut all = Vec::new();
                $({
                    let output = outputs.get($i).copied().unwrap_or_default();
                    let names = Metrics::<$o, $t>::names(&self.$i);
                    all.extend(names.into_iter().map(|name| format!("{output}_{name}")));
                })*
                all
            }
            fn check(&self) -> Result<()> {
                $(Metrics::<$o, $t>::check(&self.$i)?;)*
                Ok(())
            }
            fn reset(&mut self) {
                $(Metrics::<$o, $t>::reset(&mut self.$i);)*
            }
            fn update<El: Element>(
                &mut self,
                samples: usize,
                y_true: <($($t,)*) as Values>::Batch<'_, El>,
                y_pred: &[&[El]],
            ) {
                $(
                    let batch = Batch { y_true: y_true.$i, y_pred: y_pred[$i], weights: None, samples };
                    Metrics::<$o, $t>::update(&mut self.$i, &batch);
                )*
            }
            fn results(&self, mut each: impl FnMut(f64)) {
                $(Metrics::<$o, $t>::results(&self.$i, &mut each);)*
            }
            fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
                $(Metrics::<$o, $t>::sums(&mut self.$i, &mut *each) &&)* true
            }
        }

        impl<$($o: Shape,)* $($t: Value),*> AllMetrics<($($o,)*), ($($t,)*)> for () {
            const EMPTY: bool = true;
            fn names(&self, _: &[&str]) -> Vec<String> {
                Vec::new()
            }
            fn check(&self) -> Result<()> {
                Ok(())
            }
            fn reset(&mut self) {}
            fn update<El: Element>(
                &mut self,
                _: usize,
                _: <($($t,)*) as Values>::Batch<'_, El>,
                _: &[&[El]],
            ) {
            }
            fn results(&self, _: impl FnMut(f64)) {}
            fn sums(&mut self, _: &mut dyn FnMut(&mut f64)) -> bool {
                true
            }
        }
    )*};
}

tuples! {
    (K A S 0, L B T 1);
    (K A S 0, L B T 1, M C U 2);
    (K A S 0, L B T 1, M C U 2, N D V 3);
    (K A S 0, L B T 1, M C U 2, N D V 3, O E W 4);
    (K A S 0, L B T 1, M C U 2, N D V 3, O E W 4, P F X 5);
    (K A S 0, L B T 1, M C U 2, N D V 3, O E W 4, P F X 5, Q G Y 6);
    (K A S 0, L B T 1, M C U 2, N D V 3, O E W 4, P F X 5, Q G Y 6, R H Z 7);
}
