use std::borrow::Cow;

use super::large;
use crate::element::Element;

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

/// The same numbers as floats; without a copy, if that is what they are.
pub(super) fn floats<T: Number, E: Element>(values: &[T]) -> Cow<'_, [E]> {
    match T::floats(values) {
        Some(floats) => Cow::Borrowed(floats),
        None => Cow::Owned(large::map(values, |v| v.float())),
    }
}
