//! Keras' arguments as ours.

use serde_json::Value;

use crate::kwargs::Kwargs;

/// What an argument may be.
pub trait Argument: Sized {
    fn of(value: &Value) -> Option<Self>;
}

macro_rules! arguments {
    ($($t:ty: $of:expr;)*) => {$(
        impl Argument for $t {
            fn of(value: &Value) -> Option<Self> {
                ($of)(value)
            }
        }
    )*};
}
arguments! {
    f64: Value::as_f64;
    bool: Value::as_bool;
    usize: |v: &Value| v.as_u64().map(|n| n as usize);
    isize: |v: &Value| v.as_i64().map(|n| n as isize);
    i32: |v: &Value| v.as_i64().map(|n| n as i32);
    String: |v: &Value| v.as_str().map(str::to_owned);
}

impl<T: Argument> Argument for Vec<T> {
    /// Keras takes a number in place of a list of one.
    fn of(value: &Value) -> Option<Self> {
        value
            .as_array()
            .map_or_else(|| T::of(value).map(|one| vec![one]), |all| all.iter().map(T::of).collect())
    }
}

/// An argument, unless it is not there or null.
pub fn take<T: Argument>(kwargs: &mut Kwargs, name: &str) -> Option<T> {
    let value = kwargs.remove(name).filter(|value| !value.is_null())?;
    Some(T::of(&value).unwrap_or_else(|| panic!("argument {name} is {value}")))
}

/// An argument that has no default.
pub fn given<T: Argument>(kwargs: &mut Kwargs, name: &str) -> T {
    take(kwargs, name).unwrap_or_else(|| panic!("no argument {name}"))
}
