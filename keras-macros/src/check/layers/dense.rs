use keras_shapes::{DenseFit, Dims, dense_fit, dense_text, infer_text, zero_text};
use quote::{format_ident, quote, quote_spanned};

use super::super::bind::bind;
use super::super::chain::{Made, Shape};
use super::super::flags::flag;
use super::super::kind::{Checked, Kind, TypeArgument};
use super::super::site::Site;
use super::super::size::{Size, size};
use super::super::spec::DENSE;
use super::super::value::{activation_of, functions};
use crate::diagnostics::{Errors, Message};
use crate::parse::Argument;

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &DENSE, errors);
    let inputs = bound.get("inputs").map(size);
    let units = bound.get("units").map(size);
    let zero = zeros(site, [("inputs", &inputs), ("units", &units)], errors);
    let (activation, mut calls) = activation_of(&bound, errors);
    calls.extend(functions(&bound, errors));
    let (bias, biased) = flag(&bound, "use_bias");

    let Some(units) = units else { return Made::lost(Shape::Lost) };
    // Without its sizes there is nothing to compare with what comes in.
    let (inputs, fits) = match inputs {
        Some(inputs) if !zero => fit(site, inputs, errors),
        _ => (Size::Infer(site.span()), false),
    };
    let shape = output(site, &inputs, &units, fits);
    if errors.len() > before {
        return Made::lost(shape);
    }
    let params = match (inputs.number(), units.number(), biased) {
        (Some(i), Some(o), Some(biased)) => Some(i.saturating_add(usize::from(biased)).saturating_mul(o)),
        _ => None,
    };
    let arguments = vec![
        TypeArgument::Size(asked_inputs(site, inputs)),
        TypeArgument::Size(asked_units(site, &units)),
        TypeArgument::Activation(activation),
        TypeArgument::Flag(bias),
    ];
    Made { calls, params, ..Made::new(Kind::built_in("Dense", 2, arguments), shape) }
}

