use keras_shapes::Dims;

use super::super::bind::bind;
use super::super::chain::{Made, Shape};
use super::super::flags::flag;
use super::super::kind::{Kind, TypeArgument};
use super::super::site::Site;
use super::super::size::{Size, size, zero};
use super::super::spec::DEPTHWISE_CONV_2D;
use super::super::value::{activation_of, functions};
use super::image;
use super::window::{Filters, Sliding};
use crate::diagnostics::{Errors, Message};
use crate::parse::{Argument, Value};

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    if let Some(Argument::Positional(Value::Infer(channels))) = site.layer.word.arguments.first() {
        // As the other convolutions are written.
        let rest: Vec<String> = site.layer.word.arguments[1..].iter().map(Argument::show).collect();
        let text = format!("{}: `DepthwiseConv2D` names no channels: it has those that come in", site.who());
        let message = Message::new(text).help(format!("write `DepthwiseConv2D<{}>`", rest.join(", ")));
        errors.at(channels.span, message.usage(DEPTHWISE_CONV_2D.usage));
        return Made::lost(Shape::Lost);
    }
    let bound = bind(site, &DEPTHWISE_CONV_2D, errors);
    let multiplier = bound.get("depth_multiplier").map(size);
    zero(site, "depth_multiplier", &multiplier, errors);
    let window = Sliding::read(site, &bound, "kernel_size", None, errors);
    let geometry = errors.len() == before;
    let (activation, mut calls) = activation_of(&bound, errors);
    calls.extend(functions(&bound, errors));
    let (bias, biased) = flag(&bound, "use_bias");
    let is_image = image::check(site, None, errors);
    let (Some(window), true, true) = (window, geometry, is_image) else { return Made::lost(Shape::Lost) };
    let multiplier = multiplier.unwrap_or_else(|| Size::Number(1, site.span()));
    window.check(site, errors);
    let shape = window.shape(site, Filters::OfEach(&multiplier));
    if errors.len() > before {
        return Made::lost(shape);
    }
    let params = match (site.known(), window.numbers(), multiplier.number(), biased) {
        (Some(from), Some(window), Some(multiplier), Some(biased)) => {
            let filters = from.last().saturating_mul(multiplier);
            let kernel = Dims::new([window.size[0], window.size[1], filters]).numel();
            Some(kernel.saturating_add(if biased { filters } else { 0 }))
        }
        _ => None,
    };
    let [mut window, padding] = window.arguments(site);
    if let TypeArgument::Window(sizes) = &mut window {
        let first = sizes.remove(0);
        sizes.insert(0, image::asked(site, first));
    }
    let arguments = vec![
        window,
        TypeArgument::Activation(activation),
        padding,
        TypeArgument::Size(multiplier.nonzero(site, "depth_multiplier")),
        TypeArgument::Flag(bias),
    ];
    Made { calls, params, ..Made::new(Kind::built_in("DepthwiseConv2D", 1, arguments), shape) }
}
