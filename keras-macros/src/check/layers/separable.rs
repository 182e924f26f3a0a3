use keras_shapes::Dims;

use super::super::bind::bind;
use super::super::chain::{Made, Shape};
use super::super::flags::flag;
use super::super::kind::{Kind, TypeArgument};
use super::super::site::Site;
use super::super::size::{Size, size, zero};
use super::super::spec::SEPARABLE_CONV_2D;
use super::super::value::{activation_of, functions};
use super::conv2d::{asked_channels, fit};
use super::image;
use super::window::{Filters, Sliding};
use crate::diagnostics::Errors;

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &SEPARABLE_CONV_2D, errors);
    let [channels, filters, multiplier] =
        ["channels", "filters", "depth_multiplier"].map(|what| (what, bound.get(what).map(size)));
    let mut zeros = [false; 3];
    for ((what, size), is_zero) in [&channels, &filters, &multiplier].into_iter().zip(&mut zeros) {
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
    let multiplier = multiplier.1.unwrap_or_else(|| Size::Number(1, site.span()));
    let is_image = image::check(site, channels.number(), errors);
    let channels = if is_image && !zeros[0] { fit(site, channels, errors) } else { channels };
    if geometry {
        window.check(site, errors);
    }
    let shape =
        if geometry && is_image { window.shape(site, Filters::Number(&filters)) } else { Shape::Lost };
    if errors.len() > before {
        return Made::lost(shape);
    }
    let params = match (window.numbers(), channels.number(), filters.number(), multiplier.number(), biased) {
        (Some(window), Some(c), Some(f), Some(m), Some(biased)) => {
            let between = c.saturating_mul(m);
            let depthwise = Dims::new([window.size[0], window.size[1], between]).numel();
            let pointwise = between.saturating_mul(f);
            Some(depthwise.saturating_add(pointwise).saturating_add(if biased { f } else { 0 }))
        }
        _ => None,
    };
    let [window, padding] = window.arguments(site);
    let arguments = vec![
        TypeArgument::Size(image::asked(site, asked_channels(site, channels))),
        TypeArgument::Size(filters.nonzero(site, "filters")),
        window,
        TypeArgument::Activation(activation),
        padding,
        TypeArgument::Size(multiplier.nonzero(site, "depth_multiplier")),
        TypeArgument::Flag(bias),
    ];
    Made { calls, params, ..Made::new(Kind::built_in("SeparableConv2D", 3, arguments), shape) }
}