/// A signature has the inputs as the last size of what comes in, and the units of what goes out.
fn asked_inputs(site: &Site<'_>, inputs: Size) -> Checked {
    let (span, shown, dims, title) = (inputs.span(), inputs.show(), site.dims(), site.title());
    let call = match &inputs {
        Size::Number(..) if site.known().is_some() => return Checked::plain(inputs),
        Size::Infer(_) => site.ask(span, "infer", &dims, &quote!(#title)),
        Size::Number(..) | Size::Expression(..) => {
            let have = inputs.value();
            let shown = if inputs.number().is_some() { "" } else { shown.as_str() };
            site.ask(span, "expect", &dims, &quote!(#have, #shown, #title))
        }
    };
    let plain = match inputs {
        Size::Number(..) => inputs,
        _ => Size::Expression(quote!({ #dims.last() }), span, shown.clone()),
    };
    Checked { size: Size::Expression(quote_spanned!(span=> { #call }), span, shown), plain }
}

fn asked_units(site: &Site<'_>, units: &Size) -> Checked {
    let mut checked = units.nonzero(site, "units");
    if let Size::Expression(_, span, shown) = units {
        let dims = format_ident!("__keras_D{}", site.number());
        checked.plain = Size::Expression(quote!({ #dims.last() }), *span, shown.clone());
    }
    checked
}

fn zeros(site: &Site<'_>, sizes: [(&str, &Option<Size>); 2], errors: &mut Errors) -> bool {
    let before = errors.len();
    for (what, size) in sizes {
        let Some(size) = size.as_ref().filter(|size| size.number() == Some(0)) else { continue };
        let help = match site.known() {
            Some(from) if what == "inputs" && from.rank == 1 && from.last() > 0 => {
                format!("write `{}`, or `_` to have it inferred", from.last())
            }
            _ => "write `1` or more".into(),
        };
        let text = format!("{}: {}", site.who_in_full(), zero_text(what).as_str());
        errors.at(size.span(), Message::new(text).help(help));
    }
    errors.len() > before
}

/// The inputs as far as they are known now, and whether they fit what comes in.
fn fit(site: &Site<'_>, inputs: Size, errors: &mut Errors) -> (Size, bool) {
    let (who, before) = (site.who(), site.before());
    match (&inputs, site.known()) {
        (Size::Infer(span), Some(from)) => {
            let Some(text) = infer_text(&who, &before, from) else {
                return (Size::Number(from.last(), *span), true);
            };
            errors.at(
                *span,
                Message::new(text.as_str())
                    .walk(site.walk("flat features"))
                    .help(flatten_help(site, Some(from))),
            );
            (inputs, false)
        }
        (Size::Infer(span), None) if site.from().rank().is_some_and(|rank| rank != 1) => {
            let text = format!(
                "{who}: `_` is inferred from flat features only, but {before} gives shape {}",
                site.from().show()
            );
            let message = Message::new(text).walk(site.walk("flat features"));
            errors.at(*span, message.help(flatten_help(site, None)));
            (inputs, false)
        }
        (Size::Number(number, span), Some(from)) => match dense_text(&who, &before, *number, from) {
            None => (inputs, true),
            Some(text) => {
                let flat = dense_fit(*number, from) == DenseFit::Flat;
                let message = Message::new(text.as_str());
                if flat {
                    let help = flattened(site, &site.rewritten("inputs", &from.numel().to_string()));
                    let message = message.walk(site.walk("flat features")).help(help);
                    errors.over(site.layer.word.whole(), message);
                } else {
                    let wants = format!("{}", from.with_last(*number));
                    let message = message.walk(site.walk(&wants)).help(width_help(site, from));
                    errors.at(*span, message);
                }
                // At every position it makes its units there, also of other inputs.
                (inputs, !flat)
            }
        },
        _ => (inputs, true),
    }
}

/// The layer behind a `Flatten`, as it is written.
fn flattened(site: &Site<'_>, layer: &str) -> String {
    if !site.in_graph() {
        return format!("put a `Flatten` before it: write `Flatten, {layer}`");
    }
    let value = site.input();
    let name = match site.chain.maker(value) {
        Some(node) => node.method.as_ref(),
        None => site.chain.inputs[value].name.as_ref(),
    };
    match name {
        Some(name) => format!("put a `Flatten` before it: write `{layer}(Flatten({name}))`"),
        None => "put a `Flatten` before it, around what it is given: `Flatten(..)`".into(),
    }
}

/// For a layer with `_` for its inputs.
fn flatten_help(site: &Site<'_>, from: Option<Dims>) -> String {
    let flatten = flattened(site, &site.title());
    match from {
        Some(from) if !matches!(from.rank, 2 | 3) => flatten,
        Some(from) => format!("{flatten}, or write `{}` to apply the layer at every position", from.last()),
        None => format!("{flatten}, or write the last size to apply the layer at every position"),
    }
}

fn width_help(site: &Site<'_>, from: Dims) -> String {
    let last = from.last().to_string();
    let arguments = &site.layer.word.arguments;
    // The same layer twice, perhaps in a `Repeat`.
    if site.chain.maker(site.input()).is_some_and(|before| before.title == site.title()) {
        return format!("write `{}`: `_` is what comes in, each time", site.rewritten("inputs", "_"));
    }
    // `Dense<10, 64>` behind 64 features: the two are swapped, as a matrix's sizes often are.
    if let [Argument::Positional(inputs), Argument::Positional(units), ..] = arguments.as_slice()
        && units.show() == last
    {
        return format!(
            "are the sizes swapped? write `{}`",
            site.rewritten_both("inputs", &last, Some(&inputs.show()))
        );
    }
    let infer = if from.rank == 1 { ", or `_` to have it inferred" } else { "" };
    format!("write `{}`{infer}", site.rewritten("inputs", &last))
}

fn output(site: &Site<'_>, inputs: &Size, units: &Size, fits: bool) -> Shape {
    let from = site.from();
    // Where it does not fit, it says that it makes flat features. So it does behind `_`.
    let flat =
        !fits || matches!(inputs, Size::Infer(_)) || from.rank() == Some(1) || matches!(from, Shape::Lost);
    match (units, site.known()) {
        (Size::Number(0, _) | Size::Infer(_), _) => Shape::Lost,
        (Size::Number(units, _), _) if flat => Shape::Known(Dims::new([*units])),
        (Size::Number(units, _), Some(from)) => Shape::Known(from.with_last(*units)),
        (Size::Expression(tokens, ..), _) if flat => Shape::Ruled {
            rank: Some(1),
            rule: quote!(::keras_core::__private::Dims::new([#tokens])),
            shown: format!("({})", units.show()),
        },
        (Size::Number(..) | Size::Expression(..), _) => {
            let local = site.local();
            let tokens = units.value();
            Shape::Ruled {
                rank: from.rank(),
                rule: quote!(#local.with_last(#tokens)),
                shown: format!("(.., {})", units.show()),
            }
        }
    }
}
