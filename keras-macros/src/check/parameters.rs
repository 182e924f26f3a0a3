//! The parameters of activations and initializers.

use proc_macro2::TokenStream;
use quote::quote;

use super::value::float;
use super::words::{BuiltIn, Family};
use crate::diagnostics::{Errors, Message, list, nearest};
use crate::parse::{Argument, Value, Word};

/// The parameters of a word of ours: `LeakyRelu<0.1>`, `Constant(0.5)`, `RandomNormal<stddev = 0.1>`. The
/// outer `None` is a mistake, which has been reported.
#[allow(clippy::option_option)]
pub fn parameters(
    found: &BuiltIn,
    family: &Family,
    word: &Word,
    errors: &mut Errors,
) -> Option<Option<TokenStream>> {
    if let Some((_, call)) = &word.call
        && word.close.is_none()
    {
        return match (found.parameters, call.is_empty()) {
            (_, true) => Some(None),
            ([], false) => too_many(family, found, word, errors),
            (_, false) => Some(Some(call.clone())),
        };
    }
    if word.arguments.is_empty() {
        return Some(None);
    }
    if word.arguments.len() > found.parameters.len() {
        return too_many(family, found, word, errors);
    }
    let mut values = vec![None; found.parameters.len()];
    for (i, argument) in word.arguments.iter().enumerate() {
        let (place, value) = place(found, i, argument, errors)?;
        if values[place].is_some() {
            let text = format!("`{}` is given twice", found.parameters[place].0);
            errors.at(value.span(), Message::new(text).help("write it once"));
            return None;
        }
        values[place] = Some(float(value));
    }
    let values = values.into_iter().zip(found.parameters).map(|(value, &(_, default))| {
        value.unwrap_or_else(|| match default {
            f64::INFINITY => quote!(::core::primitive::f64::INFINITY),
            default => quote!(#default),
        })
    });
    Some(Some(quote!(#(#values),*)))
}

/// Which parameter an argument is for, and its value.
fn place<'a>(
    found: &BuiltIn,
    i: usize,
    argument: &'a Argument,
    errors: &mut Errors,
) -> Option<(usize, &'a Value)> {
    let name = found.name;
    let (place, value) = match argument {
        Argument::Positional(value) => (i, value),
        Argument::Named(named, value) => {
            match found.parameters.iter().position(|(known, _)| named == known) {
                Some(place) => (place, value),
                None => {
                    let message = Message::new(format!("`{name}` has no parameter `{named}`"));
                    let meant = nearest(&named.to_string(), found.parameters.iter().map(|(known, _)| *known));
                    let meant = meant.unwrap_or(found.parameters[0].0);
                    errors.at(
                        named.span(),
                        message.help(format!("write `{name}<{meant} = {}>`", value.show())),
                    );
                    return None;
                }
            }
        }
    };
    if matches!(value, Value::Infer(_) | Value::Literal(_) | Value::List(_)) {
        let parameter = found.parameters[place].0;
        let message = Message::new(format!("expected a number for `{name}`, but found `{}`", value.show()));
        errors.at(value.span(), message.help(format!("write `{name}`, or `{name}<{parameter} = 0.5>`")));
        return None;
    }
    Some((place, value))
}

#[allow(clippy::option_option)]
fn too_many(
    family: &Family,
    found: &BuiltIn,
    word: &Word,
    errors: &mut Errors,
) -> Option<Option<TokenStream>> {
    let (what, name) = (family.what, found.name);
    let message = match found.parameters {
        [] => Message::new(format!("the {what} `{name}` takes no parameter")).help(format!("write `{name}`")),
        [(parameter, _)] => Message::new(format!("`{name}` takes one parameter, {parameter}"))
            .help(format!("write `{name}<0.5>`, say")),
        [(first, _), ..] => {
            let names = list(found.parameters.iter().map(|(name, _)| *name));
            Message::new(format!("`{name}` takes {} parameters, {names}", found.parameters.len()))
                .help(format!("write `{name}<{first} = 0.5>`, say"))
        }
    };
    errors.over(word.whole(), message);
    None
}
