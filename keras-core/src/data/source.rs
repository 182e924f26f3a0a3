use std::borrow::Cow;

use ndarray::{ArrayBase, Dimension};

use super::number::{Number, Whole, floats, ints};
use super::rows::Rows;
use crate::backend::Backend;
use crate::error::{Error, Result};
use crate::shape::{Dims, Ints, Rank1, Rank2, Rank3, Shape, Value};
use crate::tensor::Tensor;
use crate::values::Values;

/// Data for a model on `B`: the samples of a `V`.
///
/// - [`Tensor`]s and arrays of arrays, `[[f32; 100]]`, are checked by the compiler;
/// - ndarray arrays and views of any kind of number, in any memory order, and slices are checked
///   once, here. The first axis is the batch. A last axis of size 1 may be left out.
/// - several values are a tuple of such data: `(&images, &tables)`;
/// - class numbers ([`Ints`]) are whole numbers of any usual type; floats in their place do not compile.
#[diagnostic::on_unimplemented(
    message = "expected samples of `{V}`, found `{Self}`",
    label = "these are not samples of `{V}`",
    note = "samples of `Rank1<64>` are rows of 64 numbers: a `Tensor<Rank1<64>>`, an ndarray array of shape (n, 64), a `[[f32; 64]; n]`",
    note = "samples of `Ints<Rank0>` are class numbers: an array or slice of whole numbers, such as `Array1<usize>` or `&[u8]`"
)]
pub trait Data<V: Values, B: Backend> {
    /// The samples, checked; `name` is what messages call them.
    ///
    /// # Errors
    /// If there are none, their shape is another one, or a number is not finite.
    fn rows(&self, name: &'static str) -> Result<V::Rows<'_, B::Elem>>;
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
        Rows::new(name, ints(name, V::DIMS.numel(), self.iter())?, samples)
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
                Rows::new(name, ints(name, 1, self.iter())?, self.len())
            }
        }
    )*};
}

class_numbers! {
    [] [T];
    [] Vec<T>;
    [const N: usize] [T; N];
}

impl<V: Values, B: Backend, X: Data<V, B> + ?Sized> Data<V, B> for &X {
    fn rows(&self, name: &'static str) -> Result<V::Rows<'_, B::Elem>> {
        (**self).rows(name)
    }
}
