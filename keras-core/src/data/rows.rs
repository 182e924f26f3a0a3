use std::borrow::Cow;

use super::large;
use crate::element::Scalar;
use crate::error::{Error, Result};

/// Samples that were checked, one after the other: the right shape, at least one, every number finite.
#[derive(Clone, Debug)]
pub struct Rows<'a, T: Clone> {
    name: &'static str,
    values: Cow<'a, [T]>,
    samples: usize,
}

impl<'a, T: Scalar> Rows<'a, T> {
    pub(super) fn new(name: &'static str, values: Cow<'a, [T]>, samples: usize) -> Result<Self> {
        if samples == 0 {
            return Err(Error::Empty { name: name.into() });
        }
        let rows = Self { name, values, samples };
        rows.check_finite()?;
        Ok(rows)
    }

    /// Samples that lie one after the other, checked to be finite.
    ///
    /// # Errors
    /// If there are none, or a number is not finite.
    pub(crate) fn checked(name: &'static str, values: &'a [T], samples: usize) -> Result<Self> {
        Self::new(name, Cow::Borrowed(values), samples)
    }

    fn check_finite(&self) -> Result<()> {
        // The search for the place is only made when there is one.
        if large::all(&self.values, |v| v.is_finite()) {
            return Ok(());
        }
        let at = self.values.iter().position(|v| !v.is_finite()).unwrap_or_default();
        let width = self.width();
        Err(Error::NotFinite {
            name: self.name.into(),
            sample: at / width,
            element: at % width,
            value: format!("{:?}", self.values[at]),
        })
    }

    /// An error if these are not as many samples as those of `other`.
    ///
    /// # Errors
    /// [`Error::Samples`], with both names and numbers.
    pub fn check_samples(&self, samples: usize, other: &str) -> Result<()> {
        if self.samples == samples {
            return Ok(());
        }
        Err(Error::Samples {
            left: self.name.into(),
            left_samples: self.samples,
            right: other.into(),
            right_samples: samples,
        })
    }

    /// How many samples there are.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// How many elements one sample has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.values.len() / self.samples
    }

    /// All elements, sample by sample.
    #[must_use]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The samples from `start` to before `end`.
    #[must_use]
    pub fn range(&self, start: usize, end: usize) -> &[T] {
        let width = self.width();
        &self.values[start * width..end * width]
    }

    /// The samples from `start` to before `end`, as rows of their own.
    pub(crate) fn slice(&self, start: usize, end: usize) -> Rows<'_, T> {
        Rows { name: self.name, values: Cow::Borrowed(self.range(start, end)), samples: end - start }
    }

    /// Copies the samples with these numbers, in this order.
    pub fn gather(&self, samples: &[usize], to: &mut [T]) {
        let width = self.width();
        if width == 1 {
            for (to, &i) in to.iter_mut().zip(samples) {
                *to = self.values[i];
            }
            return;
        }
        for (to, &i) in to.chunks_exact_mut(width).zip(samples) {
            to.copy_from_slice(&self.values[i * width..(i + 1) * width]);
        }
    }
}

impl Rows<'_, i32> {
    /// An error if a class number is not one of `classes`.
    ///
    /// # Errors
    /// [`Error::Class`], with the sample and the number.
    pub fn check_classes(&self, classes: usize) -> Result<()> {
        self.check_classes_except(classes, None)
    }

    /// The same, but for one number that may stand there all the same: an ignored class.
    ///
    /// # Errors
    /// As [`check_classes`](Self::check_classes).
    pub fn check_classes_except(&self, classes: usize, ignored: Option<i32>) -> Result<()> {
        let wrong = |&c: &i32| (c < 0 || c as usize >= classes) && Some(c) != ignored;
        match self.values.iter().position(wrong) {
            None => Ok(()),
            Some(at) => Err(Error::Class {
                name: self.name.into(),
                sample: at / self.width(),
                class: self.values[at].into(),
                classes,
            }),
        }
    }
}
