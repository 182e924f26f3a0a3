//! Layers that make an image larger or smaller.

use keras_shapes::{Dims, crop2d, cropping_window, pad2d, upsample2d, window_text};
use quote::quote;

use super::super::bind::bind;
use super::super::chain::Made;
use super::super::flags::word;
use super::super::kind::{Checked, Kind, TypeArgument};
use super::super::site::Site;
use super::super::size::{Size, pair, sides, zero};
use super::super::spec::{CROPPING_2D, UP_SAMPLING_2D, ZERO_PADDING_2D};
use super::image;
use super::window::{asked, nonzero};
use crate::diagnostics::{Errors, Message};

pub fn zero_padding(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &ZERO_PADDING_2D, errors);
    let given = sides(site, &bound, "padding", errors);
    let sound = errors.len() == before;
    let one = || Size::Number(1, site.span());
    let [[top, bottom], [left, right]] = given.unwrap_or_else(|| [[one(), one()], [one(), one()]]);
    let sizes = [top, bottom, left, right];
    let is_image = image::check(site, None, errors);

    let numbers = numbers(&sizes);
    let known = |from| numbers.map(|[t, b, l, r]| pad2d(from, [[t, b], [l, r]]));
    let [t, b, l, r] = sizes.each_ref().map(Size::value);
    let rule = (3, "pad2d", quote!([[#t, #b], [#l, #r]]));
    let shown = format!("(.., .., {})", site.from().show_last());
    let shape = image::shape(site, sound && is_image, known, rule, shown);
    if errors.len() > before {
        return Made::lost(shape);
    }
    let sizes = sizes.into_iter().map(Checked::plain);
    Made::new(Kind::BuiltIn("ZeroPadding2D", image::asked_sizes(site, sizes)), shape)
}

pub fn cropping(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &CROPPING_2D, errors);
    let given = sides(site, &bound, "cropping", errors);
    let sound = errors.len() == before;
    let none = || Size::Number(0, site.span());
    let [[top, bottom], [left, right]] = given.unwrap_or_else(|| [[none(), none()], [none(), none()]]);
    let sizes = [top, bottom, left, right];
    let is_image = image::check(site, None, errors);

    let numbers = numbers(&sizes).map(|[t, b, l, r]| [[t, b], [l, r]]);
    if let (Some(cropping), Some(from), true) = (numbers, site.known(), is_image) {
        let window = cropping_window(cropping);
        if let Some(text) = window_text(&site.who(), &site.before(), window, from) {
            let [h, w] = window.size;
            let wants = format!("{} or larger", Dims::new([h, w, from.last()]));
            let message = Message::new(text.as_str()).walk(site.walk(&wants));
            errors.at(sizes[0].span(), message.help("take fewer rows and columns away"));
        }
    }
    let [t, b, l, r] = sizes.each_ref().map(Size::value);
    let rule = (3, "crop2d", quote!([[#t, #b], [#l, #r]]));
    let shown = format!("(.., .., {})", site.from().show_last());
    let known = |from| numbers.map(|cropping| crop2d(from, cropping)).filter(|dims| dims.numel() > 0);
    let sound = sound && is_image && errors.len() == before;
    let shape = image::shape(site, sound, known, rule, shown);
    if errors.len() > before {
        return Made::lost(shape);
    }
    let known = numbers.is_some() && site.known().is_some();
    let call = site.ask(sizes[0].span(), "cropped", &site.dims(), &quote!([[#t, #b], [#l, #r]]));
    let look = |(i, size): (usize, Size)| {
        if i > 0 || known { Checked::plain(size) } else { asked(&size, &call) }
    };
    let sizes = sizes.clone().into_iter().enumerate().map(look);
    Made::new(Kind::BuiltIn("Cropping2D", image::asked_sizes(site, sizes)), shape)
}

pub fn up_sampling(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &UP_SAMPLING_2D, errors);
    let given = pair(site, &bound, "size", errors);
    let two = || Size::Number(2, site.span());
    zero(site, "size", given.iter().flatten(), errors);
    let interpolation = word(&bound, "interpolation", site.span(), errors);
    let sound = errors.len() == before;
    let sizes = given.unwrap_or_else(|| [two(), two()]);
    let is_image = image::check(site, None, errors);

    let numbers = numbers(&sizes);
    let [h, w] = sizes.each_ref().map(Size::value);
    let rule = (3, "upsample2d", quote!([#h, #w]));
    let shown = format!("(.., .., {})", site.from().show_last());
    let known = |from| numbers.map(|size| upsample2d(from, size));
    let shape = image::shape(site, sound && is_image, known, rule, shown);
    let (Some((name, span)), true) = (interpolation, errors.len() == before) else {
        return Made::lost(shape);
    };
    let look = |axis: usize| match &sizes[axis] {
        size if size.number().is_some() => Checked::plain(size.clone()),
        size => asked(size, &nonzero(site, "size", &sizes, axis)),
    };
    let mut arguments = image::asked_sizes(site, [0, 1].map(look).into_iter());
    arguments.push(TypeArgument::Word(None, name, span));
    Made::new(Kind::built_in("UpSampling2D", 2, arguments), shape)
}

fn numbers<const N: usize>(sizes: &[Size; N]) -> Option<[usize; N]> {
    let numbers: Option<Vec<usize>> = sizes.iter().map(Size::number).collect();
    numbers?.try_into().ok()
}
