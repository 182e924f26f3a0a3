//! The encoding of protocol buffers: fields of a number and a value, one after the other.

use crate::error::{Error, Result};

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    Varint(u64),
    Fixed64(u64),
    Bytes(&'a [u8]),
    Fixed32(u32),
}

/// Goes through the fields of a message.
#[derive(Debug)]
pub struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next field's number and value.
    pub fn next(&mut self) -> Result<Option<(u32, Value<'a>)>> {
        if self.is_empty() {
            return Ok(None);
        }
        let tag = self.varint()?;
        let number = u32::try_from(tag >> 3).map_err(|_| damaged("a field's number is too large"))?;
        let value = match tag & 7 {
            0 => Value::Varint(self.varint()?),
            1 => Value::Fixed64(u64::from_le_bytes(self.array()?)),
            2 => {
                let len = self.varint()?;
                let len = usize::try_from(len).ok().filter(|len| *len <= self.rest.len());
                let len = len.ok_or_else(|| damaged("a field is longer than what it is in"))?;
                Value::Bytes(self.take(len)?)
            }
            5 => Value::Fixed32(u32::from_le_bytes(self.array()?)),
            kind => return Err(damaged(&format!("field {number} is of the unknown kind {kind}"))),
        };
        Ok(Some((number, value)))
    }

    pub fn varint(&mut self) -> Result<u64> {
        let mut value = 0_u64;
        for place in 0..10 {
            let [byte] = self.array()?;
            let bits = u64::from(byte & 0x7f);
            if place == 9 && bits > 1 {
                break;
            }
            value |= bits << (7 * place);
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(damaged("a number is longer than 64 bits"))
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let taken = self.take(N)?;
        taken.try_into().map_err(|_| damaged("it ends too early"))
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len).ok_or_else(|| damaged("it ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }
}

pub fn damaged(problem: &str) -> Error {
    Error::new(format!("this is not an ONNX file, or it is damaged: {problem}"))
}

/// A message that is being written. Fields that are empty or 0 are left out, as they are read so.
#[derive(Debug, Default)]
pub struct Message {
    bytes: Vec<u8>,
}

impl Message {
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn raw(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.bytes.push(value.to_le_bytes()[0]);
    }

    fn tag(&mut self, number: u32, kind: u64) {
        self.raw(u64::from(number) << 3 | kind);
    }

    /// An integer, also where it is 0.
    pub fn integer(&mut self, number: u32, value: i64) {
        self.tag(number, 0);
        self.raw(value.cast_unsigned());
    }

    /// A number, also where it is 0.
    pub fn float(&mut self, number: u32, value: f32) {
        self.tag(number, 5);
        self.bytes.extend(value.to_le_bytes());
    }

    pub fn bytes(&mut self, number: u32, value: &[u8]) {
        if !value.is_empty() {
            self.tag(number, 2);
            self.raw(value.len() as u64);
            self.bytes.extend(value);
        }
    }

    pub fn text(&mut self, number: u32, value: &str) {
        self.bytes(number, value.as_bytes());
    }

    /// A message in this one, also where it is empty.
    pub fn message(&mut self, number: u32, value: Self) {
        self.tag(number, 2);
        self.raw(value.bytes.len() as u64);
        self.bytes.extend(value.bytes);
    }

    pub fn integers(&mut self, number: u32, values: &[i64]) {
        let mut packed = Self::default();
        values.iter().for_each(|value| packed.raw(value.cast_unsigned()));
        self.bytes(number, &packed.bytes);
    }

    pub fn floats(&mut self, number: u32, values: &[f32]) {
        let packed: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.bytes(number, &packed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut message = Message::default();
        message.integer(1, -1);
        message.integer(16, 300);
        message.float(2, 0.5);
        message.text(3, "layer");
        message.integers(4, &[1, 128]);
        let bytes = message.into_bytes();
        let mut fields = Fields::new(&bytes);
        let mut found = Vec::new();
        while let Some(field) = fields.next().unwrap() {
            found.push(field);
        }
        let expected = [
            (1, Value::Varint(u64::MAX)),
            (16, Value::Varint(300)),
            (2, Value::Fixed32(0.5_f32.to_bits())),
            (3, Value::Bytes(b"layer")),
            (4, Value::Bytes(&[1, 0x80, 1])),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_damaged_is_an_error() {
        for bytes in [&[0x08][..], &[0x0a, 5, 1], &[0x0b], &[0xff; 11], &[0x0d, 1, 2]] {
            let mut fields = Fields::new(bytes);
            let error = fields.next().unwrap_err().to_string();
            assert!(error.starts_with("this is not an ONNX file, or it is damaged: "), "{error}");
        }
    }
}
