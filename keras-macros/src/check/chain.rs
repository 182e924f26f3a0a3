use keras_shapes::Dims;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Attribute;

use crate::diagnostics::Errors;

/// A model as far as the macro understands it.
#[derive(Debug)]
pub struct Chain {
    pub input: Input,
    pub nodes: Vec<Node>,
    pub errors: Errors,
}

/// What the model is given.
#[derive(Debug)]
pub struct Input {
    /// `Input<28, 28, 1>`, also where the first layer says it.
    pub title: String,
    pub shape: Shape,
    pub span: Span,
}

/// One layer at its place.
#[derive(Debug)]
pub struct Node {
    /// As written: `Dense<100, 64, Relu>`.
    pub title: String,
    /// Unique in the model.
    pub name: String,
    /// The name it was given, if it was.
    pub given: Option<Ident>,
    pub docs: Vec<Attribute>,
    /// Where to point at it.
    pub span: Span,
    pub made: Made,
}

/// What the check of one layer found out.
#[derive(Debug)]
pub struct Made {
    pub kind: Kind,
    /// Calls on the layer's default value.
    pub calls: Vec<Call>,
    pub shape: Shape,
    /// How many parameters it has, where the macro can tell.
    pub params: Option<usize>,
    /// Whether no mistake was found in it.
    pub sound: bool,
}

/// Which layer it is, with what its type needs.
#[derive(Debug)]
pub enum Kind {
    Dense {
        inputs: Size,
        units: Size,
        activation: Activation,
        bias: Option<TokenStream>,
    },
    Activation(Activation),
    /// The rate, if a const evaluation has to look at it.
    Dropout {
        rate: Option<(TokenStream, Span)>,
    },
    Flatten,
    /// Where to compare the numbers of elements, if a const evaluation has to.
    Reshape {
        compare: Option<TokenStream>,
    },
    /// A person's own.
    Own(TokenStream),
    /// A mistake was found; there is no type.
    Lost,
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

/// A size in the list of arguments.
#[derive(Clone, Debug)]
pub enum Size {
    Number(usize, Span),
    /// A const or a const expression, and how it was written.
    Expression(TokenStream, Span, String),
    /// `_` that the macro cannot resolve.
    Infer(Span),
}

/// An activation as a type argument.
#[derive(Clone, Debug)]
pub enum Activation {
    BuiltIn(&'static str, Span),
    Own(TokenStream),
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

impl Size {
    pub fn number(&self) -> Option<usize> {
        if let Self::Number(number, _) = self { Some(*number) } else { None }
    }

    pub fn span(&self) -> Span {
        match self {
            Self::Number(_, span) | Self::Expression(_, span, _) | Self::Infer(span) => *span,
        }
    }

    /// As an expression.
    pub fn value(&self) -> TokenStream {
        match self {
            Self::Number(number, _) => quote!(#number),
            Self::Expression(tokens, ..) => tokens.clone(),
            Self::Infer(_) => quote!(0),
        }
    }

    pub fn show(&self) -> String {
        match self {
            Self::Number(number, _) => number.to_string(),
            Self::Expression(_, _, text) => text.clone(),
            Self::Infer(_) => "_".into(),
        }
    }
}

impl Made {
    /// A layer with a mistake in it; what follows is checked against `shape`.
    pub fn lost(shape: Shape) -> Self {
        Self { kind: Kind::Lost, calls: Vec::new(), shape, params: None, sound: false }
    }
}
