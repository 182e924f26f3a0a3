use keras_shapes::names::LOSSES;
use proc_macro2::Span;
use syn::Expr;
use syn::spanned::Spanned;

use super::part::{Part, string};
use crate::diagnostics::{Errors, Message};
use crate::parse::{Compile, Named};

/// One loss, or one for each output.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one of it in a call")]
pub enum Losses {
    One(WithWeight),
    Each(Vec<WithWeight>),
}

/// A loss, and how much it counts.
#[derive(Debug)]
pub struct WithWeight {
    pub loss: Part,
    pub weight: Option<Expr>,
}

/// The losses.
pub fn losses(
    call: &Compile,
    argument: Option<&Named>,
    errors: &mut Errors,
    apart: &mut Vec<usize>,
) -> Losses {
    let one = |loss| Losses::One(WithWeight { loss, weight: None });
    let Some(argument) = argument else {
        // What could not be read may well have been the loss.
        if !apart.is_empty() {
            return one(Part::Wrong(apart.remove(0)));
        }
        let message = Message::new("`compile!` has no `loss`").help("add one, such as `loss = \"mse\"`");
        return one(Part::wrong(call.model.span(), message, errors));
    };
    match elements(&argument.value) {
        Some(all) => Losses::Each(
            all.into_iter().map(|value| WithWeight { loss: of(value, errors), weight: None }).collect(),
        ),
        None => one(of(&argument.value, errors)),
    }
}

fn of(value: &Expr, errors: &mut Errors) -> Part {
    match string(value) {
        Some(text) if ["crossentropy", "ce"].contains(&text.value().to_lowercase().as_str()) => {
            let message = Message::new(format!("`{}` does not say which crossentropy", text.value())).help(
                "\"binary_crossentropy\" is for one output, \"categorical_crossentropy\" for one-hot targets, \"sparse_categorical_crossentropy\" for class numbers",
            );
            Part::wrong(text.span(), message, errors)
        }
        _ => Part::of(value, "losses", LOSSES, errors),
    }
}

/// The elements of a tuple or an array.
pub fn elements(value: &Expr) -> Option<Vec<&Expr>> {
    match value {
        Expr::Tuple(tuple) => Some(tuple.elems.iter().collect()),
        Expr::Array(array) => Some(array.elems.iter().collect()),
        Expr::Group(inner) => elements(&inner.expr),
        _ => None,
    }
}

/// The same with their weights.
pub fn weighted(
    losses: Losses,
    argument: Option<&Named>,
    errors: &mut Errors,
    apart: &mut Vec<usize>,
) -> Losses {
    let Some(argument) = argument else { return losses };
    let weights = elements(&argument.value);
    let mut wrong = |span: Span, message: Message| {
        apart.push(errors.len());
        errors.at(span, message);
    };
    match (losses, weights) {
        (Losses::Each(all), Some(weights)) if all.len() == weights.len() => {
            let pairs = all.into_iter().zip(weights);
            Losses::Each(
                pairs.map(|(one, weight)| WithWeight { weight: Some(weight.clone()), ..one }).collect(),
            )
        }
        (Losses::Each(all), Some(weights)) => {
            let text = format!("{} losses, but {} in `loss_weights`", all.len(), weights.len());
            wrong(argument.value.span(), Message::new(text).help("write one number for each output"));
            Losses::Each(all)
        }
        (Losses::Each(all), None) => {
            let message = Message::new("`loss_weights` are several numbers, one for each loss")
                .help(format!("write `[{}]`", vec!["1.0"; all.len()].join(", ")));
            wrong(argument.value.span(), message);
            Losses::Each(all)
        }
        (Losses::One(one), None) => Losses::One(WithWeight { weight: Some(argument.value.clone()), ..one }),
        (Losses::One(one), Some(weights)) if weights.len() == 1 => {
            Losses::One(WithWeight { weight: Some(weights[0].clone()), ..one })
        }
        (Losses::One(one), Some(_)) => {
            let message = Message::new("`loss_weights` has several numbers, but `loss` is one").help(
                "write the losses one by one, `loss = (.., ..)`, or `Weighted::new(weight, loss)` for each",
            );
            wrong(argument.value.span(), message);
            Losses::One(one)
        }
    }
}
