//! One file a layer, or a family of them.

mod activation;
mod batch_normalization;
mod conv2d;
mod dense;
mod depthwise;
mod dropout;
mod flatten;
mod glu;
mod image;
mod merge;
mod own;
mod pool2d;
mod reshape;
mod resize;
mod separable;
mod window;

use super::chain::{Made, Shape};
use super::site::Site;
use super::spec;
use super::words::{ACTIVATIONS, Found, LAYERS, is_lower};
use crate::diagnostics::{Errors, Message, list, same_word};

/// Checks one layer at its place.
pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let word = &site.layer.word;
    let name = word.single();
    let found = match name.as_deref().map(|name| (LAYERS.find(name), name)) {
        // `Gelu` is not a slip of `Glu`.
        Some((Found::Near(_), name)) if ACTIVATIONS.names().any(|known| same_word(known, name)) => Found::No,
        Some((found, _)) => found,
        None => Found::No,
    };
    let built_in = match found {
        Found::Exact(built_in) => built_in.name,
        Found::Near(near) => {
            let name = word.name();
            let message = Message::new(format!("unknown layer `{name}`; did you mean `{}`?", near.name));
            let own = format!(", or `self::{name}` for your own layer of that name");
            let own = if is_lower(&name.to_string()) { String::new() } else { own };
            let help = format!("write `{}`{own}", near.name);
            errors.at(word.span(), message.help(help));
            near.name
        }
        Found::No if name.as_deref().is_some_and(is_lower) => {
            let message = Message::new(format!("unknown layer `{}`", word.name()));
            errors.at(word.span(), message.help(format!("the layers are {}", list(LAYERS.names()))));
            return Made::lost(Shape::Lost);
        }
        Found::No => return own::check(site, errors),
    };
    if let Some(merging) = merge::find(built_in) {
        return merge::check(site, merging, errors);
    }
    if one(site, errors).is_none() {
        return Made::lost(Shape::Lost);
    }
    match built_in {
        "Dense" => dense::check(site, errors),
        "Activation" => activation::check(site, errors),
        "Softmax" => activation::softmax(site, errors),
        "Glu" => glu::check(site, errors),
        "ActivityRegularization" => dropout::activity_regularization(site, errors),
        "Dropout" => dropout::check(site, errors),
        "Flatten" => flatten::check(site, errors),
        "Reshape" => reshape::check(site, errors),
        "BatchNormalization" => batch_normalization::check(site, errors),
        "Conv2D" => conv2d::check(site, errors),
        "DepthwiseConv2D" => depthwise::check(site, errors),
        "SeparableConv2D" => separable::check(site, errors),
        "MaxPooling2D" => pool2d::check(site, &spec::MAX_POOLING_2D, errors),
        "AveragePooling2D" => pool2d::check(site, &spec::AVERAGE_POOLING_2D, errors),
        "GlobalMaxPooling2D" => pool2d::global(site, &spec::GLOBAL_MAX_POOLING_2D, errors),
        "GlobalAveragePooling2D" => pool2d::global(site, &spec::GLOBAL_AVERAGE_POOLING_2D, errors),
        "SpatialDropout2D" => dropout::spatial(site, errors),
        "ZeroPadding2D" => resize::zero_padding(site, errors),
        "Cropping2D" => resize::cropping(site, errors),
        "UpSampling2D" => resize::up_sampling(site, errors),
        _ => {
            let message = Message::new(format!("{}: an `Input` stands before all layers", site.who()));
            let help = "leave it out; to change the shape on the way write `Reshape<..>`";
            errors.over(word.whole(), message.help(help));
            Made::lost(site.from().clone())
        }
    }
}

/// The shape that a layer makes which gives out what it takes in.
fn unchanged(site: &Site<'_>) -> Shape {
    match site.from() {
        Shape::Known(dims) => Shape::Known(*dims),
        Shape::Lost => Shape::Lost,
        from @ (Shape::Ruled { .. } | Shape::Own) => {
            let local = site.local();
            Shape::Ruled { rank: from.rank(), rule: quote::quote!(#local), shown: from.show() }
        }
    }
}

/// Built-in layers that merge nothing take one value.
fn one(site: &Site<'_>, errors: &mut Errors) -> Option<()> {
    let name = site.layer.word.name();
    let count = site.inputs.len();
    if count == 1 {
        return Some(());
    }
    let message = Message::new(format!("{}: `{name}` takes 1 value, but {count} are given", site.who));
    let help = "join them first: `Concatenate(a, b)`, `Add(a, b)`, ..";
    errors.at(site.span(), message.help(help));
    None
}
