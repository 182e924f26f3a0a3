use super::{Batch, Metric};
use crate::element::Element;
use crate::error::Result;
use crate::shape::{Shape, Value};

/// A tuple of metrics: `()`, `(MeanAbsoluteError::default(),)`, .. up to eight.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of metrics for an output of shape `{Out}` compared with `{Target}`",
    label = "expected a tuple of metrics: `()`, `(Accuracy::default(),)`, ..",
    note = "a tuple of one has a comma: `(Accuracy::default(),)`"
)]
pub trait Metrics<Out: Shape, Target: Value>: Clone + Send + 'static {
    /// Whether there are none.
    const EMPTY: bool;
    /// The names of all their numbers.
    fn names(&self) -> Vec<String>;
    /// An error for a metric whose arguments make no sense for this output.
    ///
    /// # Errors
    /// As [`Metric::check`].
    fn check(&self) -> Result<()>;
    /// Begins anew.
    fn reset(&mut self);
    /// Adds a batch.
    fn update<E: Element>(&mut self, batch: &Batch<'_, Target::Scalar<E>, E>);
    /// Hands each result to `each`, in order.
    fn results(&self, each: impl FnMut(f64));
    /// As [`Metric::sums`]: whether all of them do so.
    fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool;
}

macro_rules! tuples {
    ($(($($m:ident $i:tt),*);)*) => {$(
        impl<Out: Shape, Target: Value, $($m: Metric<Out, Target>),*> Metrics<Out, Target> for ($($m,)*) {
            const EMPTY: bool = { let all: &[usize] = &[$($i),*]; all.is_empty() };
            fn names(&self) -> Vec<String> {
                let all: &[Vec<String>] = &[$(self.$i.names()),*];
                all.concat()
            }
            fn check(&self) -> Result<()> {
                $(self.$i.check()?;)*
                Ok(())
            }
            fn reset(&mut self) {
                $(self.$i.reset();)*
            }
            #[allow(unused_variables)]
            fn update<E: Element>(&mut self, batch: &Batch<'_, Target::Scalar<E>, E>) {
                $(self.$i.update(batch);)*
            }
            #[allow(unused_mut, unused_variables)]
            fn results(&self, mut each: impl FnMut(f64)) {
                $(self.$i.each_result(&mut each);)*
            }
            #[allow(unused_variables)]
            fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
                $(self.$i.sums(&mut *each) &&)* true
            }
        }
    )*};
}

tuples! {
    ();
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, F 4);
    (A 0, B 1, C 2, D 3, F 4, G 5);
    (A 0, B 1, C 2, D 3, F 4, G 5, H 6);
    (A 0, B 1, C 2, D 3, F 4, G 5, H 6, I 7);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::{Loss, MeanAbsoluteError, MeanSquaredError, SparseCategoricalCrossentropy};
    use crate::metrics::{
        Accuracy, Average, F1Score, Named, Precision, Recall, SparseTopKCategoricalAccuracy,
    };
    use crate::shape::{Rank1, Rank2};

    /// What `compile` asks for.
    fn names<Out: Shape, L: Loss<Out>, M: Metrics<Out, L::Target>>(_: L, metrics: M) -> Result<Vec<String>> {
        metrics.check()?;
        Ok(metrics.names())
    }

    #[test]
    fn losses_stand_in_both_places() {
        let mae = MeanAbsoluteError::default();
        let metrics = (mae, Named::new("mse", MeanSquaredError::default()), Accuracy::default());
        let names = names::<Rank1<1>, _, _>(mae, metrics).unwrap();
        assert_eq!(names, ["mean_absolute_error", "mse", "accuracy"]);
    }

    #[test]
    fn class_numbers_have_metrics_of_their_own() {
        let loss = SparseCategoricalCrossentropy::from_logits();
        let metrics = (Accuracy::default(), loss, SparseTopKCategoricalAccuracy::default());
        assert_eq!(names::<Rank2<3, 10>, _, _>(loss, metrics).unwrap()[1], "sparse_categorical_crossentropy");
        let error = names::<Rank1<4>, _, _>(loss, metrics).unwrap_err().to_string();
        assert_eq!(
            error,
            "k of SparseTopKCategoricalAccuracy: expected 1 to 4, the number of classes, but found 5"
        );
    }

    #[test]
    fn several_numbers_have_names_and_places_of_their_own() {
        let metrics = (
            F1Score::default(),
            Accuracy::default(),
            Named::new("found", Recall::default().thresholds([0.1, 0.9])),
            F1Score::default().average(Average::Macro),
        );
        let all: Vec<_> = Metrics::<Rank1<3>, Rank1<3>>::names(&metrics);
        let expected =
            ["f1_score_0", "f1_score_1", "f1_score_2", "accuracy", "found_0", "found_1", "f1_score"];
        assert_eq!(all, expected);
        let mut seen = metrics;
        let numbers = |metrics: &(_, _, _, _)| {
            let mut numbers = Vec::new();
            Metrics::<Rank1<3>, Rank1<3>>::results(metrics, |number| numbers.push(number));
            numbers
        };
        // As many before the first batch as after it.
        assert_eq!(numbers(&seen), [0.0; 7]);
        let batch = Batch { y_true: &[1.0, 0.0, 1.0], y_pred: &[0.2, 0.3, 0.5], weights: None, samples: 1 };
        Metrics::<Rank1<3>, Rank1<3>>::update(&mut seen, &batch);
        let rounded: Vec<_> = numbers(&seen).iter().map(|n| (n * 1e3).round() / 1e3).collect();
        assert_eq!(rounded, [0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.333]);
    }

    #[test]
    fn arguments_that_do_not_fit_the_output_are_refused() {
        let check =
            |recall| names::<Rank1<3>, _, _>(MeanSquaredError::default(), (Precision::default(), recall));
        let message = |recall| check(recall).unwrap_err().to_string();
        assert!(check(Recall::default().class_id(2).top_k(3).thresholds([0.0, 1.0])).is_ok());
        assert_eq!(
            message(Recall::default().class_id(3)),
            "class_id of Recall: expected 0 to 2, a class of the output, but found 3"
        );
        assert_eq!(
            message(Recall::default().thresholds([0.5, 1.5])),
            "thresholds of Recall: expected numbers from 0 to 1, but found 1.5"
        );
        assert_eq!(
            message(Recall::default().thresholds([])),
            "thresholds of Recall: expected at least one, but found none"
        );
        assert_eq!(
            message(Recall::default().top_k(0)),
            "top_k of Recall: expected 1 to 3, the number of classes, but found 0"
        );
    }
}
