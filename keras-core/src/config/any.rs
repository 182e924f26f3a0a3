use serde_json::Value;

use crate::error::{Error, Result};

/// The class and the configuration of an object as Keras' `serialize` writes it; nothing where it is none.
pub fn class(value: &Value) -> Result<Option<(String, Value)>> {
    let Some(object) = value.as_object().filter(|object| object.contains_key("class_name")) else {
        return Ok(None);
    };
    let Some(class) = object["class_name"].as_str() else {
        return Err(Error::argument("class_name", "a name", &object["class_name"]));
    };
    const KEYS: [&str; 5] = ["class_name", "config", "module", "registered_name", "build_config"];
    if let Some(other) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
        let found = format!("`{other}`");
        return Err(Error::argument(format!("the object of class {class}"), KEYS.join(", "), found));
    }
    let config = object.get("config").filter(|config| !config.is_null());
    Ok(Some((class.to_owned(), config.cloned().unwrap_or_else(|| Value::Object(Default::default())))))
}

/// The error for one of a person's own, which has no class of Keras'.
pub fn unwritable(what: &str, found: impl core::fmt::Debug) -> Error {
    Error::argument(what, "one of the library, for it to be written", format!("{found:?}"))
}

/// serde for a type that is any of these: a name, or an object with class and configuration.
macro_rules! any_configured {
    ($any:ident $(as $shown:ident)?, $names:ident, |$this:ident| $written:expr; $($class:ident $(if $condition:ident)? => $type:ty;)*) => {
        impl serde::Serialize for $any {
            /// As Keras' `serialize`: with `class_name` and `config`.
            fn serialize<Ser: serde::Serializer>(&self, to: Ser) -> core::result::Result<Ser::Ok, Ser::Error> {
                let $this = self;
                let object: $crate::error::Result<serde_json::Value> = $written;
                serde::Serialize::serialize(&object.map_err(serde::ser::Error::custom)?, to)
            }
        }

        impl $any {
            /// From a name, or from an object with class and configuration.
            pub(crate) fn of_config(value: serde_json::Value) -> $crate::error::Result<Self> {
                if let Some(name) = value.as_str() {
                    return name.parse();
                }
                let Some((class, config)) = $crate::config::class(&value)? else {
                    let what = keras_shapes::names::$names.what;
                    let expected = "a name, or an object with `class_name` and `config`";
                    return Err($crate::error::Error::argument(what, expected, value));
                };
                $(if class == stringify!($class) $(&& $condition(&config))? {
                    return Ok($crate::config::read::<$type>(config)?.into());
                })*
                const NAMES: &[&str] = &[stringify!($any) $(, stringify!($shown))?];
                Err($crate::names::unfit_or_unknown(keras_shapes::names::$names, &class, NAMES[NAMES.len() - 1]))
            }
        }

        impl<'de> serde::Deserialize<'de> for $any {
            /// From a name, or from what Keras' `serialize` gives.
            fn deserialize<De: serde::Deserializer<'de>>(from: De) -> core::result::Result<Self, De::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(from)?;
                Self::of_config(value).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use any_configured;
