use super::super::bind::bind;
use super::super::chain::{Made, Shape};
use super::super::kind::Kind;
use super::super::real::reals;
use super::super::site::Site;
use super::super::spec::{ACTIVITY_REGULARIZATION, DROPOUT, SPATIAL_DROPOUT_2D, Spec};
use super::{image, unchanged};
use crate::diagnostics::Errors;

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    dropping(site, &DROPOUT, errors)
}

/// Whole channels are dropped.
pub fn spatial(site: &Site<'_>, errors: &mut Errors) -> Made {
    let is_image = image::check(site, None, errors);
    let made = dropping(site, &SPATIAL_DROPOUT_2D, errors);
    if is_image { made } else { Made::lost(Shape::Lost) }
}

/// Nothing changes but the loss.
pub fn activity_regularization(site: &Site<'_>, errors: &mut Errors) -> Made {
    dropping(site, &ACTIVITY_REGULARIZATION, errors)
}

fn dropping(site: &Site<'_>, spec: &'static Spec, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, spec, errors);
    let (calls, checks) = reals(site, &bound, errors);
    if errors.len() > before {
        return Made::lost(unchanged(site));
    }
    Made { checks, calls, ..Made::new(Kind::BuiltIn(spec.layer, Vec::new()), unchanged(site)) }
}
