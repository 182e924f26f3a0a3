use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use super::Message;

/// All mistakes found, in the order of the source.
#[derive(Debug, Default)]
pub struct Errors(Vec<syn::Error>);

impl Errors {
    /// A mistake at one token.
    pub fn at(&mut self, span: Span, message: Message) {
        self.0.push(syn::Error::new(span, message));
    }

    /// A mistake over several tokens.
    pub fn over(&mut self, tokens: impl ToTokens, message: Message) {
        self.0.push(syn::Error::new_spanned(tokens, message));
    }

    /// What the parser said.
    pub fn push(&mut self, error: syn::Error) {
        self.0.push(error);
    }

    /// Whether something was said at this place.
    pub fn texts_at(&self, span: Span) -> bool {
        self.0.iter().any(|error| format!("{:?}", error.span()) == format!("{span:?}"))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The messages, for tests and for an error that has all of them.
    #[cfg(any(test, feature = "keras-files"))]
    pub fn texts(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }

    /// One of them, as an item or an expression.
    pub fn nth(&self, i: usize) -> TokenStream {
        self.0.get(i).map(syn::Error::to_compile_error).unwrap_or_default()
    }

    /// All of them as items.
    pub fn to_items(&self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }

    /// The first as an expression, the others as items. A const made of the first one is known to
    /// be wrong, so that nothing that depends on it is reported again.
    pub fn split(&self) -> (TokenStream, TokenStream) {
        let mut all = self.0.iter().map(syn::Error::to_compile_error);
        (all.next().unwrap_or_default(), all.collect())
    }
}
