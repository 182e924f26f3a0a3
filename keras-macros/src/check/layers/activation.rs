use super::super::bind::bind;
use super::super::chain::Made;
use super::super::kind::{Kind, TypeArgument};
use super::super::site::Site;
use super::super::spec::ACTIVATION;
use super::super::value::activation;
use super::unchanged;
use crate::diagnostics::Errors;

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &ACTIVATION, errors);
    let word = bound.get("activation").and_then(|value| activation(value, errors));
    match word {
        Some((activation, call)) if errors.len() == before => {
            // Also a linear one: it is what the layer is.
            let kind = Kind::BuiltIn("Activation", vec![TypeArgument::Activation(activation)]);
            Made { calls: call.into_iter().collect(), ..Made::new(kind, unchanged(site)) }
        }
        _ => Made::lost(unchanged(site)),
    }
}
