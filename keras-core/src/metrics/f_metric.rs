//! Metrics that are F-scores.

/// A metric that is an [`FScore`](super::f_score::FScore), with this name in the history.
macro_rules! f_metric {
    ($(#[$docs:meta])* $metric:ident, $name:literal) => {
        $(#[$docs])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $metric {
            score: $crate::metrics::f_score::FScore,
        }

        impl $metric {
            /// With this average over the classes; none by default.
            #[must_use]
            pub fn average(mut self, average: $crate::metrics::Average) -> Self {
                self.score.average = average;
                self
            }
            /// Positive is what is above this, more than 0 and 1 at most.
            #[must_use]
            pub fn threshold(mut self, threshold: f64) -> Self {
                self.score.threshold = Some(threshold);
                self
            }
            /// The scores: one, or one for each class once a batch was seen.
            #[must_use]
            pub fn results(&self) -> Vec<f64> {
                self.score.results()
            }
        }

        impl<S: $crate::shape::Shape> $crate::metrics::Metric<S, S> for $metric {
            fn name(&self) -> &str {
                $name
            }
            fn check(&self) -> $crate::error::Result<()> {
                self.score.check::<S>(stringify!($metric))
            }
            fn reset(&mut self) {
                self.score.reset::<S>();
            }
            fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
                self.score.hand_out(each)
            }
            fn update<E: $crate::element::Element>(&mut self, batch: &$crate::metrics::Batch<'_, E, E>) {
                self.score.update::<S, E>(batch);
            }
            fn result(&self) -> f64 {
                let mut first = 0.0;
                self.score.each(1, |score| first = score);
                first
            }
            fn count(&self) -> usize {
                self.score.count::<S>()
            }
            fn each_result(&self, each: impl FnMut(f64)) {
                self.score.each(S::DIMS.last(), each);
            }
        }

        $crate::metrics::merge::mergeable! {
            [S: $crate::shape::Shape] $metric, S => S: score;
        }
    };
}
pub(super) use f_metric;
