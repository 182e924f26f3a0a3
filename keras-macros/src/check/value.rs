//! Values of arguments: activations and initializers, with their parameters.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::bind::Bound;
use super::chain::{Call, Setting};
use super::kind::Activation;
use super::parameters::parameters;
use super::spec::Takes;
use super::words::{ACTIVATIONS, BuiltIn, Family, Found, INITIALIZERS, is_lower};
use crate::diagnostics::{Errors, Message, list};
use crate::parse::{Value, Word};

/// A number as an expression of type `f64`.
pub fn float(value: &Value) -> TokenStream {
    match value {
        Value::Number(number) => number.float_tokens(),
        value => value.to_token_stream(),
    }
}

/// The activation of a layer that has one, linear if it is not given, and the call that sets its
/// parameter.
pub fn activation_of(bound: &Bound<'_>, errors: &mut Errors) -> (Activation, Vec<Call>) {
    match bound.get("activation").and_then(|value| activation(value, errors)) {
        Some((activation, call)) => (activation, call.into_iter().collect()),
        None => (Activation::BuiltIn("Linear", Span::call_site()), Vec::new()),
    }
}

/// The calls that set a layer's initializers, regularizers and constraints.
pub fn functions(bound: &Bound<'_>, errors: &mut Errors) -> Vec<Call> {
    let mut calls = Vec::new();
    let functions = [Takes::Initializer, Takes::Regularizer, Takes::Constraint];
    for option in bound.spec.options.iter().filter(|slot| functions.contains(&slot.takes)) {
        if let Some(value) = bound.get(option.name)
            && let Some(setting) = setting(value, option.takes.functions(), errors)
        {
            calls.push(call(option.name, bound.span(option.name), setting));
        }
    }
    calls
}

/// An activation as a type, and the call that sets its parameter if it has one.
pub fn activation(value: &Value, errors: &mut Errors) -> Option<(Activation, Option<Call>)> {
    let word = value.word()?;
    let own = || (own_type(word), own_value(word));
    let built_in = match word.single().map(|name| (ACTIVATIONS.find(&name), name)) {
        Some((Found::Exact(found), _)) => found,
        Some((Found::Near(near), name)) => {
            unknown(&ACTIVATIONS, word, &name, near, errors);
            near
        }
        Some((Found::No, name)) if is_lower(&name) => {
            let message = Message::new(format!("unknown activation `{name}`"));
            errors
                .at(word.span(), message.help(format!("the activations are {}", list(ACTIVATIONS.names()))));
            return None;
        }
        _ => {
            let (ty, value) = own();
            let call = value.map(|value| call("activation", word.span(), Setting::Expression(value)));
            return Some((Activation::Own(ty), call));
        }
    };
    let parameter = parameters(built_in, &ACTIVATIONS, word, errors)?;
    let call = parameter.map(|parameter| {
        let (module, name, span) = (ACTIVATIONS.module, built_in.name, word.span());
        call("activation", span, Setting::Word { module, name, span, parameter: Some(parameter) })
    });
    Some((Activation::BuiltIn(built_in.name, word.span()), call))
}

/// An option's value: a word of ours, or any expression.
pub fn setting(value: &Value, family: Option<&Family>, errors: &mut Errors) -> Option<Setting> {
    let word = match value {
        Value::Word(word) => word,
        value => return Some(Setting::Expression(value.to_token_stream())),
    };
    let Some(name) = word.single() else {
        // `Constant::new(0.5)` begins with a word of ours, too.
        return Some(Setting::Expression(qualified(word).unwrap_or_else(|| word.expression())));
    };
    let families = [&ACTIVATIONS, &INITIALIZERS];
    let (family, found) = match family {
        Some(family) => (family, family.find(&name)),
        None => {
            match families.into_iter().find_map(|family| family.exact(&name).map(|word| (family, word))) {
                Some((family, word)) => (family, Found::Exact(word)),
                None => return Some(Setting::Expression(word.expression())),
            }
        }
    };
    let built_in = match found {
        Found::Exact(found) => found,
        Found::Near(near) => {
            unknown(family, word, &name, near, errors);
            near
        }
        Found::No => return Some(Setting::Expression(word.expression())),
    };
    let parameter = parameters(built_in, family, word, errors)?;
    Some(Setting::Word { module: family.module, name: built_in.name, span: word.span(), parameter })
}

/// A call of a method on a layer's default value.
pub fn call(method: &str, span: Span, value: Setting) -> Call {
    Call { method: syn::Ident::new(method, span), value }
}

fn unknown(family: &Family, word: &Word, name: &str, near: &BuiltIn, errors: &mut Errors) {
    let what = family.what;
    let message = Message::new(format!("unknown {what} `{name}`; did you mean `{}`?", near.name));
    let help = format!("write `{}`, or `self::{name}` for your own {what} of that name", near.name);
    errors.at(
        word.span(),
        if is_lower(name) { message.help(format!("write `{}`", near.name)) } else { message.help(help) },
    );
}

/// `Constant::new(0.5)` with the core's path before it.
fn qualified(word: &Word) -> Option<TokenStream> {
    let first = &word.path.segments.first()?.ident;
    if word.path.leading_colon.is_some() || word.path.segments.len() != 2 {
        return None;
    }
    let family = [&ACTIVATIONS, &INITIALIZERS].into_iter().find(|f| f.exact(&first.to_string()).is_some())?;
    let (module, span) = (syn::Ident::new(family.module, first.span()), first.span());
    let expression = word.expression();
    Some(quote_spanned!(span=> ::keras_core::__private::#module::#expression))
}

/// The type of a person's own activation, which may be written as a value: `Swish(2.0)`, `Swish::new(2.0)`.
fn own_type(word: &Word) -> TokenStream {
    if word.call.is_none() {
        return word.to_token_stream();
    }
    let mut path = word.path.clone();
    if path.segments.len() > 1 && is_lower(&word.name().to_string()) {
        path.segments.pop();
        path.segments.pop_punct();
    }
    let bare = Word { path, arguments: Vec::new(), close: None, call: None };
    quote!(#bare)
}

fn own_value(word: &Word) -> Option<TokenStream> {
    word.call.is_some().then(|| word.expression())
}
