use keras_shapes::{axis, halved, halved_text};
use quote::quote;

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
            (_, place) => {
                let size = place.map_or(1, |place| from.d[place]);
                let help = format!("make it {}: one half is multiplied by the other's sigmoid", size + 1);
                errors.at(site.span(), message.help(help));
            }
        }
    }
    if errors.len() > before {
        return Made::lost(shape);
    }
    let arguments = if at == -1 { Vec::new() } else { vec![TypeArgument::Int(at, site.span())] };
    Made::new(Kind::BuiltIn("Glu", arguments), shape)
}
