//! Tensors: the many ways in which their numbers may be written.

use crate::error::{Error, Result};
use crate::proto::{Data, Tensor};
use crate::read::{each, floats, inside, integer, integers, text};
use crate::wire::{Value as Field, damaged};

/// What stands in the file, before it is known what it is of.
#[derive(Default)]
struct Parts<'a> {
    name: String,
    sizes: Vec<i64>,
    kind: i64,
    floats: Vec<f32>,
    ints: Vec<i64>,
    doubles: Vec<f32>,
    raw: &'a [u8],
    is_outside: bool,
}

/// Reads a tensor: one in a model, or a file of one (`.pb`).
///
/// # Errors
/// If the bytes are not those of a tensor.
pub fn read(bytes: &[u8]) -> Result<Tensor> {
    let mut parts = Parts::default();
    each(bytes, |number, field| {
        match number {
            1 => integers(field, &mut parts.sizes)?,
            2 => parts.kind = integer(field)?,
            4 => floats(field, &mut parts.floats)?,
            5 | 7 | 11 => integers(field, &mut parts.ints)?,
            8 => parts.name = text(field)?,
            9 => parts.raw = inside(field)?,
            10 => doubles(field, &mut parts.doubles)?,
            13 => parts.is_outside = true,
            14 => parts.is_outside |= integer(field)? != 0,
            _ => {}
        }
        Ok(())
    })?;
    parts.tensor()
}

fn doubles(field: Field<'_>, all: &mut Vec<f32>) -> Result<()> {
    match field {
        Field::Fixed64(bits) => all.push(f64::from_bits(bits) as f32),
        field => {
            let (numbers, rest) = inside(field)?.as_chunks::<8>();
            if !rest.is_empty() {
                return Err(damaged("a list of numbers ends within one"));
            }
            all.extend(numbers.iter().map(|bytes| f64::from_le_bytes(*bytes) as f32));
        }
    }
    Ok(())
}

impl Parts<'_> {
    fn tensor(self) -> Result<Tensor> {
        let name = self.name;
        let wrong = |problem: String| Error::new(format!("the tensor `{name}` {problem}"));
        if self.is_outside {
            return Err(wrong("lies in another file".into()));
        }
        let sizes: Option<Vec<usize>> = self.sizes.iter().map(|size| usize::try_from(*size).ok()).collect();
        let sizes = sizes.ok_or_else(|| wrong(format!("has the sizes {:?}", self.sizes)))?;
        let count = sizes.iter().try_fold(1_usize, |count, size| count.checked_mul(*size));
        let data = match self.kind {
            1 if self.raw.is_empty() => Data::Floats(self.floats),
            1 => Data::Floats(raw(self.raw, f32::from_le_bytes)),
            11 if self.raw.is_empty() => Data::Floats(self.doubles),
            11 => Data::Floats(raw(self.raw, |bytes| f64::from_le_bytes(bytes) as f32)),
            10 if self.raw.is_empty() => {
                Data::Floats(self.ints.iter().map(|bits| half(*bits as u16)).collect())
            }
            10 => Data::Floats(raw(self.raw, |bytes| half(u16::from_le_bytes(bytes)))),
            2 | 3 | 4 | 5 | 6 | 7 | 9 if self.raw.is_empty() => Data::Ints(self.ints),
            7 => Data::Ints(raw(self.raw, i64::from_le_bytes)),
            6 => Data::Ints(raw(self.raw, |bytes| i32::from_le_bytes(bytes).into())),
            2 | 9 => Data::Ints(self.raw.iter().map(|byte| i64::from(*byte)).collect()),
            3 => Data::Ints(raw(self.raw, |bytes| i8::from_le_bytes(bytes).into())),
            4 => Data::Ints(raw(self.raw, |bytes| u16::from_le_bytes(bytes).into())),
            5 => Data::Ints(raw(self.raw, |bytes| i16::from_le_bytes(bytes).into())),
            kind => Data::Other(kind),
        };
        let found = match &data {
            Data::Floats(values) => Some(values.len()),
            Data::Ints(values) => Some(values.len()),
            Data::Other(_) => count,
        };
        if count.is_none() || count != found {
            let found = found.unwrap_or_default();
            return Err(wrong(format!("has {found} numbers, which are not those of the sizes {sizes:?}")));
        }
        Ok(Tensor { name, sizes, data })
    }
}

/// Numbers of `N` bytes. What is left over makes the count a wrong one.
fn raw<const N: usize, T>(bytes: &[u8], of: impl Fn([u8; N]) -> T) -> Vec<T> {
    bytes.as_chunks::<N>().0.iter().map(|bytes| of(*bytes)).collect()
}

/// A number of 16 bits: a sign, 5 bits of exponent, 10 of what stands behind the point.
fn half(bits: u16) -> f32 {
    let (exponent, rest) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023));
    let size = match exponent {
        0 => rest * 2.0_f32.powi(-24),
        31 if rest == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (1.0 + rest / 1024.0) * 2.0_f32.powi(exponent - 15),
    };
    if bits >> 15 == 1 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Message;

    #[test]
    fn halves() {
        for (bits, number) in [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (1, 5.960_464_5e-8)] {
            assert_eq!(half(bits), number);
        }
        assert_eq!(half(0x7c00), f32::INFINITY);
    }

    #[test]
    fn all_ways_of_writing_numbers() {
        let of = |kind, write: &dyn Fn(&mut Message)| {
            let mut message = Message::default();
            message.integers(1, &[2]);
            message.integer(2, kind);
            write(&mut message);
            read(&message.into_bytes()).map(|tensor| tensor.data)
        };
        let floats = Data::Floats(vec![1.0, -2.0]);
        assert_eq!(of(1, &|m| m.floats(4, &[1.0, -2.0])), Ok(floats.clone()));
        assert_eq!(of(1, &|m| m.bytes(9, &[0, 0, 128, 63, 0, 0, 0, 192])), Ok(floats.clone()));
        assert_eq!(of(10, &|m| m.bytes(9, &[0, 0x3c, 0, 0xc0])), Ok(floats));
        assert_eq!(of(7, &|m| m.integers(7, &[3, -1])), Ok(Data::Ints(vec![3, -1])));
        assert_eq!(of(6, &|m| m.bytes(9, &[3, 0, 0, 0, 255, 255, 255, 255])), Ok(Data::Ints(vec![3, -1])));
        let error = of(1, &|m| m.floats(4, &[1.0])).unwrap_err().to_string();
        assert_eq!(error, "the tensor `` has 1 numbers, which are not those of the sizes [2]");
        let error = of(1, &|m| m.integer(14, 1)).unwrap_err().to_string();
        assert_eq!(error, "the tensor `` lies in another file");
    }
}
