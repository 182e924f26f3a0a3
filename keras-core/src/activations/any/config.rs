//! Configurations in Keras' form: a name; an object of one of the layers that Keras takes for an activation; of
//! others that have parameters, which Keras cannot write, an object of the same form.

use keras_shapes::names::ACTIVATIONS;
use serde_json::Value;

use super::*;
use crate::config::{class, object, read};
use crate::error::{Error, Result};
use crate::names::unknown;

impl AnyActivation {
    fn object(&self) -> Result<Value> {
        if let Some(name) = self.name() {
            return Ok(name.into());
        }
        match self {
            Self::LeakyRelu(activation) => object(activation),
            Self::Elu(activation) => object(activation),
            Self::RectifiedLinear(activation) => object(activation),
            Self::Celu(activation) => object(activation),
            Self::Gelu(activation) => object(activation),
            Self::HardShrink(activation) => object(activation),
            Self::SoftShrink(activation) => object(activation),
            Self::Squareplus(activation) => object(activation),
            Self::Threshold(activation) => object(activation),
            // None of the others has a parameter.
            other => Err(crate::config::unwritable(ACTIVATIONS.what, other)),
        }
    }

    /// From a name, or from an object with class and configuration; null is linear.
    pub(crate) fn of_config(value: &Value) -> Result<Self> {
        if value.is_null() {
            return Ok(Self::default());
        }
        if let Some(name) = value.as_str() {
            return name.parse();
        }
        let Some((class, config)) = class(value)? else {
            let expected = "a name, or an object with `class_name` and `config`";
            return Err(Error::argument(ACTIVATIONS.what, expected, value));
        };
        // A function's configuration is its name.
        if let Some(name) = config.as_str() {
            return name.parse();
        }
        Ok(match class.as_str() {
            "LeakyReLU" => read::<LeakyRelu>(config)?.into(),
            "ELU" => read::<Elu>(config)?.into(),
            "ReLU" => read::<RectifiedLinear>(config)?.into(),
            "Celu" => read::<Celu>(config)?.into(),
            "Gelu" => read::<Gelu>(config)?.into(),
            "HardShrink" => read::<HardShrink>(config)?.into(),
            "SoftShrink" => read::<SoftShrink>(config)?.into(),
            "Squareplus" => read::<Squareplus>(config)?.into(),
            "Threshold" => read::<Threshold>(config)?.into(),
            _ => return Err(unknown(ACTIVATIONS, &class)),
        })
    }
}

impl serde::Serialize for AnyActivation {
    /// As Keras' `serialize`: a name, or an object with `class_name` and `config`.
    fn serialize<Ser: serde::Serializer>(&self, to: Ser) -> core::result::Result<Ser::Ok, Ser::Error> {
        serde::Serialize::serialize(&self.object().map_err(serde::ser::Error::custom)?, to)
    }
}

impl<'de> serde::Deserialize<'de> for AnyActivation {
    /// From a name, or from what Keras' `serialize` gives.
    fn deserialize<De: serde::Deserializer<'de>>(from: De) -> core::result::Result<Self, De::Error> {
        let value = <Value as serde::Deserialize>::deserialize(from)?;
        Self::of_config(&value).map_err(serde::de::Error::custom)
    }
}
