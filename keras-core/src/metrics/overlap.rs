use super::Batch;
use super::rank::argmax;
#[cfg(feature = "serde")]
use crate::config::Fields;
use crate::element::Element;
use crate::error::{Error, Result};

/// Class numbers: one number where the others have one for each class. Keras: `sparse_y_true=True`,
/// `sparse_y_pred=True`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sparse;

/// One number for each class along the last axis, of which the largest counts: one-hot targets,
/// probabilities, logits. Keras: `sparse_y_true=False`, `sparse_y_pred=False`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OneHot;

/// How classes are given: [`Sparse`] or [`OneHot`].
#[cfg(feature = "serde")]
pub trait Labels: Clone {
    const SPARSE: bool;
}

#[cfg(feature = "serde")]
impl Labels for Sparse {
    const SPARSE: bool = true;
}

#[cfg(feature = "serde")]
impl Labels for OneHot {
    const SPARSE: bool = false;
}

/// The field `sparse_y_true` or `sparse_y_pred`, which the type of a metric says already.
#[cfg(feature = "serde")]
pub fn is_sparse<L: Labels>(fields: &mut Fields, class: &str, name: &'static str) -> Result<()> {
    let mut given = L::SPARSE;
    fields.field(name, &mut given)?;
    if given == L::SPARSE {
        return Ok(());
    }
    Err(Error::argument(format!("{name} of {class}"), format!("{}, as its type says", L::SPARSE), given))
}

/// The field `axis`: what is one-hot is so along the last one.
#[cfg(feature = "serde")]
pub fn last_axis(fields: &mut Fields, class: &str) -> Result<()> {
    let mut axis = -1_i32;
    fields.field("axis", &mut axis)?;
    if axis == -1 {
        return Ok(());
    }
    Err(Error::argument(format!("axis of {class}"), "-1, the last", axis))
}

/// Keras' small number in the denominators.
const EPSILON: f64 = 1e-7;

/// How often each class was taken for each: what the intersections over unions are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    classes: usize,
    /// The classes that are looked at; none stands for all.
    targets: Option<Vec<usize>>,
    pub ignore_class: Option<i32>,
    /// The targets' classes in rows, the predictions' in columns.
    table: Vec<f64>,
}

impl Overlap {
    pub fn new(classes: usize, targets: Option<Vec<usize>>) -> Self {
        Self { classes, targets, ignore_class: None, table: vec![0.0; classes * classes] }
    }

    pub fn check(&self, metric: &str) -> Result<()> {
        if self.classes == 0 {
            return Err(Error::argument(format!("num_classes of {metric}"), "at least 1", 0));
        }
        let argument = || format!("target_class_ids of {metric}");
        match &self.targets {
            Some(targets) if targets.is_empty() => Err(Error::argument(argument(), "at least one", "none")),
            Some(targets) => match targets.iter().find(|&&class| class >= self.classes) {
                Some(wrong) => {
                    Err(Error::argument(argument(), format!("classes from 0 to {}", self.classes - 1), wrong))
                }
                None => Ok(()),
            },
            None => Ok(()),
        }
    }

    /// The field `num_classes`.
    #[cfg(feature = "serde")]
    pub fn num_classes(&mut self, fields: &mut Fields) -> Result<()> {
        fields.required("num_classes", &mut self.classes)?;
        const MOST: usize = 1 << 15;
        if self.classes > MOST {
            let expected = format!("at most {MOST}, for a table of all pairs");
            return Err(Error::argument("num_classes", expected, self.classes));
        }
        self.table = vec![0.0; self.classes * self.classes];
        Ok(())
    }

    /// The field `target_class_ids`.
    #[cfg(feature = "serde")]
    pub fn target_class_ids(&mut self, fields: &mut Fields) -> Result<()> {
        let mut targets = self.targets.take().unwrap_or_default();
        fields.required("target_class_ids", &mut targets)?;
        self.targets = Some(targets);
        Ok(())
    }

    /// The same where all of them are the default.
    #[cfg(feature = "serde")]
    pub fn either_class(&mut self, fields: &mut Fields) -> Result<()> {
        let mut targets = self.targets.take().unwrap_or_else(|| (0..self.classes).collect());
        fields.field("target_class_ids", &mut targets)?;
        self.targets = Some(targets);
        Ok(())
    }

