//! Tokens to words. Nothing is judged here beyond the grammar, and every span is kept.

mod argument;
mod block;
mod compile;
mod graph;
mod inner;
mod layer;
mod list;
mod model;
mod number;
mod word;

use proc_macro2::TokenStream;
use syn::parse::Parser;

pub use argument::{Argument, Value, shown};
pub use compile::{Compile, Named};
pub use graph::{Call, Graph, Operand, Statement};
pub use inner::Inner;
pub use layer::Layer;
pub use list::List;
pub use model::{Form, Sequential};
pub use word::Word;

use crate::diagnostics::Errors;

/// Reads `sequential!`'s tokens. Where the list of layers breaks off, the words before are kept.
pub fn sequential(tokens: TokenStream) -> Result<Sequential, Errors> {
    Sequential::parse.parse2(tokens).map_err(|error| {
        let mut errors = Errors::default();
        errors.push(error);
        errors
    })
}

/// Reads `model!`'s tokens. Where the statements break off, those before are kept.
pub fn graph(tokens: TokenStream) -> Result<Graph, Errors> {
    Graph::parse.parse2(tokens).map_err(|error| {
        let mut errors = Errors::default();
        errors.push(error);
        errors
    })
}

/// Reads `compile!`'s tokens. Where the arguments break off, those before are kept.
pub fn compile(tokens: TokenStream) -> Result<Compile, Errors> {
    syn::parse2(tokens).map_err(|error| {
        let mut errors = Errors::default();
        errors.push(error);
        errors
    })
}
