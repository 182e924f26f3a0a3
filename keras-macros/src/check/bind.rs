//! Which argument goes where.

use proc_macro2::Span;

use super::kinds::{fits, is_activation, is_initializer, is_size, option_for};
use super::site::Site;
use super::spec::{Slot, Spec, Takes};
use crate::diagnostics::{Errors, Message, list, nearest};
use crate::parse::{Argument, Value, shown};

/// The arguments of a layer, each in its place.
pub struct Bound<'a> {
    pub spec: &'static Spec,
    values: Vec<(&'static str, &'a Value, Span)>,
}

impl<'a> Bound<'a> {
    /// What was given for a slot.
    pub fn get(&self, slot: &str) -> Option<&'a Value> {
        self.values.iter().find(|(name, ..)| *name == slot).map(|(_, value, _)| *value)
    }

    /// Where a slot is named, or else what was given for it.
    pub fn span(&self, slot: &str) -> Span {
        self.values.iter().find(|(name, ..)| *name == slot).map_or_else(Span::call_site, |(.., span)| *span)
    }

    fn set(&mut self, slot: &'static Slot, value: &'a Value, span: Span) {
        self.values.push((slot.name, value, span));
    }
}

/// Sorts the arguments of a built-in layer. What does not fit is reported and left out.
pub fn bind<'a>(site: &Site<'a>, spec: &'static Spec, errors: &mut Errors) -> Bound<'a> {
    let before = errors.len();
    let mut bound = Bound { spec, values: Vec::new() };
    let mut positional = Vec::new();
    for argument in &site.layer.word.arguments {
        match argument {
            Argument::Positional(value) => positional.push(value),
            Argument::Named(name, value) => option(&mut bound, site, name, value, errors),
        }
    }
    if let Some((_, call)) = &site.layer.word.call {
        let written = format!("`{}<{}>`", spec.layer, shown(call));
        let message = Message::new(format!("the arguments of `{}` stand between `<` and `>`", spec.layer));
        errors.at(site.span(), message.help(format!("write {written}")).usage(spec.usage));
        return bound;
    }
    if lacks_inputs(&bound, &positional) {
        let (what, written) = (spec.positional[0].name, site.layer.word.arguments.iter().map(Argument::show));
        let written: Vec<String> = written.collect();
        let message = Message::new(format!("{} lacks its {what}", site.who_in_full()));
        let help = format!("write `{}<_, {}>`: `_` is the number of {what}", spec.layer, written.join(", "));
        errors.over(site.layer.word.whole(), message.help(help).usage(spec.usage));
        return bound;
    }
    reorder(&mut positional, site, spec, errors);
    places(&mut bound, site, &positional, errors);
    if errors.len() == before {
        missing(&bound, site, errors);
    }
    bound
}

fn option<'a>(
    bound: &mut Bound<'a>,
    site: &Site<'_>,
    name: &syn::Ident,
    value: &'a Value,
    errors: &mut Errors,
) {
    let spec = bound.spec;
    let Some(slot) = spec.find(&name.to_string()) else {
        let mut message = Message::new(format!("`{}` has no option `{name}`", spec.layer));
        if let Some(meant) = meant(&name.to_string(), value, spec) {
            message =
                Message::new(format!("`{}` has no option `{name}`; did you mean `{meant}`?", spec.layer));
            message = message.help(format!("write `{meant} = {}`", value.show()));
        } else if let ([slot], true) = (spec.positional, spec.options.is_empty() && looks_right(spec, value))
        {
            message = message.help(format!("write `{} = {}`", slot.name, value.show()));
        } else if spec.options.is_empty() {
            message = message.help("leave it out: it has no options");
        } else {
            message = message.help(format!("its options are {}", list(spec.options.iter().map(|s| s.name))));
        }
        return errors.at(name.span(), message.usage(spec.usage));
    };
    if let Some(first) = bound.get(slot.name) {
        let message = Message::new(format!("{}: `{name}` is given twice", site.who()));
        let help = format!("remove `{name} = {}` or `{name} = {}`", first.show(), value.show());
        return errors.at(name.span(), message.help(help));
    }
    if fits(site, spec, slot, value, errors) {
        bound.set(slot, value, name.span());
    }
}

/// Whether a value could be the one that the layer takes.
fn looks_right(spec: &Spec, value: &Value) -> bool {
    matches!(spec.positional, [slot] if slot.takes.is_size())
        && matches!(value, Value::Number(_) | Value::List(_))
}

