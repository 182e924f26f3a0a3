//! The messages of ONNX, as far as they are needed.

/// A file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The version of the format.
    pub ir_version: i64,
    /// What wrote it.
    pub producer: String,
    /// That one's version.
    pub producer_version: String,
    /// The sets of operators that it uses, by domain, with their versions. ONNX's own has no name.
    pub opsets: Vec<(String, i64)>,
    /// What it computes.
    pub graph: Graph,
}

/// What is computed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// Its name.
    pub name: String,
    /// The steps, each behind those whose values it takes.
    pub nodes: Vec<Node>,
    /// Values that are known.
    pub initializers: Vec<Tensor>,
    /// The values that it takes.
    pub inputs: Vec<Value>,
    /// The values that it gives.
    pub outputs: Vec<Value>,
}

/// One step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// The operator's name.
    pub op: String,
    /// The domain that it is of; none for ONNX's own.
    pub domain: String,
    /// The step's name.
    pub name: String,
    /// The values that it takes, by name; none where an optional one is left out.
    pub inputs: Vec<String>,
    /// The values that it gives.
    pub outputs: Vec<String>,
    /// Its arguments.
    pub attributes: Vec<(String, Attribute)>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    /// A number.
    Float(f32),
    /// An integer.
    Int(i64),
    /// A word.
    Text(String),
    /// A tensor.
    Tensor(Tensor),
    /// Numbers.
    Floats(Vec<f32>),
    /// Integers.
    Ints(Vec<i64>),
    /// Something else: a graph, or several.
    Other,
}

/// Numbers and their sizes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tensor {
    /// Its name.
    pub name: String,
    /// Its sizes.
    pub sizes: Vec<usize>,
    /// The numbers.
    pub data: Data,
}

/// The numbers of a tensor.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Real numbers, of whatever precision they were.
    Floats(Vec<f32>),
    /// Integers, of whatever size they were.
    Ints(Vec<i64>),
    /// Something else: ONNX's number of the type.
    Other(i64),
}

impl Default for Data {
    fn default() -> Self {
        Self::Floats(Vec::new())
    }
}

/// A value that goes in or comes out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// The type of its numbers, as ONNX counts them: 1 for `f32`.
    pub kind: i64,
    /// Its sizes, the batch included; `None` where it is not fixed. No list where it says nothing.
    pub sizes: Option<Vec<Size>>,
}

/// A size of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Size {
    /// A number.
    Fixed(usize),
    /// A name, or nothing.
    Open(String),
}

impl Size {
    /// The number.
    #[must_use]
    pub const fn fixed(&self) -> Option<usize> {
        match self {
            Self::Fixed(size) => Some(*size),
            Self::Open(_) => None,
        }
    }
}

impl Tensor {
    /// A tensor of real numbers.
    #[must_use]
    pub fn floats(name: impl Into<String>, sizes: &[usize], values: Vec<f32>) -> Self {
        Self { name: name.into(), sizes: sizes.to_vec(), data: Data::Floats(values) }
    }

    /// A list of integers.
    #[must_use]
    pub fn ints(name: impl Into<String>, values: Vec<i64>) -> Self {
        Self { name: name.into(), sizes: vec![values.len()], data: Data::Ints(values) }
    }
}

impl Node {
    /// An argument.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }
}
