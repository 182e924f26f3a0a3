use keras_shapes::Dims;
use proc_macro2::{Ident, Span, TokenStream};
use syn::Attribute;

use super::kind::Kind;
use crate::diagnostics::Errors;

/// A value: first come the inputs, then what each layer makes.
pub type Value = usize;

/// A model as far as the macro understands it.
#[derive(Debug)]
pub struct Chain {
    pub inputs: Vec<Input>,
    /// In an order in which each takes what is there already.
    pub nodes: Vec<Node>,
    /// What it gives: values by number.
    pub outputs: Vec<Value>,
    pub errors: Errors,
    /// Whether the macro knows all that there is to know: every layer is built in, every number written.
    pub is_plain: bool,
}

/// What the model is given.
#[derive(Debug)]
pub struct Input {
    /// Its name in a graph.
    pub name: Option<Ident>,
    /// `Input<28, 28, 1>`, also where the first layer says it.
    pub title: String,
    pub shape: Shape,
    pub span: Span,
    /// Its sizes that are consts, and where they stand: they must not be 0.
    pub consts: Vec<(TokenStream, Span)>,
}

/// One layer at its place.
#[derive(Debug)]
pub struct Node {
    /// What it takes.
    pub inputs: Vec<Value>,
    /// The layer, counted from 0, whose weights it uses.
    pub shared: Option<usize>,
    /// What messages call it: "layer 2", or "`h`".
    pub who: String,
    /// The same in the walk of shapes: "2", or "h".
    pub mark: String,
    /// As written: `Dense<100, 64, Relu>`.
    pub title: String,
    /// Unique in the model.
    pub name: String,
    /// The method that gives access to its weights, if it was given a name.
    pub method: Option<Ident>,
    pub docs: Vec<Attribute>,
    /// Whether training is to leave it as it is.
    pub frozen: bool,
    /// Where to point at it.
    pub span: Span,
    pub made: Made,
    /// Whether the shape after it has a name in the expansion.
    pub is_named: bool,
}

/// What the check of one layer found out.
#[derive(Debug)]
pub struct Made {
    pub kind: Kind,
    /// What const evaluation has to look at beside its type, as items.
    pub checks: TokenStream,
    /// Calls on the layer's default value.
    pub calls: Vec<Call>,
    pub shape: Shape,
    /// How many parameters it has, where the macro can tell.
    pub params: Option<usize>,
    /// Whether no mistake was found in it.
    pub sound: bool,
    /// Whether only the compiler can tell if it is a layer, and one for what comes in.
    pub is_foreign: bool,
}

/// What the macro knows of a shape.
#[derive(Clone, Debug)]
pub enum Shape {
    /// All of it.
    Known(Dims),
    /// How it follows from the one before: an expression of type `Dims`, in which that one is
    /// [`local`](super::Site::local). The rank may be known.
    Ruled { rank: Option<usize>, rule: TokenStream, shown: String },
    /// Nothing: the layer is a person's own and the type system is asked.
    Own,
    /// Nothing, because of a mistake that has been reported.
    Lost,
}

/// `.kernel_initializer(HeNormal)`
#[derive(Debug)]
pub struct Call {
    pub method: Ident,
    pub value: Setting,
}

/// The value of an option.
#[derive(Clone, Debug)]
pub enum Setting {
    /// A word of ours and its parameter, `Constant<0.5>`, in a module of the core.
    Word {
        module: &'static str,
        name: &'static str,
        span: Span,
        parameter: Option<TokenStream>,
    },
    Expression(TokenStream),
}

impl Chain {
    /// Of these inputs, with no layer yet.
    pub fn of(inputs: Vec<Input>) -> Self {
        Self { inputs, nodes: Vec::new(), outputs: Vec::new(), errors: Errors::default(), is_plain: false }
    }

