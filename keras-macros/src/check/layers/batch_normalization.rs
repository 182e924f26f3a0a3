use super::super::bind::bind;
use super::super::chain::Made;
use super::super::flags::flag;
use super::super::kind::{Kind, TypeArgument};
use super::super::real::reals;
use super::super::site::Site;
use super::super::spec::BATCH_NORMALIZATION;
use super::super::value::functions;
use super::unchanged;
use crate::diagnostics::Errors;

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &BATCH_NORMALIZATION, errors);
    let (mut calls, checks) = reals(site, &bound, errors);
    calls.extend(functions(&bound, errors));
    let [(center, centered), (scale, scaled)] = ["center", "scale"].map(|option| flag(&bound, option));
    if errors.len() > before {
        return Made::lost(unchanged(site));
    }
    let params = match (site.known(), centered, scaled) {
        // The moving mean and variance, and what is learned.
        (Some(from), Some(centered), Some(scaled)) => {
            Some(from.last().saturating_mul(2 + usize::from(centered) + usize::from(scaled)))
        }
        _ => None,
    };
    let arguments = vec![TypeArgument::Flag(center), TypeArgument::Flag(scale)];
    let kind = Kind::built_in("BatchNormalization", 0, arguments);
    Made { checks, calls, params, ..Made::new(kind, unchanged(site)) }
}
