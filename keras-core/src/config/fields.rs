use keras_shapes::names::nearest;
use serde_json::{Map, Value};

use super::Field;
use crate::error::{Error, Result};

/// A type that Keras has a configuration of.
pub trait Configured: Clone {
    /// Keras' class.
    const CLASS: &'static str;
    /// The module that Keras has it in.
    const MODULE: &'static str;
    /// What it is where the configuration says nothing.
    fn start() -> Self;
    /// Goes over all fields.
    fn fields(&mut self, fields: &mut Fields) -> Result<()>;
}

/// The fields of a configuration, as they are read or written.
pub struct Fields {
    class: &'static str,
    reads: bool,
    values: Map<String, Value>,
    known: Vec<&'static str>,
}

impl Fields {
    /// A field that has a default.
    pub fn field<T: Field>(&mut self, name: &'static str, value: &mut T) -> Result<()> {
        self.known.push(name);
        if !self.reads {
            self.values.insert(name.into(), value.write()?);
        } else if let Some(given) = self.values.remove(name) {
            *value = T::read(&given).map_err(|wrong| self.wrong(name, wrong))?;
        }
        Ok(())
    }

    /// A field that must be there.
    pub fn required<T: Field>(&mut self, name: &'static str, value: &mut T) -> Result<()> {
        if self.reads && !self.values.contains_key(name) {
            return Err(Error::argument(format!("{name} of {}", self.class), "a value", "none"));
        }
        self.field(name, value)
    }

    /// A field that Keras reads, or does not know, but does not write: it is written where it is not as it is
    /// by default.
    pub fn own<T: Field + PartialEq>(&mut self, name: &'static str, value: &mut T, default: T) -> Result<()> {
        if !self.reads && *value == default {
            return Ok(());
        }
        self.field(name, value)
    }

    /// A field of Keras' that means nothing here, as it is written.
    pub fn unused(&mut self, name: &'static str, written: impl Into<Value>) {
        self.known.push(name);
        if self.reads {
            self.values.remove(name);
        } else {
            self.values.insert(name.into(), written.into());
        }
    }

    /// A field of Keras' that may only be `null` here.
    pub fn null(&mut self, name: &'static str) -> Result<()> {
        match self.values.get(name) {
            Some(given) if !given.is_null() => {
                Err(Error::argument(format!("{name} of {}", self.class), "null", given))
            }
            _ => {
                self.unused(name, Value::Null);
                Ok(())
            }
        }
    }

    /// A field that Keras reads and does not write, and that means nothing here.
    pub fn ignored(&mut self, name: &'static str) {
        self.known.push(name);
        self.values.remove(name);
    }

    /// Whether it is read.
    pub const fn reads(&self) -> bool {
        self.reads
    }

    fn wrong(&self, name: &str, (expected, found): (String, String)) -> Error {
        Error::argument(format!("{name} of {}", self.class), expected, found)
    }

    /// An error for a field that nothing asked for.
    fn end(self) -> Result<()> {
        let Some(name) = self.values.keys().next() else { return Ok(()) };
        let expected = match nearest(name, self.known.iter().copied()) {
            Some(near) => format!("one of its fields, such as `{near}`"),
            None => format!("one of its fields: {}", self.known.join(", ")),
        };
        Err(Error::argument(format!("the configuration of {}", self.class), expected, format!("`{name}`")))
    }
}

/// Reads a configuration, or an object of the type's class with one.
pub fn read<C: Configured>(config: Value) -> Result<C> {
    let expected = || format!("the configuration of {}", C::CLASS);
    let config = match super::class(&config)? {
        Some((class, config)) if class == C::CLASS => config,
        Some((class, _)) => {
            return Err(Error::argument("class_name", format!("`{}`", C::CLASS), format!("`{class}`")));
        }
        None => config,
    };
    let Value::Object(values) = config else {
        return Err(Error::argument(expected(), "fields with names", config));
    };
    let mut fields = Fields { class: C::CLASS, reads: true, values, known: Vec::new() };
    let mut read = C::start();
    read.fields(&mut fields)?;
    fields.end()?;
    Ok(read)
}

/// Writes a configuration.
pub fn write<C: Configured>(of: &C) -> Result<Value> {
    let mut fields = Fields { class: C::CLASS, reads: false, values: Map::new(), known: Vec::new() };
    of.clone().fields(&mut fields)?;
    Ok(Value::Object(fields.values))
}

/// Writes an object: the class and its configuration.
pub fn object<C: Configured>(of: &C) -> Result<Value> {
    let config = write(of)?;
    Ok(serde_json::json!({
        "module": C::MODULE, "class_name": C::CLASS, "config": config, "registered_name": null
    }))
}
