//! Configurations in Keras' form: what its `get_config` and `serialize` write.
//!
//! A type's fields are named once, in its own file, by `configured!`; reading and writing go over the same list.

#[cfg(feature = "serde")]
mod any;
#[cfg(feature = "serde")]
mod field;
#[cfg(feature = "serde")]
mod fields;
#[cfg(all(test, feature = "serde"))]
mod tests;

#[cfg(feature = "serde")]
pub(crate) use any::any_configured;
#[cfg(feature = "serde")]
pub use any::{class, unwritable};
#[cfg(feature = "serde")]
pub(crate) use field::words;
#[cfg(feature = "serde")]
pub use field::{Field, Numbers};
#[cfg(feature = "serde")]
pub use fields::{Configured, Fields, object, read, write};

/// Names the fields of a type in Keras' configuration, and lets serde read and write it: `"rho": rho` is a
/// field with a default, `required` one without; `own` is one that Keras does not write, `unused` one that means
/// nothing here.
#[cfg(feature = "serde")]
macro_rules! configured {
    ([$($generics:tt)*] $type:ty, $class:expr, $module:expr, $start:expr, |$this:ident, $fields:ident| $body:block) => {
        impl<$($generics)*> $crate::config::Configured for $type {
            const CLASS: &'static str = $class;
            const MODULE: &'static str = $module;
            fn start() -> Self {
                $start
            }
            fn fields(&mut self, $fields: &mut $crate::config::Fields) -> $crate::error::Result<()> {
                let $this = self;
                $body
                Ok(())
            }
        }

        impl<$($generics)*> serde::Serialize for $type {
            /// As Keras' `get_config`.
            fn serialize<Ser: serde::Serializer>(&self, to: Ser) -> core::result::Result<Ser::Ok, Ser::Error> {
                let config = $crate::config::write(self).map_err(serde::ser::Error::custom)?;
                serde::Serialize::serialize(&config, to)
            }
        }

        impl<'de, $($generics)*> serde::Deserialize<'de> for $type {
            /// From what Keras' `get_config` or `serialize` gives.
            fn deserialize<De: serde::Deserializer<'de>>(from: De) -> core::result::Result<Self, De::Error> {
                let config = <serde_json::Value as serde::Deserialize>::deserialize(from)?;
                $crate::config::read::<Self>(config).map_err(serde::de::Error::custom)
            }
        }
    };
}
#[cfg(not(feature = "serde"))]
macro_rules! configured {
    ($($ignored:tt)*) => {};
}
pub(crate) use configured;
