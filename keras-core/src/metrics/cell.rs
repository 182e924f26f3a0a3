use super::Batch;
#[cfg(feature = "serde")]
use super::thresholds::OneOrMore;
use super::thresholds::check_thresholds;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Shape;

/// A metric that is one cell of the table of confusion.
macro_rules! cell_metric {
    (
        $(#[$docs:meta])*
        $metric:ident, $name:literal: its target is positive, $positive:literal; it is said to be, $said:literal
    ) => {
        $(#[$docs])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $metric {
            cell: $crate::metrics::cell::Cell,
        }

        impl $metric {
            /// With these thresholds, from 0 to 1.
            #[must_use]
            pub fn thresholds(mut self, thresholds: impl Into<Vec<f64>>) -> Self {
                self.cell = $crate::metrics::cell::Cell::new(thresholds.into());
                self
            }
            /// One number for each threshold.
            #[must_use]
            pub fn results(&self) -> Vec<f64> {
                self.cell.sums().to_vec()
            }
        }

        impl<S: $crate::shape::Shape> $crate::metrics::Metric<S, S> for $metric {
            fn name(&self) -> &str {
                $name
            }
            fn check(&self) -> $crate::error::Result<()> {
                self.cell.check(stringify!($metric))
            }
            fn reset(&mut self) {
                self.cell.reset();
            }
            fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
                self.cell.hand_out(each)
            }
            fn update<E: $crate::element::Element>(&mut self, batch: &$crate::metrics::Batch<'_, E, E>) {
                self.cell.update::<S, E>(batch, $positive, $said);
            }
            fn result(&self) -> f64 {
                self.cell.sums().first().copied().unwrap_or_default()
            }
            fn count(&self) -> usize {
                self.cell.sums().len()
            }
            fn each_result(&self, each: impl FnMut(f64)) {
                self.cell.sums().iter().copied().for_each(each);
            }
        }

        $crate::metrics::merge::mergeable! {
            [S: $crate::shape::Shape] $metric, S => S: cell;
        }

        $crate::config::configured! {
            [] $metric, stringify!($metric), "keras.metrics", Default::default(), |this, fields| {
                fields.unused("name", $name);
                fields.unused("dtype", "float32");
                this.cell.fields(fields)?;
            }
        }
    };
}
pub(super) use cell_metric;

/// One cell of the table of confusion, for each threshold: the weights of the predictions in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    thresholds: Vec<f64>,
    sums: Vec<f64>,
}

impl Default for Cell {
    fn default() -> Self {
        Self::new(vec![0.5])
    }
}

impl Cell {
    pub fn new(thresholds: Vec<f64>) -> Self {
        Self { sums: vec![0.0; thresholds.len()], thresholds }
    }

    pub fn check(&self, metric: &str) -> Result<()> {
        check_thresholds(metric, &self.thresholds)
    }

    /// The fields of a configuration.
    #[cfg(feature = "serde")]
    pub fn fields(&mut self, fields: &mut crate::config::Fields) -> Result<()> {
        let mut thresholds = Some(OneOrMore(self.thresholds.clone())).filter(|all| all.0 != [0.5]);
        fields.field("thresholds", &mut thresholds)?;
        if let (true, Some(OneOrMore(thresholds))) = (fields.reads(), thresholds) {
            *self = Self::new(thresholds);
        }
        Ok(())
    }

    pub fn reset(&mut self) {
        self.sums.fill(0.0);
    }

    /// Adds the predictions whose target is positive (not 0) or not, and which are said to be positive
    /// (above the threshold) or not.
    pub fn update<S: Shape, E: Element>(&mut self, batch: &Batch<'_, E, E>, positive: bool, said: bool) {
        for (y_true, y_pred, weight) in batch.rows::<S>() {
            for (_, &p) in y_true.iter().zip(y_pred).filter(|(t, _)| (**t != E::ZERO) == positive) {
                for (threshold, sum) in self.thresholds.iter().zip(&mut self.sums) {
                    if (p > E::of(*threshold)) == said {
                        *sum += weight;
                    }
                }
            }
        }
    }

    pub fn merge(&mut self, other: &Self) {
        self.sums.iter_mut().zip(&other.sums).for_each(|(mine, theirs)| *mine += theirs);
    }

    /// Hands its numbers to `each`, which reads or replaces them.
    pub fn hand_out(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.sums.iter_mut().for_each(each);
        true
    }

    /// One number for each threshold.
    pub fn sums(&self) -> &[f64] {
        &self.sums
    }
}
