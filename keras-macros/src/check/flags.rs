//! Flags, and options that are one of a few words.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::bind::Bound;
use super::words::{Family, Found};
use crate::diagnostics::{Errors, Message, list};
use crate::parse::Value;

/// A flag, with its value where the macro knows it. They are all true where they are not given.
pub fn flag(bound: &Bound<'_>, option: &str) -> (TokenStream, Option<bool>) {
    let Some(value) = bound.get(option) else { return (quote!(true), Some(true)) };
    match value {
        Value::Literal(syn::Lit::Bool(literal)) => (quote!(#literal), Some(literal.value)),
        value if value.word().is_some() => (quote!({ #value }), None),
        value => (quote!(#value), None),
    }
}

/// A flag that must be known. They are all false where they are not given.
pub fn switch(bound: &Bound<'_>, option: &str) -> bool {
    matches!(bound.get(option), Some(Value::Literal(syn::Lit::Bool(literal))) if literal.value)
}

/// One of the words that the option can be, the first where it is not given. `None` is a mistake,
/// which has been reported.
pub fn word(bound: &Bound<'_>, option: &str, at: Span, errors: &mut Errors) -> Option<(&'static str, Span)> {
    let family: &Family = bound.spec.find(option)?.takes.family()?;
    let Some(value) = bound.get(option) else { return Some((family.words[0].name, at)) };
    let (name, quoted) = match value {
        Value::Literal(syn::Lit::Str(text)) => (text.value(), true),
        Value::Word(word) => (word.name().to_string(), false),
        _ => return None,
    };
    let (what, shown) = (family.what, value.show());
    match family.find(&name) {
        Found::Exact(found) if !quoted => return Some((found.name, value.span())),
        Found::Exact(found) | Found::Near(found) => {
            let text = format!("unknown {what} `{shown}`; did you mean `{}`?", found.name);
            errors.at(value.span(), Message::new(text).help(format!("write `{option} = {}`", found.name)));
        }
        Found::No => {
            let help = format!("the {what}s are {}", list(family.names()));
            errors.at(value.span(), Message::new(format!("unknown {what} `{shown}`")).help(help));
        }
    }
    None
}
