use keras_shapes::{Dims, hole, hole_text, reshape_text};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::super::chain::{Made, Shape};
use super::super::input::{shape, sizes};
use super::super::kind::Kind;
use super::super::site::Site;
use super::super::size::Size;
use super::super::spec::RESHAPE_USAGE;
use crate::diagnostics::{Errors, Message};
use crate::parse::{Argument, Value};

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let word = &site.layer.word;
    let mut sizes = sizes(arguments(site), "a `Reshape`", RESHAPE_USAGE, errors);
    let holes: Vec<usize> = (0..sizes.len()).filter(|i| matches!(sizes[*i], Size::Infer(_))).collect();
    if errors.len() == before && (sizes.is_empty() || sizes.len() > 4 || word.call.is_some()) {
        let text = format!("{} lacks its sizes", site.who_in_full());
        let many = format!("{} has {} sizes, but 1 to 4 are possible", site.who_in_full(), sizes.len());
        let message = Message::new(if sizes.is_empty() { text } else { many });
        errors.over(word.whole(), message.usage(RESHAPE_USAGE));
    }
    if let [_, second, ..] = holes.as_slice() {
        let message = Message::new(format!("{}: only one size can be `_`", site.who_in_full()));
        errors.at(sizes[*second].span(), message.help("write a number").usage(RESHAPE_USAGE));
    }
    for size in &sizes {
        if size.number() == Some(0) {
            let message = Message::new(format!("{}: a size cannot be 0", site.who_in_full()));
            let help = if holes.is_empty() {
                "write `_` to have it computed, or a number, 1 or more"
            } else {
                "write `1` or more"
            };
            errors.at(size.span(), message.help(help));
        }
    }
    if errors.len() > before {
        return Made::lost(Shape::Lost);
    }
    let compare;
    let shape = if let [hole] = holes.as_slice() {
        compare = fill(site, &mut sizes, *hole, errors);
        if matches!(sizes[*hole], Size::Infer(_)) { Shape::Lost } else { shape(&sizes) }
    } else {
        let shape = shape(&sizes);
        compare = self::compare(site, &shape, errors);
        shape
    };
    if errors.len() > before {
        return Made::lost(shape);
    }
    let checks = compare.map_or_else(TokenStream::new, |compare| {
        let span = site.span();
        quote_spanned!(span=> const _: () = #compare;)
    });
    Made { checks, ..Made::new(Kind::Reshape, shape) }
}

/// `Reshape<7, 7, 16>`, or as the type is written: `Reshape<Rank3<7, 7, 16>>`.
fn arguments<'a>(site: &Site<'a>) -> &'a [Argument] {
    let arguments = site.layer.word.arguments.as_slice();
    if let [Argument::Positional(Value::Word(rank))] = arguments
        && rank.close.is_some()
        && rank.single().is_some_and(|name| name.starts_with("Rank"))
    {
        return &rank.arguments;
    }
    arguments
}

/// Finds what `_` stands for now, or says how to in const evaluation.
fn fill(site: &Site<'_>, sizes: &mut [Size], at: usize, errors: &mut Errors) -> Option<TokenStream> {
    let (span, written) = (sizes[at].span(), shown(sizes));
    let others: Option<usize> = sizes
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != at)
        .try_fold(1_usize, |product, (_, size)| Some(product.saturating_mul(size.number()?)));
    match (site.known(), others) {
        (Some(from), Some(others)) => {
            if let Some(text) = hole_text(&site.who(), &site.before(), from, others) {
                let walk = site.walk(&written);
                let help = format!("write sizes that multiply to {}", from.numel());
                errors.at(span, Message::new(text.as_str()).walk(walk).help(help));
            } else if let Some(size) = hole(from, others) {
                sizes[at] = Size::Number(size, span);
            }
            None
        }
        _ if matches!(site.from(), Shape::Lost) => None,
        _ => {
            let others = sizes.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, size)| size.value());
            let others = quote!(::keras_core::__private::Dims::new([#(#others),*]).numel());
            let local = site.local();
            let fill = quote!(::keras_core::__private::fill(#local, #others));
            let ask = site.ask(span, "hole", &site.dims(), &quote!(#others, #written));
            sizes[at] = Size::Expression(fill, span, "_".into());
            Some(quote_spanned!(span=> { let _ = #ask; }))
        }
    }
}

/// Compares the numbers of elements now, or says how to in const evaluation.
fn compare(site: &Site<'_>, to: &Shape, errors: &mut Errors) -> Option<TokenStream> {
    if let (Some(from), Some(to)) = (site.known(), to.known()) {
        if let Some(text) = reshape_text(&site.who(), &site.before(), from, to) {
            let message = Message::new(text.as_str()).walk(site.walk(&to.to_string()));
            errors.over(site.layer.word.whole(), message.help(help(from, to)));
        }
        return None;
    }
    if matches!(site.from(), Shape::Lost) {
        return None;
    }
    let to = format_ident!("__keras_D{}", site.number());
    Some(site.ask(site.span(), "reshape", &site.dims(), &quote!(#to)))
}

fn help(from: Dims, to: Dims) -> String {
    let mut others = to;
    others.d[0] = 1;
    match hole(from, others.numel()) {
        Some(first) => {
            others.d[0] = first;
            let sizes: Vec<String> = others.sizes().iter().map(ToString::to_string).collect();
            format!("write `Reshape<{}>`, say", sizes.join(", "))
        }
        None => format!("write sizes that multiply to {}", from.numel()),
    }
}

fn shown(sizes: &[Size]) -> String {
    let sizes: Vec<String> = sizes.iter().map(Size::show).collect();
    format!("({})", sizes.join(", "))
}
