//! Tokens to words. Nothing is judged here beyond the grammar, and every span is kept.

mod argument;
mod layer;
mod model;

use proc_macro2::TokenStream;
use syn::parse::Parser;

pub use argument::{Argument, Value, Word};
pub use layer::Layer;
pub use model::{Form, Sequential};

use crate::diagnostics::Errors;

/// Reads `sequential!`'s tokens. Where the list of layers breaks off, the words before are kept.
pub fn sequential(tokens: TokenStream) -> Result<Sequential, Errors> {
    Sequential::parse.parse2(tokens).map_err(|error| {
        let mut errors = Errors::default();
        errors.push(error);
        errors
    })
}
