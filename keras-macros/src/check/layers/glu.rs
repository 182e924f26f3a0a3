use keras_shapes::{axis, halved, halved_text};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::super::bind::bind;
use super::super::chain::{Made, Shape};
use super::super::kind::{Kind, TypeArgument};
use super::super::site::Site;
use super::super::spec::GLU;
use crate::diagnostics::{Errors, Message};
use crate::parse::Value;

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &GLU, errors);
    let given = bound.get("axis");
    let at = match given {
        Some(Value::Number(number)) => number.int().unwrap_or(-1),
        _ => -1,
    };
    let shape = match site.from() {
        Shape::Known(from) => Shape::Known(halved(at, *from)),
        Shape::Lost => Shape::Lost,
        from @ (Shape::Ruled { .. } | Shape::Own) => {
            let local = site.local();
            let rule = quote!(::keras_core::__private::halved(#at, #local));
            Shape::Ruled { rank: from.rank(), rule, shown: "(..)".into() }
        }
    };
    if let Some(from) = site.known()
        && let Some(text) = halved_text(&site.who_in_full(), at, from)
    {
        let message = Message::new(text.as_str());
        match (given, axis(at, from.rank)) {
            (Some(value), None) => errors.over(value.point(), message.help("write `-1`, the last one")),
            (_, Some(place)) if place + 1 == from.rank => {
                let help = format!("put a `Dense<_, {}>` before it", from.last() + 1);
                errors.at(site.span(), message.help(help));
            }
            _ => errors.at(site.span(), message.help("halve another axis, such as the last: `Glu`")),
        }
    }
    if errors.len() > before {
        return Made::lost(shape);
    }
    let arguments = if at == -1 { Vec::new() } else { vec![TypeArgument::Int(at, site.span())] };
    let mut checks = TokenStream::new();
    if site.known().is_none() && !matches!(site.from(), Shape::Lost) {
        let (span, who, dims) = (site.span(), site.who_in_full(), site.dims());
        checks = quote_spanned!(span=> const _: () = ::keras_core::__private::half(#who, #at, #dims););
    }
    Made { checks, ..Made::new(Kind::BuiltIn("Glu", arguments), shape) }
}
