use super::super::bind::bind;
use super::super::chain::{Made, Shape};
use super::super::flags::switch;
use super::super::kind::{Kind, TypeArgument};
use super::super::site::Site;
use super::super::spec::Spec;
use super::image;
use super::window::{Filters, Sliding};
use crate::diagnostics::Errors;
use keras_shapes::global_pool;
use quote::quote;

/// A pool with a window.
pub fn check(site: &Site<'_>, spec: &'static Spec, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, spec, errors);
    let window = Sliding::read(site, &bound, "pool_size", Some(2), errors);
    let geometry = errors.len() == before;
    let is_image = image::check(site, None, errors);
    let (Some(window), true, true) = (window, geometry, is_image) else { return Made::lost(Shape::Lost) };
    window.check(site, errors);
    let shape = window.shape(site, Filters::Channels);
    if errors.len() > before {
        return Made::lost(shape);
    }
    let [mut window, padding] = window.arguments(site);
    if let TypeArgument::Window(sizes) = &mut window {
        let first = sizes.remove(0);
        sizes.insert(0, image::asked(site, first));
    }
    Made::new(Kind::built_in(spec.layer, 1, vec![window, padding]), shape)
}

/// A pool over the whole image.
pub fn global(site: &Site<'_>, spec: &'static Spec, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, spec, errors);
    let keepdims = switch(&bound, "keepdims");
    let is_image = image::check(site, None, errors);
    let rule = (if keepdims { 3 } else { 1 }, "global_pool", quote!(#keepdims));
    let last = site.from().show_last();
    let shown = if keepdims { format!("(1, 1, {last})") } else { format!("({last})") };
    let shape = image::shape(site, is_image, |from| Some(global_pool(from, keepdims)), rule, shown);
    if errors.len() > before {
        return Made::lost(shape);
    }
    let keepdims = image::asked_flag(site, keepdims);
    Made::new(Kind::BuiltIn(spec.layer, keepdims), shape)
}
