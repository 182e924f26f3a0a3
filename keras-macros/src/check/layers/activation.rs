use keras_shapes::{MOST_AXES, axes_text};
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::super::bind::{Bound, bind};
use super::super::chain::{Made, Shape};
use super::super::kind::{Activation, Kind, TypeArgument};
use super::super::site::Site;
use super::super::spec::{ACTIVATION, SOFTMAX};
use super::super::value::activation;
use super::unchanged;
use crate::diagnostics::{Errors, Message};
use crate::parse::Value;

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &ACTIVATION, errors);
    let word = bound.get("activation").and_then(|value| activation(value, errors));
    let axes = axes(site, &bound, errors);
    match word {
        Some((activation, call)) if errors.len() == before => {
            Made { calls: call.into_iter().collect(), ..made(site, activation, axes) }
        }
        _ => Made::lost(unchanged(site)),
    }
}

/// The layer that is a softmax: an activation with a word of its own.
pub fn softmax(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &SOFTMAX, errors);
    let axes = axes(site, &bound, errors);
    if errors.len() > before {
        return Made::lost(unchanged(site));
    }
    made(site, Activation::BuiltIn("Softmax", site.span()), axes)
}

/// Also a linear one: it is what the layer is.
fn made(site: &Site<'_>, activation: Activation, axes: Vec<TypeArgument>) -> Made {
    let is_sized = site.known().is_some() || matches!(site.from(), Shape::Lost);
    let checks = if axes.is_empty() || is_sized { TokenStream::new() } else { asked(site, &axes) };
    let arguments = core::iter::once(TypeArgument::Activation(activation)).chain(axes).collect();
    Made { checks, ..Made::new(Kind::BuiltIn("Activation", arguments), unchanged(site)) }
}

/// For const evaluation, where sizes are named.
fn asked(site: &Site<'_>, axes: &[TypeArgument]) -> TokenStream {
    let mut all = [0_isize; MOST_AXES];
    let mut span = site.span();
    for (to, from) in all.iter_mut().zip(axes) {
        if let TypeArgument::Int(axis, at) = from {
            (*to, span) = (*axis, *at);
        }
    }
    let (who, dims) = (site.who_in_full(), site.dims());
    quote_spanned!(span=> const _: () = ::keras_core::__private::along(#who, [#(#all),*], #dims);)
}

/// The axes, none where they are the last one.
fn axes(site: &Site<'_>, bound: &Bound<'_>, errors: &mut Errors) -> Vec<TypeArgument> {
    let Some(value) = bound.get("axis") else { return Vec::new() };
    let given: Vec<(isize, Span)> = match value {
        Value::List(list) => list.values.iter().filter_map(axis).collect(),
        value => axis(value).into_iter().collect(),
    };
    let mut all = [0; MOST_AXES];
    for (to, (from, _)) in all.iter_mut().zip(&given) {
        *to = *from;
    }
    // A 0 behind the first stands for none.
    let zero = given.iter().skip(1).any(|(axis, _)| *axis == 0);
    let checked = if zero { [0; MOST_AXES] } else { all };
    if let Some(text) = site.known().and_then(|from| axes_text(&site.who_in_full(), checked, from)) {
        errors.over(value.point(), Message::new(text.as_str()).help("write `-1`, the last one"));
    } else if zero || all[0] == 0 {
        let text = format!("{} works along axis 0, which is the batch", site.who_in_full());
        errors.over(value.point(), Message::new(text).help("write `-1`, the last one"));
    }
    given.into_iter().map(|(axis, span)| TypeArgument::Int(axis, span)).collect()
}

fn axis(value: &Value) -> Option<(isize, Span)> {
    match value {
        Value::Number(number) => number.int().map(|axis| (axis, value.span())),
        _ => None,
    }
}
