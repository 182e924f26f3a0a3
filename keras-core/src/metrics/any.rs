//! Metrics that are chosen when the program runs.

use core::str::FromStr;

use super::{
    AUC, Accuracy, Batch, BinaryAccuracy, BinaryIoU, CategoricalAccuracy, ConcordanceCorrelation,
    ExactAccuracy, F1Score, FBetaScore, FalseNegatives, FalsePositives, IoU, LogCoshError, MeanIoU, Merge,
    Metric, OneHot, OneHotIoU, OneHotMeanIoU, PearsonCorrelation, Precision, PrecisionAtRecall, R2Score,
    Recall, RecallAtPrecision, RootMeanSquaredError, SensitivityAtSpecificity, Sparse,
    SparseCategoricalAccuracy, SparseTopKCategoricalAccuracy, SpecificityAtSensitivity,
    TopKCategoricalAccuracy, TrueNegatives, TruePositives,
};
use crate::element::Element;
use crate::error::{Error, Result};
use crate::losses::{
    BinaryCrossentropy, CategoricalCrossentropy, CategoricalHinge, Classes, CosineSimilarity, Hinge,
    KLDivergence, Logits, MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError,
    MeanSquaredLogarithmicError, Poisson, SparseCategoricalCrossentropy, SquaredHinge,
};
use crate::names::{find, unfit};
use crate::shape::{Ints, Shape};

#[cfg(feature = "serde")]
mod config;

