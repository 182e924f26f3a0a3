use core::fmt::Display;
use std::borrow::Cow;

use super::large;
use crate::element::Element;
use crate::error::{Error, Result};

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
pub trait Whole: Number + Display {
    /// The number as `i32`, if it is one.
    fn int(self) -> Option<i32>;
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
            fn int(self) -> Option<i32> {
                i32::try_from(self).ok()
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
    fn int(self) -> Option<i32> {
        Some(self.into())
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

/// The same numbers as floats; without a copy, if that is what they are.
pub(super) fn floats<T: Number, E: Element>(values: &[T]) -> Cow<'_, [E]> {
    match T::floats(values) {
        Some(floats) => Cow::Borrowed(floats),
        None => Cow::Owned(large::map(values, |v| v.float())),
    }
}

/// Class numbers as `i32`; `width` of them belong to a sample.
pub(super) fn ints<'a, T: Whole>(
    name: &str,
    width: usize,
    values: impl Iterator<Item = &'a T>,
) -> Result<Cow<'a, [i32]>> {
    let int = |(at, v): (usize, &T)| {
        v.int().ok_or_else(|| {
            let place = format!("{name}, sample {}", at / width.max(1));
            Error::argument(place, "a class number that fits an `i32`", v)
        })
    };
    values.enumerate().map(int).collect::<Result<Vec<_>>>().map(Cow::Owned)
}
