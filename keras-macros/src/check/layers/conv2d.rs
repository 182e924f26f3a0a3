use keras_shapes::{Dims, channels_text, groups_fit, groups_text};
use quote::{quote, quote_spanned};

use super::super::bind::bind;
use super::super::chain::{Made, Shape};
use super::super::flags::flag;
use super::super::kind::{Checked, Kind, TypeArgument};
use super::super::site::Site;
use super::super::size::{Size, size, zero};
use super::super::spec::CONV2D;
use super::super::value::{activation_of, functions};
use super::image;
use super::window::{Filters, Sliding, asked};
use crate::diagnostics::{Errors, Message};

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &CONV2D, errors);
    let [channels, filters, groups] =
        ["channels", "filters", "groups"].map(|what| (what, bound.get(what).map(size)));
    let mut zeros = [false; 3];
    for ((what, size), is_zero) in [&channels, &filters, &groups].into_iter().zip(&mut zeros) {
        *is_zero = zero(site, what, size, errors);
    }
    let window = Sliding::read(site, &bound, "kernel_size", None, errors);
    let geometry = errors.len() == before;
    let (activation, mut calls) = activation_of(&bound, errors);
    calls.extend(functions(&bound, errors));
    let (bias, biased) = flag(&bound, "use_bias");
    let (Some(channels), Some(filters), Some(window)) = (channels.1, filters.1, window) else {
        return Made::lost(Shape::Lost);
    };
    let groups = groups.1.unwrap_or_else(|| Size::Number(1, site.span()));

    let is_image = image::check(site, channels.number(), errors);
    let channels = if is_image && !zeros[0] { fit(site, channels, errors) } else { channels };
    if !zeros[2] {
        divide(site, &groups, &channels, &filters, errors);
    }
    if geometry {
        window.check(site, errors);
    }
    let shape =
        if geometry && is_image { window.shape(site, Filters::Number(&filters)) } else { Shape::Lost };
    if errors.len() > before {
        return Made::lost(shape);
    }
    let params = match (window.numbers(), channels.number(), filters.number(), groups.number(), biased) {
        (Some(window), Some(c), Some(f), Some(g), Some(biased)) => {
            let kernel = Dims::new([window.size[0], window.size[1], c / g, f]).numel();
            Some(kernel.saturating_add(if biased { f } else { 0 }))
        }
        _ => None,
    };
    let groups = asked_groups(site, groups, &channels, &filters);
    let [window, padding] = window.arguments(site);
    let arguments = vec![
        TypeArgument::Size(image::asked(site, asked_channels(site, channels))),
        TypeArgument::Size(filters.nonzero(site, "filters")),
        window,
        TypeArgument::Activation(activation),
        padding,
        TypeArgument::Size(groups),
        TypeArgument::Flag(bias),
    ];
    Made { calls, params, ..Made::new(Kind::built_in("Conv2D", 3, arguments), shape) }
}

/// The channels as far as they are known now. They must be those that come in.
pub fn fit(site: &Site<'_>, channels: Size, errors: &mut Errors) -> Size {
    let Some(from) = site.known() else { return channels };
    match &channels {
        Size::Infer(span) => return Size::Number(from.last(), *span),
        Size::Number(number, span) => {
            if let Some(text) = channels_text(&site.who(), &site.before(), *number, from) {
                let message =
                    Message::new(text.as_str()).walk(site.walk(&from.with_last(*number).to_string()));
                let right = site.rewritten("channels", &from.last().to_string());
                errors.at(*span, message.help(format!("write `{right}`, or `_` to have it inferred")));
            }
        }
        Size::Expression(..) => {}
    }
    channels
}

/// A look at the channels where only const evaluation can.
pub fn asked_channels(site: &Site<'_>, channels: Size) -> Checked {
    let (span, dims) = (channels.span(), site.dims());
    if matches!(channels, Size::Infer(_)) {
        let last = quote_spanned!(span=> { #dims.last() });
        return Checked::plain(Size::Expression(last, span, "_".into()));
    }
    if channels.number().is_some() && site.known().is_some() {
        return Checked::plain(channels);
    }
    let (have, shown) = (channels.value(), channels.show());
    let shown = if channels.number().is_some() { "" } else { shown.as_str() };
    let who = site.who_in_full();
    let have = quote_spanned!(span=> ::keras_core::__private::nonzero(#who, "channels", #have));
    asked(&channels, &site.ask(span, "channels", &dims, &quote!(#have, #shown)))
}

/// The groups must divide the channels and the filters.
fn divide(site: &Site<'_>, groups: &Size, channels: &Size, filters: &Size, errors: &mut Errors) {
    let Some(number) = groups.number() else { return };
    for (size, counted) in [(channels, "channel"), (filters, "filter")] {
        let Some(count) = size.number().filter(|count| *count > 0) else { continue };
        let Some(text) = groups_text(&site.who_in_full(), number, count, counted) else { continue };
        let both = (channels.number().unwrap_or(count), filters.number().unwrap_or(count));
        let help = format!("write `{}`, say", groups_fit(number, both.0, both.1));
        return errors.at(groups.span(), Message::new(text.as_str()).help(help));
    }
}

fn asked_groups(site: &Site<'_>, groups: Size, channels: &Size, filters: &Size) -> Checked {
    let numbers = [&groups, channels, filters].iter().all(|size| size.number().is_some());
    if numbers || groups.number() == Some(1) {
        return Checked::plain(groups);
    }
    let (who, span, have, shown, dims) =
        (site.who_in_full(), groups.span(), groups.value(), groups.show(), site.dims());
    let shown = if groups.number().is_some() { "" } else { shown.as_str() };
    let channels = if matches!(channels, Size::Infer(_)) { quote!(#dims.last()) } else { channels.value() };
    let filters = filters.value();
    let call = quote_spanned! {span=>
        ::keras_core::__private::groups(#who, #have, #channels, #filters, #shown)
    };
    asked(&groups, &call)
}