macro_rules! any_metric {
    (
        $(#[$doc:meta])* $any:ident, $one:ident ($unfit:literal);
        of [$($generics:tt)*] $out:ty => $target:ty, $scalar:ty;
        by name { $($named:ident)* }
        others { $($variant:ident: $of:ty;)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $any {
            /// What it is called, if that is not its own name.
            called: Option<String>,
            metric: $one,
        }

        /// The metric without the name that it was given.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::upper_case_acronyms, reason = "they are the metrics' names")]
        enum $one {
            $($named($named),)*
            $($variant($of),)*
        }

        $(impl From<$named> for $one {
            fn from(metric: $named) -> Self {
                Self::$named(metric)
            }
        })*
        $(impl From<$of> for $one {
            fn from(metric: $of) -> Self {
                Self::$variant(metric)
            }
        })*
        $(impl From<$named> for $any {
            fn from(metric: $named) -> Self {
                Self { called: None, metric: metric.into() }
            }
        })*
        $(impl From<$of> for $any {
            fn from(metric: $of) -> Self {
                Self { called: None, metric: metric.into() }
            }
        })*

        impl FromStr for $one {
            type Err = Error;

            fn from_str(word: &str) -> Result<Self> {
                let found = find(keras_shapes::names::METRICS, word)?;
                $(if found.class == stringify!($named) {
                    return Ok(Self::$named($named::default()));
                })*
                Err(unfit(keras_shapes::names::METRICS, word, $unfit))
            }
        }

        impl FromStr for $any {
            type Err = Error;

            fn from_str(word: &str) -> Result<Self> {
                Ok(Self { called: Some(word.to_owned()), metric: word.parse()? })
            }
        }

        // An error should name the metrics that there are, not the one that is any of them.
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Metric<$out, $target> for $any {
            fn name(&self) -> &str {
                if let Some(called) = &self.called {
                    return called;
                }
                match &self.metric {
                    $($one::$named(metric) => Metric::<$out, $target>::name(metric),)*
                    $($one::$variant(metric) => Metric::<$out, $target>::name(metric),)*
                }
            }
            fn check(&self) -> Result<()> {
                match &self.metric {
                    $($one::$named(metric) => Metric::<$out, $target>::check(metric),)*
                    $($one::$variant(metric) => Metric::<$out, $target>::check(metric),)*
                }
            }
            fn reset(&mut self) {
                match &mut self.metric {
                    $($one::$named(metric) => Metric::<$out, $target>::reset(metric),)*
                    $($one::$variant(metric) => Metric::<$out, $target>::reset(metric),)*
                }
            }
            fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
                match &mut self.metric {
                    $($one::$named(metric) => Metric::<$out, $target>::sums(metric, each),)*
                    $($one::$variant(metric) => Metric::<$out, $target>::sums(metric, each),)*
                }
            }
            fn update<E: Element>(&mut self, batch: &Batch<'_, $scalar, E>) {
                match &mut self.metric {
                    $($one::$named(metric) => Metric::<$out, $target>::update(metric, batch),)*
                    $($one::$variant(metric) => Metric::<$out, $target>::update(metric, batch),)*
                }
            }
            fn result(&self) -> f64 {
                match &self.metric {
                    $($one::$named(metric) => Metric::<$out, $target>::result(metric),)*
                    $($one::$variant(metric) => Metric::<$out, $target>::result(metric),)*
                }
            }
            fn count(&self) -> usize {
                match &self.metric {
                    $($one::$named(metric) => Metric::<$out, $target>::count(metric),)*
                    $($one::$variant(metric) => Metric::<$out, $target>::count(metric),)*
                }
            }
            fn each_result(&self, each: impl FnMut(f64)) {
                match &self.metric {
                    $($one::$named(metric) => Metric::<$out, $target>::each_result(metric, each),)*
                    $($one::$variant(metric) => Metric::<$out, $target>::each_result(metric, each),)*
                }
            }
        }

        impl<$($generics)*> Merge<$out, $target> for $any {
            fn merge(&mut self, other: &Self) {
                match (&mut self.metric, &other.metric) {
                    $(($one::$named(mine), $one::$named(theirs)) => {
                        Merge::<$out, $target>::merge(mine, theirs);
                    })*
                    $(($one::$variant(mine), $one::$variant(theirs)) => {
                        Merge::<$out, $target>::merge(mine, theirs);
                    })*
                    // Two that are not the same metric have nothing to add.
                    _ => {}
                }
            }
        }
    };
}

any_metric! {
    /// Any metric whose targets have the shape of the output, chosen when the program runs: by its name, as
    /// Keras' `metrics.get` does, with its defaults. In the history it is called as it was written.
    ///
    /// Metrics of class numbers have targets of another type: those are [`AnySparseMetric`]. Metrics that
    /// need arguments, such as [`MeanIoU`], are read from their configurations (feature `serde`), or made
    /// by `into()`.
    ///
    /// ```
    /// use keras_core::metrics::AnyMetric;
    /// use keras_core::prelude::*;
    ///
    /// sequential! { struct Net< Dense<2, 1> > }
    /// let metrics: (AnyMetric, AnyMetric) = ("mae".parse()?, RecallAtPrecision::new(0.5).into());
    /// let mut net = Net::<Cpu>::new(1).compile(SGD::default(), MeanSquaredError::default(), metrics);
    /// let history = net.fit(&[[0.0, 1.0]], &[[1.0]], Fit::epochs(2).verbose(Verbose::Silent))?;
    /// assert_eq!(history["mae"].len(), 2);
    /// assert_eq!(history["recall_at_precision"].len(), 2);
    ///
    /// let said = "sparse_categorical_accuracy".parse::<AnyMetric>().unwrap_err().to_string();
    /// assert!(said.contains("`AnySparseMetric`"));
    /// let said = "binary_acuracy".parse::<AnyMetric>().unwrap_err().to_string();
    /// assert!(said.contains("such as `binary_accuracy`"));
    /// # keras_core::Result::Ok(())
    /// ```
    AnyMetric, One ("a metric whose targets have the shape of the output; those of class numbers are `AnySparseMetric`");
    of [S: Shape] S => S, E;
    by name {
        Accuracy BinaryAccuracy CategoricalAccuracy TopKCategoricalAccuracy MeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError BinaryCrossentropy CategoricalCrossentropy KLDivergence Poisson CosineSimilarity Hinge SquaredHinge CategoricalHinge RootMeanSquaredError LogCoshError R2Score PearsonCorrelation ConcordanceCorrelation AUC Precision Recall TruePositives TrueNegatives FalsePositives FalseNegatives F1Score FBetaScore BinaryIoU
    }
    others {
        ExactAccuracy: ExactAccuracy;
        BinaryCrossentropyOfLogits: BinaryCrossentropy<Logits>;
        CategoricalCrossentropyOfLogits: CategoricalCrossentropy<Logits>;
        PrecisionAtRecall: PrecisionAtRecall;
        RecallAtPrecision: RecallAtPrecision;
        SensitivityAtSpecificity: SensitivityAtSpecificity;
        SpecificityAtSensitivity: SpecificityAtSensitivity;
        IoU: IoU;
        IoUOfOneHot: IoU<OneHot, OneHot>;
        MeanIoU: MeanIoU;
        MeanIoUOfOneHot: MeanIoU<OneHot, OneHot>;
        OneHotIoU: OneHotIoU;
        OneHotMeanIoU: OneHotMeanIoU;
    }
}

any_metric! {
    /// Any metric of class numbers, chosen when the program runs, as [`AnyMetric`] is.
    ///
    /// ```
    /// use keras_core::metrics::AnySparseMetric;
    /// use keras_core::prelude::*;
    ///
    /// sequential! { struct Net< Dense<2, 3, Softmax> > }
    /// let metric: AnySparseMetric = "acc".parse()?;
    /// let loss = SparseCategoricalCrossentropy::default();
    /// let mut net = Net::<Cpu>::new(1).compile(SGD::default(), loss, (metric,));
    /// let history = net.fit(&[[0.0, 1.0]], &[2_u8], Fit::epochs(2).verbose(Verbose::Silent))?;
    /// assert_eq!(history["acc"].len(), 2);
    /// # keras_core::Result::Ok(())
    /// ```
    AnySparseMetric, SparseOne ("a metric of class numbers; those whose targets have the shape of the output are `AnyMetric`");
    of [S: Classes] S => Ints<S::Numbers>, i32;
    by name {
        Accuracy SparseCategoricalAccuracy SparseTopKCategoricalAccuracy SparseCategoricalCrossentropy
    }
    others {
        SparseCategoricalCrossentropyOfLogits: SparseCategoricalCrossentropy<Logits>;
        IoUOfOneHot: IoU<Sparse, OneHot>;
        MeanIoUOfOneHot: MeanIoU<Sparse, OneHot>;
    }
}

#[cfg(test)]
mod tests;