/// The option that was probably meant by a name that is none.
fn meant(name: &str, value: &Value, spec: &Spec) -> Option<&'static str> {
    if let Some(whole) = nearest(name, spec.names()) {
        return Some(whole);
    }
    // `bais` for `use_bias`: all of its parts are parts of the option's name.
    let is_part = |part: &str, slot: &Slot| nearest(part, slot.name.split('_')).is_some();
    let fits = |slot: &&Slot| name.split('_').all(|part| is_part(part, slot));
    let initializer = is_initializer(value);
    let mut options: Vec<&Slot> = spec.options.iter().chain(spec.positional).filter(fits).collect();
    // `bias = Ones` is about the initializer.
    options.sort_by_key(|slot| (slot.takes == Takes::Initializer) != initializer);
    options.first().map(|slot| slot.name)
}

/// Sizes come first, then the activation. Where they only stand in another order, that is one mistake.
fn reorder(positional: &mut [&Value], site: &Site<'_>, spec: &Spec, errors: &mut Errors) {
    let first = positional.iter().position(|value| is_activation(value));
    let last_size = positional.iter().rposition(|value| is_size(value) || matches!(value, Value::List(_)));
    let sizes = spec.positional.iter().filter(|slot| slot.takes.is_size()).count();
    let (Some(first), Some(last_size)) = (first, last_size) else { return };
    let given = positional.iter().filter(|value| !is_activation(value)).count();
    if first > last_size || sizes == 0 || given != sizes || given + 1 != positional.len() {
        return;
    }
    let at = positional[first];
    positional.sort_by_key(|value| is_activation(value));
    let right: Vec<String> = positional
        .iter()
        .map(|value| value.show())
        .chain(site.layer.word.arguments.iter().filter_map(|argument| match argument {
            Argument::Named(..) => Some(argument.show()),
            Argument::Positional(_) => None,
        }))
        .collect();
    let message = Message::new(format!(
        "{}: the sizes come first, then the activation `{}`",
        site.who_in_full(),
        at.show()
    ));
    errors.at(
        at.span(),
        message.help(format!("write `{}<{}>`", spec.layer, right.join(", "))).usage(spec.usage),
    );
}

fn places<'a>(bound: &mut Bound<'a>, site: &Site<'_>, positional: &[&'a Value], errors: &mut Errors) {
    let spec = bound.spec;
    if let Some(extra) = positional.get(spec.positional.len()) {
        let message = match spec.positional.len() {
            0 => format!("`{}` takes no arguments, but {} given", spec.layer, count(positional.len())),
            1 => format!("`{}` takes 1 argument, but {} given", spec.layer, count(positional.len())),
            n => {
                format!("`{}` takes at most {n} arguments, but {} given", spec.layer, count(positional.len()))
            }
        };
        let message = Message::new(format!("{}: {message}", site.who()));
        let help = option_for(extra, spec).unwrap_or_else(|| format!("leave out `{}`", extra.show()));
        let message = message.help(help);
        errors.at(extra.span(), message.usage(spec.usage));
    }
    for (slot, value) in spec.positional.iter().zip(positional) {
        if let Some(first) = bound.get(slot.name) {
            let message = Message::new(format!("{}: `{}` is given twice", site.who(), slot.name));
            let message = message.help(format!("remove `{} = {}`", slot.name, first.show()));
            errors.at(value.span(), message.usage(spec.usage));
        } else if fits(site, spec, slot, value, errors) {
            bound.set(slot, value, value.span());
        }
    }
}

/// Whether all sizes are there but the first, what the layer takes: Keras' layers have none.
fn lacks_inputs(bound: &Bound<'_>, positional: &[&Value]) -> bool {
    let needed = &bound.spec.positional[..bound.spec.needed];
    let named = needed.iter().filter(|slot| bound.get(slot.name).is_some()).count();
    let sizes = positional.iter().take_while(|value| !is_activation(value)).count();
    needed.first().is_some_and(|slot| slot.takes == Takes::Inputs && bound.get(slot.name).is_none())
        && sizes > 0
        && !matches!(positional[0], Value::Infer(_))
        && sizes + named + 1 == needed.len()
        && positional[sizes..].iter().all(|value| is_activation(value))
}

fn missing(bound: &Bound<'_>, site: &Site<'_>, errors: &mut Errors) {
    let spec = bound.spec;
    let missing: Vec<&str> = spec.positional[..spec.needed]
        .iter()
        .map(|slot| slot.name)
        .filter(|name| bound.get(name).is_none())
        .collect();
    if missing.is_empty() {
        return;
    }
    let mut message = Message::new(format!("{} lacks its {}", site.who_in_full(), and(&missing)));
    message = message.help(format!("write `{}`, say", spec.example));
    errors.over(site.layer.word.whole(), message.usage(spec.usage));
}

/// `a, b and c`
fn and(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => words.concat(),
    }
}

fn count(n: usize) -> String {
    format!("{n} {}", if n == 1 { "is" } else { "are" })
}