    pub fn reset(&mut self) {
        self.table.fill(0.0);
    }

    /// Hands its numbers to `each`, which reads or replaces them.
    pub fn hand_out(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
        self.table.iter_mut().for_each(each);
        true
    }

    pub fn merge(&mut self, other: &Self) {
        self.table.iter_mut().zip(&other.table).for_each(|(mine, theirs)| *mine += theirs);
    }

    /// Adds a batch, cut into as many numbers for each target and each prediction; `y_true` and `y_pred`
    /// say their classes.
    pub fn update<T, E: Element>(
        &mut self,
        batch: &Batch<'_, T, E>,
        (true_width, pred_width): (usize, usize),
        y_true: impl Fn(&[T]) -> i64,
        y_pred: impl Fn(&[E]) -> i64,
    ) {
        let (true_width, pred_width) = (true_width.max(1), pred_width.max(1));
        let per_sample = (batch.y_pred.len() / pred_width / batch.samples.max(1)).max(1);
        let pairs = batch.y_true.chunks_exact(true_width).zip(batch.y_pred.chunks_exact(pred_width));
        for (i, (t, p)) in pairs.enumerate() {
            self.add(y_true(t), y_pred(p), batch.weight(i / per_sample));
        }
    }

    /// Adds one prediction, if both are classes and the target is not the one to ignore.
    fn add(&mut self, y_true: i64, y_pred: i64, weight: f64) {
        let class = |number: i64| usize::try_from(number).ok().filter(|&class| class < self.classes);
        if self.ignore_class.is_some_and(|ignored| i64::from(ignored) == y_true) {
            return;
        }
        if let (Some(t), Some(p)) = (class(y_true), class(y_pred)) {
            self.table[t * self.classes + p] += weight;
        }
    }

    /// The mean, over the classes that are looked at and occur, of intersection over union.
    pub fn value(&self) -> f64 {
        let (mut sum, mut occurring) = (0.0, 0.0);
        let mut add = |class: usize| {
            let row = class * self.classes;
            let both = self.table[row + class];
            let is: f64 = self.table[row..row + self.classes].iter().sum();
            let said: f64 = self.table[class..].iter().step_by(self.classes).sum();
            let either = is + said - both;
            if either > 1e-9 {
                sum += both / (either + EPSILON);
                occurring += 1.0;
            }
        };
        match &self.targets {
            Some(targets) => targets.iter().filter(|&&class| class < self.classes).for_each(|&c| add(c)),
            None => (0..self.classes).for_each(add),
        }
        sum / (occurring + EPSILON)
    }
}

/// The class number that a float is, what follows the point being cut off.
pub fn cut<E: Element>(row: &[E]) -> i64 {
    row.first().map_or(-1, |number| number.f64() as i64)
}

/// The class that has the largest number.
pub fn largest<E: Element>(row: &[E]) -> i64 {
    argmax(row) as i64
}

/// A class number.
pub fn number(row: &[i32]) -> i64 {
    row.first().map_or(-1, |&class| class.into())
}

/// `Metric` and `Merge` for a metric whose state is an `Overlap`.
macro_rules! overlap_metric {
    ($name:literal, $called:literal; $(
        [$($g:tt)*] $metric:ty, $out:ty => $target:ty, $scalar:ty:
        $widths:expr, $y_true:expr, $y_pred:expr;
    )*) => {$(
        impl<$($g)*> $crate::metrics::Metric<$out, $target> for $metric {
            fn name(&self) -> &str {
                $called
            }
            fn check(&self) -> $crate::error::Result<()> {
                self.overlap.check($name)
            }
            fn reset(&mut self) {
                self.overlap.reset();
            }
            fn sums(&mut self, each: &mut dyn FnMut(&mut f64)) -> bool {
                self.overlap.hand_out(each)
            }
            fn update<E: $crate::element::Element>(
                &mut self,
                batch: &$crate::metrics::Batch<'_, $scalar, E>,
            ) {
                self.overlap.update(batch, $widths, $y_true, $y_pred);
            }
            fn result(&self) -> f64 {
                self.overlap.value()
            }
        }

        $crate::metrics::merge::mergeable! {
            [$($g)*] $metric, $out => $target: overlap;
        }
    )*};
}
pub(super) use overlap_metric;

#[cfg(test)]
mod tests;
