//! `static_model!`: a chain of layers with its weights, for small targets.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Error, LitStr};

use crate::{check, expand, parse};

const USAGE: &str =
    "usage: static_model! { pub struct Net< Dense<100, 64, Relu>, Dense<64, 1> > = \"net.safetensors\" }";

pub fn model(tokens: TokenStream) -> TokenStream {
    let (layers, path) = match split(tokens) {
        Ok(both) => both,
        Err(error) => return error.to_compile_error(),
    };
    let model = match parse::sequential(layers) {
        Ok(model) => model,
        Err(errors) => return errors.to_items(),
    };
    if model.form == parse::Form::Expression {
        let text = "a model for small targets has a name: expected `struct Net< .. >`";
        return Error::new(model.open, format!("{text}\n{USAGE}")).to_compile_error();
    }
    let mut chain = check::sequential(&model);
    if chain.errors.is_empty() {
        let mut errors = core::mem::take(&mut chain.errors);
        expand::small::check(&chain, &mut errors);
        chain.errors = errors;
    }
    if chain.errors.is_empty() {
        expand::small::model(&model, &chain, &path)
    } else {
        expand::small::stub(&model, &chain.errors)
    }
}

/// What stands before `= "path"`, and the path.
fn split(tokens: TokenStream) -> syn::Result<(TokenStream, LitStr)> {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |token: Option<&TokenTree>, c: char| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == c);
    if is(tokens.last(), ';') {
        tokens.pop();
    }
    let path = tokens.pop();
    let span = path.as_ref().map_or_else(proc_macro2::Span::call_site, TokenTree::span);
    let path = path.and_then(|token| syn::parse2::<LitStr>(token.into()).ok());
    match path {
        Some(path) if is(tokens.last(), '=') => {
            tokens.pop();
            Ok((tokens.into_iter().collect(), path))
        }
        _ => {
            let text = "expected `= \"weights.safetensors\"` behind the layers: the file of `save_weights`";
            Err(Error::new(span, format!("{text}\n{USAGE}")))
        }
    }
}
