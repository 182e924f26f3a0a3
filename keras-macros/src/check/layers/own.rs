use keras_shapes::Dims;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::super::chain::{Call, Made, Shape};
use super::super::kind::Kind;
use super::super::site::Site;
use super::super::value::setting;
use crate::diagnostics::{Errors, Message};
use crate::parse::{Argument, Value, shown};

/// A person's own layer: its type as it stands, resolved and checked by the compiler.
pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let word = &site.layer.word;
    if let Some((_, call)) = &word.call {
        let message = Message::new(format!("{}: a layer's arguments stand between `<` and `>`", site.who()));
        errors.at(word.span(), message.help(format!("write `{}<{}>`", word.name(), shown(call))));
    }
    let (mut arguments, mut calls) = (Vec::new(), Vec::new());
    for argument in &word.arguments {
        match argument {
            Argument::Positional(Value::Infer(token)) => arguments.push(infer(site, token.span)),
            Argument::Positional(value) => arguments.push(value.to_token_stream()),
            Argument::Named(name, value) => {
                if let Some(value) = setting(value, None, errors) {
                    calls.push(Call { method: name.clone(), value });
                }
            }
        }
    }
    if errors.len() > before || matches!(site.from(), Shape::Lost) {
        return Made { sound: errors.len() == before, ..Made::lost(Shape::Lost) };
    }
    let path = &word.path;
    let ty = match word.close {
        Some(close) if !arguments.is_empty() => {
            let span = word.span();
            let end = quote_spanned!(close=> >);
            let start = quote_spanned!(span=> <);
            let comma = quote_spanned!(span=> ,);
            let arguments = arguments.into_iter().map(|argument| quote!(#argument #comma));
            quote!(#path #start #(#arguments)* #end)
        }
        _ => quote!(#path),
    };
    Made { calls, params: None, ..Made::new(Kind::Own(ty), Shape::Own) }
}

/// `_` in a person's own layer is the last size of what comes in.
fn infer(site: &Site<'_>, span: proc_macro2::Span) -> TokenStream {
    match site.known().map(Dims::last) {
        Some(last) => {
            let mut literal = proc_macro2::Literal::usize_unsuffixed(last);
            literal.set_span(span);
            literal.into_token_stream()
        }
        None => {
            let dims = site.dims();
            quote_spanned!(span=> { #dims.last() })
        }
    }
}
