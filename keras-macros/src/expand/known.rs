//! The numbers behind names and expressions in a layer's words. Files need them: the words alone say `UNITS`.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::names::private;
use crate::check::{Kind, Node, Setting, Size, TypeArgument};

/// The call that adds them to the layer's entry, where there are any.
pub fn known(layer: &Node) -> TokenStream {
    let (p, mut all) = (private(), Vec::new());
    let mut add = |name: &str, number: &TokenStream| {
        all.push(quote!(__keras_each(#name, #p::Number::number(#number));));
    };
    if let Kind::BuiltIn(_, arguments) = &layer.made.kind {
        for argument in arguments {
            let sizes = match argument {
                TypeArgument::Size(checked) => core::slice::from_ref(checked),
                TypeArgument::Window(sizes) => sizes,
                TypeArgument::Flag(tokens) if !is_literal(tokens) => {
                    add(&tokens.to_string(), tokens);
                    continue;
                }
                _ => continue,
            };
            for size in sizes.iter().map(|checked| &checked.plain) {
                if let Size::Expression(tokens, _, shown) = size {
                    add(shown, tokens);
                }
            }
        }
    }
    for call in layer.made.calls.iter().filter(|_| !matches!(layer.made.kind, Kind::Own(_))) {
        let name = call.method.to_string();
        let is_object = ["activation", "initializer", "regularizer", "constraint"].iter();
        let is_object = is_object.into_iter().any(|end| name.ends_with(end));
        match &call.value {
            Setting::Expression(tokens) if !is_object && !is_literal(tokens) => add(&name, tokens),
            Setting::Word { parameter: Some(tokens), .. } if !is_literal(tokens) => {
                for number in commas(tokens) {
                    add(&name, &number);
                }
            }
            _ => {}
        }
    }
    if all.is_empty() {
        return TokenStream::new();
    }
    quote!(.knowing(#p::Known::new(|__keras_each| { #(#all)* })))
}

/// Whether it is nothing but numbers and flags.
fn is_literal(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().all(|token| match token {
        TokenTree::Literal(_) => true,
        TokenTree::Punct(punct) => matches!(punct.as_char(), '-' | ','),
        TokenTree::Ident(word) => word == "true" || word == "false",
        TokenTree::Group(_) => false,
    })
}

/// What stands between commas.
fn commas(tokens: &TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in tokens.clone() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => parts.push(TokenStream::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.extend([token.clone()])),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}
