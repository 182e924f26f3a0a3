//! Keras' names, looked up when a program runs.

use keras_shapes::names::{Name, Names};

use crate::error::{Error, Result};

/// The thing of this name.
///
/// # Errors
/// If there is none: with the nearest name, or all of them. If its name alone does not say enough.
pub(crate) fn find(names: Names, word: &str) -> Result<&'static Name> {
    let name = names.find(word).ok_or_else(|| unknown(names, word))?;
    match name.usage {
        Some(usage) => Err(Error::argument(
            names.what,
            format!("one that needs no arguments: write `{usage}`, or read its configuration"),
            format!("`{word}`"),
        )),
        None => Ok(name),
    }
}

/// The error for a word that names nothing.
pub(crate) fn unknown(names: Names, word: &str) -> Error {
    let expected = match names.nearest(word) {
        Some(near) => format!("the name of one, such as `{near}`"),
        None => {
            let all: Vec<&str> = names.all.iter().map(|name| name.name).collect();
            format!("the name of one: {}", all.join(", "))
        }
    };
    Error::argument(names.what, expected, format!("`{word}`"))
}

/// The error for a thing that is none of those that fit.
pub(crate) fn unfit(names: Names, word: &str, expected: &str) -> Error {
    Error::argument(names.what, expected, format!("`{word}`"))
}

/// `FromStr` by Keras' names, for a type that is made of each of these.
macro_rules! by_name {
    ($any:ident, $names:ident, $($class:ident)*) => {
        impl core::str::FromStr for $any {
            type Err = $crate::error::Error;

            fn from_str(word: &str) -> $crate::error::Result<Self> {
                let found = $crate::names::find(keras_shapes::names::$names, word)?;
                $(if found.class == stringify!($class) {
                    return Ok(Self::from(<$class>::default()));
                })*
                Err($crate::names::unknown(keras_shapes::names::$names, word))
            }
        }
    };
}
pub(crate) use by_name;

/// The error for a class that a type does not stand for.
#[cfg(feature = "serde")]
pub(crate) fn unfit_or_unknown(names: Names, class: &str, any: &str) -> Error {
    match names.find(class) {
        Some(name) if name.class == class => {
            unfit(names, class, &format!("one that {any} may be; others are read as their own types"))
        }
        _ => unknown(names, class),
    }
}
