use keras_shapes::names::{METRICS, folded};
use proc_macro2::Span;
use syn::Expr;
use syn::spanned::Spanned;

use super::losses::{Losses, elements};
use super::part::{Part, string};
use crate::diagnostics::{Errors, Message};
use crate::parse::Named;

/// The metrics of one output, or of each.
#[derive(Debug)]
pub enum Metrics {
    /// An expression that is no list.
    Whole(Expr),
    /// With the place of the list.
    Of(Vec<Part>, Span),
    OfEach(Vec<Metrics>, Span),
    Wrong(usize),
}

/// As many as a tuple of metrics may have.
const MOST: usize = 8;

/// The metrics; `losses` says how many outputs there are, where it can be seen.
pub fn metrics(argument: Option<&Named>, losses: &Losses, errors: &mut Errors) -> Metrics {
    let Some(argument) = argument else { return Metrics::Of(Vec::new(), Span::call_site()) };
    let Some(all) = elements(&argument.value) else { return of(&argument.value, &first(losses), errors) };
    let is_each = all.iter().any(|value| elements(value).is_some());
    let each = match losses {
        Losses::Each(losses) if !all.is_empty() => Some(losses),
        _ => None,
    };
    match each {
        Some(losses) if losses.len() == all.len() => {
            let pairs = losses.iter().zip(all);
            let each = pairs.map(|(one, value)| of(value, &Some(one.loss.clone()), errors)).collect();
            Metrics::OfEach(each, argument.value.span())
        }
        Some(losses) => {
            let text = format!("{} losses, but {} in `metrics`", losses.len(), all.len());
            let message = Message::new(text)
                .help("write a list for each output: `metrics = ([\"accuracy\"], [\"mae\", \"mse\"])`");
            errors.at(argument.value.span(), message);
            Metrics::Wrong(errors.len() - 1)
        }
        None if is_each => {
            let each = all.into_iter().map(|value| of(value, &None, errors)).collect();
            Metrics::OfEach(each, argument.value.span())
        }
        None => list(&argument.value, all, &first(losses), errors),
    }
}

/// The loss, where there is one alone.
fn first(losses: &Losses) -> Option<Part> {
    match losses {
        Losses::One(one) => Some(one.loss.clone()),
        Losses::Each(_) => None,
    }
}

/// The metrics of one output.
fn of(value: &Expr, loss: &Option<Part>, errors: &mut Errors) -> Metrics {
    match elements(value) {
        Some(all) => list(value, all, loss, errors),
        None if string(value).is_some() => Metrics::Of(vec![one(value, loss, errors)], value.span()),
        None => Metrics::Whole(value.clone()),
    }
}

fn list(value: &Expr, all: Vec<&Expr>, loss: &Option<Part>, errors: &mut Errors) -> Metrics {
    if all.len() > MOST {
        let message = Message::new(format!("{} metrics, but there may be {MOST} for an output", all.len()))
            .help("leave some out; a model may be evaluated again with others");
        errors.at(value.span(), message);
        return Metrics::Wrong(errors.len() - 1);
    }
    Metrics::Of(all.into_iter().map(|one_of| one(one_of, loss, errors)).collect(), value.span())
}

/// One metric, which is called as it is written: Keras' way.
fn one(value: &Expr, loss: &Option<Part>, errors: &mut Errors) -> Part {
    let Some(text) = string(value) else { return Part::of(value, "metrics", METRICS, errors) };
    let (word, span) = (text.value(), text.span());
    let part = if ["crossentropy", "ce"].contains(&folded(&word).as_str()) {
        match loss.as_ref().and_then(Part::class).filter(|class| class.ends_with("Crossentropy")) {
            Some(class) => Part::named(class, span),
            None => {
                let message = Message::new(format!("`{word}` does not say which crossentropy")).help(
                    "name a crossentropy as the `loss`, or write \"binary_crossentropy\", \"categorical_crossentropy\" or \"sparse_categorical_crossentropy\"",
                );
                Part::wrong(span, message, errors)
            }
        }
    } else {
        Part::of(value, "metrics", METRICS, errors)
    };
    match part {
        Part::Named { class, span, .. } if own_name(class) != word => {
            Part::Named { class, span, called: Some(word) }
        }
        part => part,
    }
}

/// What a metric calls itself.
fn own_name(class: &str) -> &str {
    match METRICS.all.iter().find(|name| name.class == class) {
        Some(name) if class == "LogCoshError" => name.aliases[0],
        Some(name) => name.name,
        None => class,
    }
}
