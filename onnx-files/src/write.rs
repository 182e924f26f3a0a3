//! Messages of ONNX written down. Numbers of fields are those of ONNX's `onnx.proto`.

use crate::proto::{Attribute, Data, Graph, Model, Node, Size, Tensor, Value};
use crate::wire::Message;

impl Model {
    /// The file's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut message = Message::default();
        message.integer(1, self.ir_version);
        message.text(2, &self.producer);
        message.text(3, &self.producer_version);
        message.message(7, graph(&self.graph));
        for (domain, version) in &self.opsets {
            let mut set = Message::default();
            set.text(1, domain);
            set.integer(2, *version);
            message.message(8, set);
        }
        message.into_bytes()
    }
}

fn graph(graph: &Graph) -> Message {
    let mut message = Message::default();
    for one in &graph.nodes {
        message.message(1, node(one));
    }
    message.text(2, &graph.name);
    for one in &graph.initializers {
        message.message(5, tensor(one));
    }
    for one in &graph.inputs {
        message.message(11, value(one));
    }
    for one in &graph.outputs {
        message.message(12, value(one));
    }
    message
}

fn node(node: &Node) -> Message {
    let mut message = Message::default();
    // A name that is left out is written, too: the others are counted.
    for (number, names) in [(1, &node.inputs), (2, &node.outputs)] {
        for one in names {
            if one.is_empty() {
                message.message(number, Message::default());
            } else {
                message.text(number, one);
            }
        }
    }
    message.text(3, &node.name);
    message.text(4, &node.op);
    for (name, value) in &node.attributes {
        if let Some(argument) = attribute(name, value) {
            message.message(5, argument);
        }
    }
    message.text(7, &node.domain);
    message
}

fn attribute(name: &str, value: &Attribute) -> Option<Message> {
    let mut message = Message::default();
    message.text(1, name);
    let kind = match value {
        Attribute::Float(value) => {
            message.float(2, *value);
            1
        }
        Attribute::Int(value) => {
            message.integer(3, *value);
            2
        }
        Attribute::Text(value) => {
            message.text(4, value);
            3
        }
        Attribute::Tensor(value) => {
            message.message(5, tensor(value));
            4
        }
        Attribute::Floats(values) => {
            message.floats(7, values);
            6
        }
        Attribute::Ints(values) => {
            message.integers(8, values);
            7
        }
        Attribute::Other => return None,
    };
    message.integer(20, kind);
    Some(message)
}

fn tensor(tensor: &Tensor) -> Message {
    let mut message = Message::default();
    let sizes: Vec<i64> = tensor.sizes.iter().map(|size| i64::try_from(*size).unwrap_or(i64::MAX)).collect();
    message.integers(1, &sizes);
    let (kind, raw): (i64, Vec<u8>) = match &tensor.data {
        Data::Floats(values) => (1, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Data::Ints(values) => (7, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Data::Other(kind) => (*kind, Vec::new()),
    };
    message.integer(2, kind);
    message.text(8, &tensor.name);
    message.bytes(9, &raw);
    message
}

fn value(value: &Value) -> Message {
    let (mut message, mut of, mut inner) = (Message::default(), Message::default(), Message::default());
    inner.integer(1, value.kind);
    if let Some(sizes) = &value.sizes {
        let mut shape = Message::default();
        for size in sizes {
            let mut dimension = Message::default();
            match size {
                Size::Fixed(size) => dimension.integer(1, i64::try_from(*size).unwrap_or(i64::MAX)),
                Size::Open(name) => dimension.text(2, name),
            }
            shape.message(1, dimension);
        }
        inner.message(2, shape);
    }
    of.message(1, inner);
    message.text(1, &value.name);
    message.message(2, of);
    message
}
