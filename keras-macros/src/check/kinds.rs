//! What kind of value stands where.

use keras_shapes::MOST_AXES;

use super::site::Site;
use super::spec::{Slot, Spec, Takes};
use super::words::{ACTIVATIONS, Found, INITIALIZERS, INTERPOLATIONS, PADDINGS, is_lower};
use crate::diagnostics::{Errors, Message};
use crate::parse::Value;

/// Whether a value can stand in a slot; if not, it says so.
pub fn fits(site: &Site<'_>, spec: &Spec, slot: &Slot, value: &Value, errors: &mut Errors) -> bool {
    if accepts(slot.takes, value) {
        return true;
    }
    let expected = slot.takes.describe();
    let found = match value {
        value if is_activation(value) => format!("the activation `{}`", value.show()),
        value if is_initializer(value) => format!("the initializer `{}`", value.show()),
        value => format!("`{}`", value.show()),
    };
    let message = if matches!(value, Value::Infer(_)) {
        let inputs = spec.positional.iter().find(|slot| slot.takes == Takes::Inputs);
        let text = match inputs {
            Some(inputs) => {
                format!("`_` can stand for the {} only, not for the {}", inputs.name, slot.name)
            }
            None => format!("`_` cannot stand for the {}", slot.name),
        };
        Message::new(format!("{}: {text}", site.who())).help(format!("write {expected}"))
    } else {
        let place = match slot.takes {
            Takes::Activation => String::new(),
            Takes::Size | Takes::Inputs | Takes::Pair | Takes::Real(_) => format!(" for the {}", slot.name),
            Takes::Flag
            | Takes::Switch
            | Takes::Initializer
            | Takes::Regularizer
            | Takes::Constraint
            | Takes::Padding
            | Takes::Interpolation
            | Takes::Axis
            | Takes::Axes
            | Takes::AnyAxes => {
                format!(" for `{}`", slot.name)
            }
        };
        let message = Message::new(format!("{}: expected {expected}{place}, but found {found}", site.who()));
        match (value, option_for(value, spec)) {
            (Value::Number(number), _) if slot.takes.is_size() => message.help(number.size_help()),
            (Value::Literal(syn::Lit::Str(text)), _) => match unquoted(slot.takes, &text.value()) {
                Some(word) => message.help(format!("write `{word}`")),
                None => message,
            },
            (_, Some(help)) if slot.takes == Takes::Activation => message.help(help),
            _ => message,
        }
    };
    errors.over(value.point(), message.usage(spec.usage));
    false
}

fn accepts(takes: Takes, value: &Value) -> bool {
    let infer = matches!(value, Value::Infer(_));
    let size = is_size(value) || is_plain_word(value) && !is_activation(value);
    match takes {
        Takes::Inputs => size,
        Takes::Size => size && !infer,
        // What stands in a list is looked at one by one.
        Takes::Pair => size && !infer || matches!(value, Value::List(_)),
        Takes::Activation => matches!(value, Value::Word(_)) && !is_initializer(value) && !is_padding(value),
        Takes::Real(_) => is_plain_word(value) || matches!(value, Value::Number(_) | Value::Block(_)),
        Takes::Flag => is_plain_word(value) || is_bool(value) || matches!(value, Value::Block(_)),
        Takes::Switch => is_bool(value),
        Takes::Axis => is_axis(value),
        Takes::Axes => match value {
            Value::List(list) => list.values.len() == 2 && list.values.iter().all(is_axis),
            value => is_axis(value),
        },
        Takes::AnyAxes => match value {
            Value::List(list) => {
                (1..=MOST_AXES).contains(&list.values.len()) && list.values.iter().all(is_axis)
            }
            value => is_axis(value),
        },
        Takes::Initializer | Takes::Regularizer | Takes::Constraint => {
            let other = matches!(value, Value::List(_) | Value::Literal(syn::Lit::Str(_)));
            !infer && !other && !is_activation(value)
        }
        Takes::Padding | Takes::Interpolation => {
            is_plain_word(value) || matches!(value, Value::Literal(syn::Lit::Str(_)))
        }
    }
}

/// The word that a string stands for, as options do in Python.
fn unquoted(takes: Takes, text: &str) -> Option<&'static str> {
    match takes.functions()?.find(text) {
        Found::Exact(word) | Found::Near(word) => Some(word.name),
        Found::No => None,
    }
}

/// The option that a value without a name was probably meant for.
pub fn option_for(value: &Value, spec: &Spec) -> Option<String> {
    let shown = value.show();
    let meant = spec.options.iter().find(|slot| match slot.takes {
        Takes::Pair => is_size(value) || matches!(value, Value::List(_)),
        Takes::Real(_) => matches!(value, Value::Number(_)),
        Takes::Flag | Takes::Switch => is_bool(value),
        Takes::Padding => is_padding(value),
        Takes::Interpolation => {
            let name = value.word().and_then(|word| word.single());
            name.is_some_and(|name| INTERPOLATIONS.exact(&name).is_some())
        }
        _ => false,
    })?;
    let option = meant.name;
    Some(match meant.takes {
        Takes::Padding => {
            let found = value.word().map(|word| PADDINGS.find(&word.name().to_string()));
            match found {
                Some(Found::Exact(word) | Found::Near(word)) => format!("write `{option} = {}`", word.name),
                _ => format!("write `{option} = {shown}`"),
            }
        }
        Takes::Pair if is_size(value) => {
            format!("write `{option} = {shown}`, or a pair `(height, width)` for the size of the window")
        }
        _ => format!("write `{option} = {shown}`"),
    })
}

/// `1`, `-1`
fn is_axis(value: &Value) -> bool {
    matches!(value, Value::Number(number) if number.int().is_some())
}

fn is_bool(value: &Value) -> bool {
    matches!(value, Value::Literal(syn::Lit::Bool(_)))
}

pub fn is_size(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.size().is_some(),
        Value::Infer(_) | Value::Block(_) => true,
        Value::Literal(_) | Value::Word(_) | Value::List(_) => false,
    }
}

/// A path alone: perhaps a const.
pub fn is_plain_word(value: &Value) -> bool {
    value.word().is_some_and(|word| word.close.is_none() && word.call.is_none())
}

pub fn is_activation(value: &Value) -> bool {
    let Some(name) = value.word().and_then(|word| word.single()) else { return false };
    matches!(ACTIVATIONS.find(&name), Found::Exact(_))
}

pub fn is_initializer(value: &Value) -> bool {
    let Some(name) = value.word().and_then(|word| word.single()) else { return false };
    matches!(INITIALIZERS.find(&name), Found::Exact(_))
}

/// `Same`, `same`, but not somebody's own `SAme`.
fn is_padding(value: &Value) -> bool {
    let Some(name) = value.word().and_then(|word| word.single()) else { return false };
    match PADDINGS.find(&name) {
        Found::Exact(_) => true,
        Found::Near(_) => is_lower(&name),
        Found::No => false,
    }
}