    /// All layers have been added, and these mistakes were found.
    pub fn finish(mut self, errors: Errors) -> Self {
        let is_plain = |node: &Node| {
            node.made.shape.known().is_some() && !node.made.is_foreign && node.made.checks.is_empty()
        };
        self.is_plain =
            self.nodes.iter().all(is_plain) && self.inputs.iter().all(|input| input.shape.known().is_some());
        self.errors = errors;
        self
    }

    /// Whether values have names.
    pub fn is_graph(&self) -> bool {
        self.inputs.iter().any(|input| input.name.is_some())
    }

    /// What messages call a layer, with its title.
    pub fn in_full(&self, who: &str, title: &str) -> String {
        if self.is_graph() { format!("{who} (`{title}`)") } else { format!("{who} `{title}`") }
    }

    /// The value that layer `i` makes, counted from 1.
    pub fn value(&self, i: usize) -> Value {
        self.inputs.len() - 1 + i
    }

    /// The layer that makes a value, unless it is an input.
    pub fn maker(&self, value: Value) -> Option<&Node> {
        value.checked_sub(self.inputs.len()).map(|i| &self.nodes[i])
    }

    /// The shape of a value.
    pub fn shape(&self, value: Value) -> &Shape {
        self.maker(value).map_or_else(|| &self.inputs[value].shape, |node| &node.made.shape)
    }

    /// What messages call the maker of a value.
    pub fn who(&self, value: Value) -> String {
        match (self.maker(value), self.inputs.get(value).and_then(|input| input.name.as_ref())) {
            (Some(node), _) => node.who.clone(),
            (None, Some(name)) => format!("the input `{name}`"),
            (None, None) => "the input".into(),
        }
    }

    /// Whether its shape has a name in the expansion. After a mistake it may have none.
    pub fn is_named(&self, value: Value) -> bool {
        match self.maker(value) {
            Some(node) => node.is_named,
            None => !matches!(self.inputs[value].shape, Shape::Lost),
        }
    }

    /// Whether the compiler can check layer `i`, counted from 1.
    pub fn is_checked(&self, i: usize) -> bool {
        let node = &self.nodes[i - 1];
        let known = node.inputs.iter().all(|value| self.is_named(*value));
        known && node.made.sound && !matches!(node.made.kind, Kind::Lost)
    }

    /// The layers that have weights of their own: their numbers from 0.
    pub fn owners(&self) -> impl Iterator<Item = usize> {
        self.nodes.iter().enumerate().filter(|(_, node)| node.shared.is_none()).map(|(i, _)| i)
    }
}

impl Shape {
    pub fn known(&self) -> Option<Dims> {
        if let Self::Known(dims) = self { Some(*dims) } else { None }
    }

    pub fn rank(&self) -> Option<usize> {
        match self {
            Self::Known(dims) => Some(dims.rank),
            Self::Ruled { rank, .. } => *rank,
            Self::Own | Self::Lost => None,
        }
    }

    /// The last size, for people.
    pub fn show_last(&self) -> String {
        let shown = self.show();
        let sizes = shown.trim_matches(['(', ')']);
        sizes.rsplit(", ").next().unwrap_or("..").to_owned()
    }

    /// For people.
    pub fn show(&self) -> String {
        match self {
            Self::Known(dims) => dims.to_string(),
            Self::Ruled { shown, .. } => shown.clone(),
            Self::Own => "(..)".into(),
            Self::Lost => "?".into(),
        }
    }
}

impl Made {
    /// A layer with a mistake in it; what follows is checked against `shape`.
    pub fn lost(shape: Shape) -> Self {
        Self { sound: false, params: None, ..Self::new(Kind::Lost, shape) }
    }

    /// A layer without parameters, options and mistakes.
    pub fn new(kind: Kind, shape: Shape) -> Self {
        Self {
            kind,
            checks: TokenStream::new(),
            calls: Vec::new(),
            shape,
            params: Some(0),
            sound: true,
            is_foreign: false,
        }
    }
}
