//! One file a layer.

mod activation;
mod dense;
mod dropout;
mod flatten;
mod own;
mod reshape;

use super::chain::{Made, Shape};
use super::site::Site;
use super::words::{Found, LAYERS};
use crate::diagnostics::{Errors, Message};

/// Checks one layer at its place.
pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let word = &site.layer.word;
    let name = word.single();
    let found = name.as_deref().map_or(Found::No, |name| LAYERS.find(name));
    let built_in = match found {
        Found::Exact(built_in) => built_in.name,
        Found::Near(near) => {
            let name = word.name();
            let message = Message::new(format!("unknown layer `{name}`; did you mean `{}`?", near.name));
            let help = format!("write `{}`, or `self::{name}` for your own layer of that name", near.name);
            errors.at(word.span(), message.help(help));
            near.name
        }
        Found::No => return own::check(site, errors),
    };
    match built_in {
        "Dense" => dense::check(site, errors),
        "Activation" => activation::check(site, errors),
        "Dropout" => dropout::check(site, errors),
        "Flatten" => flatten::check(site, errors),
        "Reshape" => reshape::check(site, errors),
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
