//! Messages of ONNX read. Nothing is believed, and nothing is allocated that the file does not hold.

use crate::error::{Error, Result};
use crate::proto::{Attribute, Graph, Model, Node, Size, Value};
use crate::tensor;
use crate::wire::{Fields, Value as Field, damaged};

impl Model {
    /// Reads a file's bytes. Graphs in arguments of operators are not looked at.
    ///
    /// # Errors
    /// If they are not those of an ONNX file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let (mut model, mut graphs) = (Self::default(), 0);
        each(bytes, |number, field| {
            match (number, field) {
                (1, field) => model.ir_version = integer(field)?,
                (2, field) => model.producer = text(field)?,
                (3, field) => model.producer_version = text(field)?,
                (7, field) => {
                    graphs += 1;
                    model.graph = graph(inside(field)?)?;
                }
                (8, field) => model.opsets.push(opset(inside(field)?)?),
                _ => {}
            }
            Ok(())
        })?;
        if graphs != 1 {
            return Err(damaged(&format!("it has {graphs} graphs instead of one")));
        }
        Ok(model)
    }

    /// The version of ONNX' own operators.
    #[must_use]
    pub fn opset(&self) -> i64 {
        let own = self.opsets.iter().find(|(domain, _)| domain.is_empty() || domain == "ai.onnx");
        own.map_or(1, |(_, version)| *version)
    }
}

/// Goes through the fields of a message.
pub fn each<'a>(bytes: &'a [u8], mut with: impl FnMut(u32, Field<'a>) -> Result<()>) -> Result<()> {
    let mut fields = Fields::new(bytes);
    while let Some((number, field)) = fields.next()? {
        with(number, field)?;
    }
    Ok(())
}

pub fn integer(field: Field<'_>) -> Result<i64> {
    match field {
        Field::Varint(value) => Ok(value.cast_signed()),
        _ => Err(damaged("a field should be an integer")),
    }
}

fn float(field: Field<'_>) -> Result<f32> {
    match field {
        Field::Fixed32(bits) => Ok(f32::from_bits(bits)),
        _ => Err(damaged("a field should be a number")),
    }
}

pub fn inside(field: Field<'_>) -> Result<&[u8]> {
    match field {
        Field::Bytes(bytes) => Ok(bytes),
        _ => Err(damaged("a field should be a message")),
    }
}

pub fn text(field: Field<'_>) -> Result<String> {
    String::from_utf8(inside(field)?.to_vec()).map_err(|_| damaged("a name is not UTF-8"))
}

/// One integer, or several in one field.
pub fn integers(field: Field<'_>, all: &mut Vec<i64>) -> Result<()> {
    let Field::Bytes(bytes) = field else {
        all.push(integer(field)?);
        return Ok(());
    };
    let mut packed = Fields::new(bytes);
    while !packed.is_empty() {
        all.push(packed.varint()?.cast_signed());
    }
    Ok(())
}

/// One number, or several in one field.
pub fn floats(field: Field<'_>, all: &mut Vec<f32>) -> Result<()> {
    let Field::Bytes(bytes) = field else {
        all.push(float(field)?);
        return Ok(());
    };
    let (numbers, rest) = bytes.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(damaged("a list of numbers ends within one"));
    }
    all.extend(numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)));
    Ok(())
}

fn opset(bytes: &[u8]) -> Result<(String, i64)> {
    let mut set = (String::new(), 0);
    each(bytes, |number, field| {
        match number {
            1 => set.0 = text(field)?,
            2 => set.1 = integer(field)?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(set)
}

fn graph(bytes: &[u8]) -> Result<Graph> {
    let mut graph = Graph::default();
    each(bytes, |number, field| {
        match number {
            1 => graph.nodes.push(node(inside(field)?)?),
            2 => graph.name = text(field)?,
            5 => graph.initializers.push(tensor::read(inside(field)?)?),
            11 => graph.inputs.push(value(inside(field)?)?),
            12 => graph.outputs.push(value(inside(field)?)?),
            15 => return Err(Error::new("it has sparse tensors, which have no counterpart")),
            _ => {}
        }
        Ok(())
    })?;
    Ok(graph)
}

fn node(bytes: &[u8]) -> Result<Node> {
    let mut node = Node::default();
    each(bytes, |number, field| {
        match number {
            1 => node.inputs.push(text(field)?),
            2 => node.outputs.push(text(field)?),
            3 => node.name = text(field)?,
            4 => node.op = text(field)?,
            5 => node.attributes.push(attribute(inside(field)?)?),
            7 => node.domain = text(field)?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(node)
}

fn attribute(bytes: &[u8]) -> Result<(String, Attribute)> {
    let (mut name, mut kind, mut value) = (String::new(), 0, Attribute::Other);
    let (mut all_ints, mut all_floats) = (Vec::new(), Vec::new());
    each(bytes, |number, field| {
        match number {
            1 => name = text(field)?,
            2 => value = Attribute::Float(float(field)?),
            3 => value = Attribute::Int(integer(field)?),
            4 => value = Attribute::Text(String::from_utf8_lossy(inside(field)?).into_owned()),
            5 => value = Attribute::Tensor(tensor::read(inside(field)?)?),
            7 => floats(field, &mut all_floats)?,
            8 => integers(field, &mut all_ints)?,
            20 => kind = integer(field)?,
            _ => {}
        }
        Ok(())
    })?;
    // What is 0 or empty need not be written.
    let value = match (kind, value) {
        (6, _) => Attribute::Floats(all_floats),
        (7, _) => Attribute::Ints(all_ints),
        (1, Attribute::Other) => Attribute::Float(0.0),
        (2, Attribute::Other) => Attribute::Int(0),
        (3, Attribute::Other) => Attribute::Text(String::new()),
        (0, Attribute::Other) if !all_ints.is_empty() => Attribute::Ints(all_ints),
        (0, Attribute::Other) if !all_floats.is_empty() => Attribute::Floats(all_floats),
        (_, value) => value,
    };
    Ok((name, value))
}

fn value(bytes: &[u8]) -> Result<Value> {
    let mut value = Value::default();
    each(bytes, |number, field| {
        match number {
            1 => value.name = text(field)?,
            2 => each(inside(field)?, |number, field| {
                if number == 1 { tensor_type(inside(field)?, &mut value) } else { Ok(()) }
            })?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(value)
}

fn tensor_type(bytes: &[u8], value: &mut Value) -> Result<()> {
    each(bytes, |number, field| {
        match number {
            1 => value.kind = integer(field)?,
            2 => {
                let mut sizes = Vec::new();
                each(inside(field)?, |number, field| {
                    if number == 1 {
                        sizes.push(size(inside(field)?)?);
                    }
                    Ok(())
                })?;
                value.sizes = Some(sizes);
            }
            _ => {}
        }
        Ok(())
    })
}

fn size(bytes: &[u8]) -> Result<Size> {
    let mut size = Size::Open(String::new());
    each(bytes, |number, field| {
        match number {
            // 0 or less is no size.
            1 => {
                let number = usize::try_from(integer(field)?).ok().filter(|number| *number > 0);
                size = number.map_or(Size::Open(String::new()), Size::Fixed);
            }
            2 => size = Size::Open(text(field)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(size)
}
