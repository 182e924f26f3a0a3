use serde_json::Value;

use crate::error::Result;
use crate::schedules::Schedule;

/// What was expected of a value, and what it is.
type Wrong = (String, String);

/// A value of a configuration.
pub trait Field: Sized {
    /// Reads it; or says what it may be, and what it is.
    fn read(value: &Value) -> core::result::Result<Self, Wrong>;
    /// Writes it.
    fn write(&self) -> Result<Value>;
}

fn wrong<T>(expected: &str, found: &Value) -> core::result::Result<T, Wrong> {
    Err((expected.to_owned(), found.to_string()))
}

impl Field for f64 {
    fn read(value: &Value) -> core::result::Result<Self, Wrong> {
        value.as_f64().map_or_else(|| wrong("a number", value), Ok)
    }
    fn write(&self) -> Result<Value> {
        Ok((*self).into())
    }
}

/// Numbers that Keras writes as a tensor, and reads as a list too.
pub struct Numbers(pub Vec<f64>);

impl Field for Numbers {
    fn read(value: &Value) -> core::result::Result<Self, Wrong> {
        let tensor = value.get("class_name").is_some_and(|class| class == "__tensor__");
        let list = if tensor { value.pointer("/config/value") } else { None };
        Vec::read(list.unwrap_or(value)).map(Self)
    }
    fn write(&self) -> Result<Value> {
        let config = serde_json::json!({"value": self.0, "dtype": "float32"});
        Ok(serde_json::json!({"class_name": "__tensor__", "config": config}))
    }
}

impl Field for bool {
    fn read(value: &Value) -> core::result::Result<Self, Wrong> {
        value.as_bool().map_or_else(|| wrong("true or false", value), Ok)
    }
    fn write(&self) -> Result<Value> {
        Ok((*self).into())
    }
}

/// A whole number, also where it is written `10.0`.
fn whole(value: &Value) -> Option<i64> {
    let float = || value.as_f64().filter(|v| v.fract() == 0.0 && v.abs() < 9e15).map(|v| v as i64);
    value.as_i64().or_else(float)
}

macro_rules! whole_numbers {
    ($($type:ident: $expected:literal;)*) => {$(
        impl Field for $type {
            fn read(value: &Value) -> core::result::Result<Self, Wrong> {
                let number = whole(value).and_then(|number| number.try_into().ok());
                number.map_or_else(|| wrong($expected, value), Ok)
            }
            fn write(&self) -> Result<Value> {
                Ok((*self).into())
            }
        }
    )*};
}
whole_numbers! {
    u64: "a whole number of at least 0";
    usize: "a whole number of at least 0";
    i32: "a whole number";
    isize: "a whole number";
}

impl<T: Field> Field for Option<T> {
    fn read(value: &Value) -> core::result::Result<Self, Wrong> {
        if value.is_null() { Ok(None) } else { T::read(value).map(Some) }
    }
    fn write(&self) -> Result<Value> {
        self.as_ref().map_or(Ok(Value::Null), T::write)
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(value: &Value) -> core::result::Result<Self, Wrong> {
        match value.as_array() {
            Some(all) => all.iter().map(T::read).collect(),
            None => wrong("a list", value),
        }
    }
    fn write(&self) -> Result<Value> {
        self.iter().map(T::write).collect::<Result<Vec<_>>>().map(Value::Array)
    }
}

/// Lists that are kept until the program ends, so that what has them stays a plain value.
impl<T: Field + 'static> Field for &'static [T] {
    fn read(value: &Value) -> core::result::Result<Self, Wrong> {
        Vec::read(value).map(|list| &*list.leak())
    }
    fn write(&self) -> Result<Value> {
        self.iter().map(T::write).collect::<Result<Vec<_>>>().map(Value::Array)
    }
}

impl Field for &'static str {
    fn read(value: &Value) -> core::result::Result<Self, Wrong> {
        value.as_str().map_or_else(|| wrong("a text", value), |text| Ok(&*text.to_owned().leak()))
    }
    fn write(&self) -> Result<Value> {
        Ok((*self).into())
    }
}

impl Field for Schedule {
    fn read(value: &Value) -> core::result::Result<Self, Wrong> {
        Self::of_config(value.clone())
            .map_err(|error| ("a number or a schedule".to_owned(), format!("{value} ({error})")))
    }
    fn write(&self) -> Result<Value> {
        self.to_config()
    }
}

/// `Field` for an enum by Keras' words; `null` stands for the one that is named so.
macro_rules! words {
    ($type:ty: null => $null:path, $($word:literal => $variant:path),*) => {
        impl $crate::config::Field for $type {
            fn read(value: &serde_json::Value) -> core::result::Result<Self, (String, String)> {
                match value.as_str() {
                    _ if value.is_null() => Ok($null),
                    $(Some($word) => Ok($variant),)*
                    _ => Err((["null", $($word),*].join(" or "), value.to_string())),
                }
            }
            fn write(&self) -> $crate::error::Result<serde_json::Value> {
                Ok(match self {
                    $null => serde_json::Value::Null,
                    $($variant => $word.into(),)*
                })
            }
        }
    };
    ($type:ty: $($word:literal $(| $other:literal)* => $variant:path),*) => {
        impl $crate::config::Field for $type {
            fn read(value: &serde_json::Value) -> core::result::Result<Self, (String, String)> {
                match value.as_str() {
                    $(Some($word $(| $other)*) => Ok($variant),)*
                    _ => Err(([$($word),*].join(" or "), value.to_string())),
                }
            }
            fn write(&self) -> $crate::error::Result<serde_json::Value> {
                Ok(match self { $($variant => $word,)* }.into())
            }
        }
    };
}
pub(crate) use words;

impl Field for crate::optimizers::AnyOptimizer {
    fn read(value: &Value) -> core::result::Result<Self, Wrong> {
        Self::of_config(value.clone())
            .map_err(|error| ("an optimizer".to_owned(), format!("{value} ({error})")))
    }
    fn write(&self) -> Result<Value> {
        serde_json::to_value(self)
            .map_err(|error| crate::Error::argument("optimizer", "one that can be written", error))
    }
}
