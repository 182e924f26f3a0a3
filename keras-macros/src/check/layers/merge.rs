//! Layers that make one value of several.

use keras_shapes::{Dims, Join, axis, merge, merge_text};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::super::bind::bind;
use super::super::chain::{Made, Shape};
use super::super::flags::switch;
use super::super::kind::{Kind, TypeArgument};
use super::super::site::{Site, local};
use super::super::spec::{MERGES, Merging};
use crate::diagnostics::{Errors, Message};
use crate::parse::Value;

pub fn find(name: &str) -> Option<&'static Merging> {
    static ALL: [Merging; 8] = MERGES;
    ALL.iter().find(|merging| merging.spec.layer == name)
}

pub fn check(site: &Site<'_>, merging: &'static Merging, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &merging.spec, errors);
    let count = site.inputs.len();
    if count < merging.least || count > merging.most {
        number(site, merging, errors);
        return Made::lost(Shape::Lost);
    }
    let number_of = |value: &Value| match value {
        Value::Number(number) => number.int(),
        _ => None,
    };
    let (join, arguments) = match merging.spec.layer {
        "Concatenate" => {
            let given = bound.get("axis");
            let axis = given.and_then(number_of).unwrap_or(-1);
            let span = given.map_or_else(|| site.span(), Value::span);
            (Join::Along(axis), vec![TypeArgument::Int(axis, span)])
        }
        "Dot" => {
            let axes = match bound.get("axes") {
                Some(Value::List(list)) => [number_of(&list.values[0]), number_of(&list.values[1])],
                Some(value) => [number_of(value); 2],
                None => [Some(1); 2],
            };
            let axes = axes.map(|axis| axis.unwrap_or(1));
            let mut arguments: Vec<TypeArgument> =
                axes.iter().map(|axis| TypeArgument::Int(*axis, site.span())).collect();
            if switch(&bound, "normalize") {
                arguments.push(TypeArgument::Flag(quote!(true)));
            }
            (Join::Dot(axes), arguments)
        }
        _ => (Join::Each, Vec::new()),
    };
    let shapes: Vec<&Shape> = site.inputs.iter().map(|value| site.chain.shape(*value)).collect();
    let known: Option<Vec<Dims>> = shapes.iter().map(|shape| shape.known()).collect();
    let lost = shapes.iter().any(|shape| matches!(shape, Shape::Lost));
    let shape = match &known {
        _ if lost => Shape::Lost,
        Some(dims) => match merge_text(site.who, merging.does, join, dims) {
            Some(text) => {
                let message = Message::new(text.as_str()).walk(table(site));
                match bound.get("axis").or_else(|| bound.get("axes")).filter(|_| lacks_axis(join, dims)) {
                    Some(value) => errors.over(value.point(), message.help("write `-1`, the last one")),
                    None => errors.at(site.span(), message.help(help(site, join, dims))),
                }
                guessed(join, dims)
            }
            None => merge(join, dims).map_or(Shape::Lost, Shape::Known),
        },
        None => {
            let values = site.inputs.iter().map(|value| local(*value));
            let join = tokens(join);
            let rule = quote!(::keras_core::__private::merged(#join, &[#(#values),*]));
            Shape::Ruled { rank: shapes[0].rank(), rule, shown: "(..)".into() }
        }
    };
    if errors.len() > before || lost {
        return Made { sound: errors.len() == before, ..Made::lost(shape) };
    }
    let checks = if known.is_none() { asked(site, merging, join) } else { TokenStream::new() };
    Made { checks, ..Made::new(Kind::BuiltIn(merging.spec.layer, arguments), shape) }
}

/// Whether it names an axis that there is not.
fn lacks_axis(join: Join, dims: &[Dims]) -> bool {
    match join {
        Join::Each => false,
        Join::Along(at) => dims.iter().any(|dims| axis(at, dims.rank).is_none()),
        Join::Dot(axes) => axes.iter().zip(dims).any(|(at, dims)| axis(*at, dims.rank).is_none()),
    }
}

/// What a layer at fault probably makes.
fn guessed(join: Join, dims: &[Dims]) -> Shape {
    match join {
        Join::Each => Shape::Known(dims[0]),
        Join::Along(at) if dims.iter().all(|d| d.rank == dims[0].rank) => match axis(at, dims[0].rank) {
            Some(place) => {
                let mut out = dims[0];
                out.d[place] = dims.iter().map(|d| d.d[place]).sum();
                Shape::Known(out)
            }
            None => Shape::Lost,
        },
        _ => Shape::Lost,
    }
}

/// For const evaluation.
fn asked(site: &Site<'_>, merging: &Merging, join: Join) -> TokenStream {
    let (span, who, does) = (site.span(), site.who, merging.does);
    let join = tokens(join);
    let names = site.inputs.iter().map(|value| site.chain.who(*value));
    let dims = site.inputs.iter().map(|value| format_ident!("__keras_D{value}"));
    quote_spanned!(span=> const _: () = ::keras_core::__private::joined(#who, #does, #join, &[#((#names, #dims)),*]);)
}

fn tokens(join: Join) -> TokenStream {
    match join {
        Join::Each => quote!(::keras_core::__private::Join::Each),
        Join::Along(axis) => quote!(::keras_core::__private::Join::Along(#axis)),
        Join::Dot([a, b]) => quote!(::keras_core::__private::Join::Dot([#a, #b])),
    }
}

fn number(site: &Site<'_>, merging: &Merging, errors: &mut Errors) {
    let (layer, count) = (merging.spec.layer, site.inputs.len());
    let values = |n: usize| if n == 1 { "1 value".to_owned() } else { format!("{n} values") };
    let needs = match (merging.least, merging.most) {
        (least, most) if least == most => values(least),
        (least, most) if count < least => format!("{least} to {most} values"),
        (_, most) => format!("at most {}", values(most)),
    };
    let message = Message::new(format!("{}: `{layer}` takes {needs}, but {} given", site.who, is(count)));
    let message = if site.in_graph() {
        let values = if merging.least < 2 { "a" } else { "a, b" };
        message.help(format!("give it {needs}, as in `{layer}({values})`"))
    } else {
        message.help(format!(
            "write `Residual<..>` to add what goes in, or `Parallel<{layer}, [..], [..]>` to join two ways"
        ))
    };
    errors.at(site.span(), message);
}

fn is(count: usize) -> String {
    if count == 1 { "1 is".into() } else { format!("{count} are") }
}

/// What comes in, value by value.
fn table(site: &Site<'_>) -> String {
    let rows: Vec<(String, String)> = site
        .inputs
        .iter()
        .map(|value| {
            let from = match site.chain.maker(*value) {
                Some(node) if site.in_graph() => format!("{} {}", node.mark, node.title),
                Some(node) => format!("{} {}", node.who, node.title),
                None => site.chain.who(*value),
            };
            (from, site.chain.shape(*value).show())
        })
        .collect();
    let widest = rows.iter().map(|row| row.0.chars().count()).max().unwrap_or(0);
    let lines: Vec<String> =
        rows.iter().map(|(from, shape)| format!("  {from:widest$}  gives {shape}")).collect();
    lines.join("\n")
}

fn help(site: &Site<'_>, join: Join, dims: &[Dims]) -> String {
    let at = merge(join, dims).err().unwrap_or(0);
    let (first, other) = (dims[0], dims[at]);
    let who = |i: usize| site.chain.who(site.inputs[i]);
    let same_but_last =
        first.rank == other.rank && first.sizes()[..first.rank - 1] == other.sizes()[..other.rank - 1];
    match join {
        Join::Each if same_but_last => {
            format!(
                "make the last sizes equal: {} of {}, and {} of {}",
                first.last(),
                who(0),
                other.last(),
                who(at)
            )
        }
        Join::Each if first.rank == 3 && other.rank == 3 => {
            // The smaller one lost its edge to a window.
            let smaller = if first.d[0] <= other.d[0] { 0 } else { at };
            format!(
                "give {} `padding = Same`, or put a `Conv2D<_, {}, 1, strides = ..>` on the other way",
                who(smaller),
                first.last()
            )
        }
        Join::Along(_) if first.rank != other.rank => {
            let longer = if first.rank > other.rank { who(0) } else { who(at) };
            format!("put a `Flatten` behind {longer}")
        }
        Join::Along(_) if first.rank == 1 => "write `axis = 1`, or leave it out".into(),
        _ => format!("make the sizes of {} and of {} fit", who(0), who(at)),
    }
}
