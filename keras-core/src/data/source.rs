use std::borrow::Cow;

use ndarray::{ArrayBase, Dimension};

use crate::backend::Backend;
use crate::element::{Element, Scalar};
use crate::error::{Error, Result};
use crate::shape::{Dims, Ints, Rank1, Rank2, Rank3, Shape, Value};
use crate::tensor::Tensor;

/// Samples that were checked, one after the other: the right shape, at least one, every number finite.
#[derive(Clone, Debug)]
pub struct Rows<'a, T: Clone> {
    name: &'static str,
    values: Cow<'a, [T]>,
    samples: usize,
}

impl<'a, T: Scalar> Rows<'a, T> {
    fn new(name: &'static str, values: Cow<'a, [T]>, samples: usize) -> Result<Self> {
        if samples == 0 {
            return Err(Error::Empty { name: name.into() });
        }
        let rows = Self { name, values, samples };
        rows.check_finite()?;
        Ok(rows)
    }

    fn check_finite(&self) -> Result<()> {
        // The search for the place is only made when there is one.
        if all_finite(&self.values) {
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

fn all_finite<T: Scalar>(values: &[T]) -> bool {
    let mut chunks = values.chunks_exact(64);
    let whole = chunks.all(|chunk| chunk.iter().fold(true, |all, v| all & v.is_finite()));
    whole && chunks.remainder().iter().all(|v| v.is_finite())
}

/// What can stand in an array: any usual float or whole number.
pub trait Number: Copy + Send + Sync + 'static {
    /// The same number as a float.
    fn float<E: Element>(self) -> E;
    /// A whole slice as floats, if these are such floats already.
    fn floats<E: Element>(values: &[Self]) -> Option<&[E]> {
        let _ = values;
        None
    }
}

/// A whole number: what class numbers and token ids are.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a whole number, as class numbers are",
    label = "expected whole numbers, one a sample",
    note = "one-hot targets go with `CategoricalCrossentropy`, class numbers with `SparseCategoricalCrossentropy`"
)]
pub trait Whole: Number {
    /// The number as `i32`; out of its range, -1, which is no class.
    fn int(self) -> i32;
}

macro_rules! whole {
    ($($t:ty)*) => {$(
        impl Number for $t {
            #[inline]
            fn float<E: Element>(self) -> E {
                E::of(self as f64)
            }
        }
        impl Whole for $t {
            #[inline]
            fn int(self) -> i32 {
                i32::try_from(self).unwrap_or(-1)
            }
        }
    )*};
}
whole!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl Number for bool {
    fn float<E: Element>(self) -> E {
        E::of(f64::from(u8::from(self)))
    }
}
impl Whole for bool {
    fn int(self) -> i32 {
        self.into()
    }
}
impl Number for f32 {
    #[inline]
    fn float<E: Element>(self) -> E {
        E::of(self.into())
    }
    fn floats<E: Element>(values: &[Self]) -> Option<&[E]> {
        E::from_f32s(values)
    }
}
impl Number for f64 {
    #[inline]
    fn float<E: Element>(self) -> E {
        E::of(self)
    }
    fn floats<E: Element>(values: &[Self]) -> Option<&[E]> {
        E::from_f64s(values)
    }
}

/// Data for a model on `B`: the samples of a `V`.
///
/// - [`Tensor`]s and arrays of arrays, `[[f32; 100]]`, are checked by the compiler;
/// - ndarray arrays and views of any kind of number, in any memory order, and slices are checked
///   once, here. The first axis is the batch. A last axis of size 1 may be left out.
/// - class numbers ([`Ints`]) are whole numbers of any usual type; floats in their place do not compile.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given where the model takes `{V}`",
    label = "expected samples of `{V}`",
    note = "samples of `Rank1<64>` are rows of 64 numbers: a `Tensor<Rank1<64>>`, an ndarray array of shape (n, 64), a `[[f32; 64]; n]`",
    note = "samples of `Ints<Rank0>` are class numbers: an array or slice of whole numbers, such as `Array1<usize>` or `&[u8]`"
)]
pub trait Data<V: Value, B: Backend> {
    /// The samples, checked; `name` is what messages call them.
    ///
    /// # Errors
    /// If there are none, their shape is another one, or a number is not finite.
    fn rows(&self, name: &'static str) -> Result<Rows<'_, V::Scalar<B::Elem>>>;
}

/// An error if an array's shape is not `n` samples of `dims`. A last axis of size 1 may be left out.
fn check(name: &str, dims: Dims, found: &[usize]) -> Result<usize> {
    let expected = dims.sizes();
    match found {
        [samples, sizes @ ..] if sizes == expected => Ok(*samples),
        [samples, sizes @ ..] if expected.split_last() == Some((&1, sizes)) => Ok(*samples),
        _ => Err(misfit(name, expected, found)),
    }
}

/// What is wrong with a shape; only made when something is.
#[cold]
fn misfit(name: &str, expected: &[usize], found: &[usize]) -> Error {
    let list = |sizes: &[usize]| sizes.iter().map(|size| format!(", {size}")).collect::<String>();
    let name = name.to_owned();
    let expected_shape = format!("(n{})", list(expected));
    let found_shape = format!("({})", list(found).trim_start_matches(", "));
    let sizes = found.get(1..).unwrap_or_default();
    let differs = expected.iter().zip(sizes).position(|(expected, found)| expected != found);
    match differs {
        Some(i) if sizes.len() == expected.len() => {
            let (axis, expected, found) = (i + 1, expected[i], sizes[i]);
            Error::Shape { name, axis, expected, found, expected_shape, found_shape }
        }
        _ => {
            let (expected, found) = (expected.len() + 1, found.len());
            Error::Rank { name, expected, found, expected_shape, found_shape }
        }
    }
}

fn floats<T: Number, E: Element>(values: &[T]) -> Cow<'_, [E]> {
    match T::floats(values) {
        Some(floats) => Cow::Borrowed(floats),
        None => Cow::Owned(values.iter().map(|v| v.float()).collect()),
    }
}

