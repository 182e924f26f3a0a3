//! `static_model!`: a chain of layers with its weights, for small targets.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Error, LitStr};

use crate::check::Chain;
use crate::diagnostics::Errors;
use crate::parse::{Form, Sequential};
use crate::{check, expand, parse};

const USAGE: &str =
    "usage: static_model! { pub struct Net< Dense<100, 64, Relu>, Dense<64, 1> > = \"net.safetensors\" }";

pub fn model(tokens: TokenStream) -> TokenStream {
    match checked(tokens) {
        Ok((model, chain, path)) if chain.errors.is_empty() => expand::small::model(&model, &chain, &path),
        Ok((model, chain, _)) => expand::small::stub(&model, &chain.errors),
        Err(errors) => errors.to_items(),
    }
}

/// The model with all that is wrong with it, and the path of its weights.
pub fn checked(tokens: TokenStream) -> Result<(Sequential, Chain, LitStr), Errors> {
    let one = |error| {
        let mut errors = Errors::default();
        errors.push(error);
        errors
    };
    let (layers, path) = split(tokens).map_err(one)?;
    let model = parse::sequential(layers)?;
    if model.form == Form::Expression {
        let text = "a model for small targets has a name: expected `struct Net< .. >`";
        return Err(one(Error::new(model.open, format!("{text}\n{USAGE}"))));
    }
    let mut chain = check::sequential(&model);
    if chain.errors.is_empty() {
        let mut errors = Errors::default();
        expand::small::check(&chain, &mut errors);
        chain.errors = errors;
    }
    Ok((model, chain, path))
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
