use keras_shapes::flatten;
use quote::quote;

use super::super::bind::bind;
use super::super::chain::{Made, Shape};
use super::super::kind::Kind;
use super::super::site::Site;
use super::super::spec::FLATTEN;
use crate::diagnostics::Errors;

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    bind(site, &FLATTEN, errors);
    let shape = match site.from() {
        Shape::Known(from) => Shape::Known(flatten(*from)),
        Shape::Lost => Shape::Lost,
        Shape::Ruled { .. } | Shape::Own => {
            let local = site.local();
            let rule = quote!(::keras_core::__private::flatten(#local));
            let shown = site.from().show();
            let shown = format!("({})", shown.trim_matches(['(', ')']).replace(", ", " × "));
            Shape::Ruled { rank: Some(1), rule, shown }
        }
    };
    if errors.len() > before {
        return Made::lost(shape);
    }
    Made::new(Kind::BuiltIn("Flatten", Vec::new()), shape)
}