impl<S, V, D, B, T> Data<V, B> for ArrayBase<S, D>
where
    V: Shape,
    B: Backend,
    D: Dimension,
    T: Number,
    S: ndarray::Data<Elem = T>,
{
    fn rows(&self, name: &'static str) -> Result<Rows<'_, B::Elem>> {
        let samples = check(name, <V as Shape>::DIMS, self.shape())?;
        let values = match self.as_slice() {
            Some(values) => floats(values),
            None => Cow::Owned(self.iter().map(|v| v.float()).collect()),
        };
        Rows::new(name, values, samples)
    }
}

impl<S, V, D, B, T> Data<Ints<V>, B> for ArrayBase<S, D>
where
    V: Shape,
    B: Backend,
    D: Dimension,
    T: Whole,
    S: ndarray::Data<Elem = T>,
{
    fn rows(&self, name: &'static str) -> Result<Rows<'_, i32>> {
        // A column of class numbers, (n, 1), is as good as a row of them.
        let found = self.shape();
        let column = found.len() == V::DIMS.rank + 2 && found.last() == Some(&1);
        let samples = check(name, V::DIMS, if column { &found[..found.len() - 1] } else { found })?;
        Rows::new(name, Cow::Owned(self.iter().map(|v| v.int()).collect()), samples)
    }
}

impl<V: Value, B: Backend> Data<V, B> for Tensor<V, B> {
    fn rows(&self, name: &'static str) -> Result<Rows<'_, V::Scalar<B::Elem>>> {
        Rows::new(name, self.host(), self.samples())
    }
}

macro_rules! nested {
    ($([$($generics:tt)*] $rank:ty, $item:ty, |$rows:ident| $flat:expr;)*) => {$(
        impl<B: Backend, T: Number, $($generics)*> Data<$rank, B> for [$item] {
            fn rows(&self, name: &'static str) -> Result<Rows<'_, B::Elem>> {
                let $rows = self;
                Rows::new(name, floats($flat), self.len())
            }
        }
        impl<B: Backend, T: Number, const SAMPLES: usize, $($generics)*> Data<$rank, B> for [$item; SAMPLES] {
            fn rows(&self, name: &'static str) -> Result<Rows<'_, B::Elem>> {
                Data::<$rank, B>::rows(self.as_slice(), name)
            }
        }
        impl<B: Backend, T: Number, $($generics)*> Data<$rank, B> for Vec<$item> {
            fn rows(&self, name: &'static str) -> Result<Rows<'_, B::Elem>> {
                Data::<$rank, B>::rows(self.as_slice(), name)
            }
        }
    )*};
}

nested! {
    [const N: usize] Rank1<N>, [T; N], |rows| rows.as_flattened();
    [const M: usize, const N: usize] Rank2<M, N>, [[T; N]; M], |rows| rows.as_flattened().as_flattened();
    [const L: usize, const M: usize, const N: usize] Rank3<L, M, N>, [[[T; N]; M]; L],
        |rows| rows.as_flattened().as_flattened().as_flattened();
}

macro_rules! class_numbers {
    ($([$($generics:tt)*] $array:ty;)*) => {$(
        impl<B: Backend, T: Whole, $($generics)*> Data<Ints<crate::shape::Rank0>, B> for $array {
            fn rows(&self, name: &'static str) -> Result<Rows<'_, i32>> {
                Rows::new(name, Cow::Owned(self.iter().map(|v| v.int()).collect()), self.len())
            }
        }
    )*};
}

class_numbers! {
    [] [T];
    [] Vec<T>;
    [const N: usize] [T; N];
}

impl<V: Value, B: Backend, X: Data<V, B> + ?Sized> Data<V, B> for &X {
    fn rows(&self, name: &'static str) -> Result<Rows<'_, V::Scalar<B::Elem>>> {
        (**self).rows(name)
    }
}
