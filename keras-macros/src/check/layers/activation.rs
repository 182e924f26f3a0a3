use super::super::bind::bind;
use super::super::chain::{Kind, Made};
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
        Some((activation, call)) if errors.len() == before => Made {
            kind: Kind::Activation(activation),
            calls: call.into_iter().collect(),
            shape: unchanged(site),
            params: Some(0),
            sound: true,
        },
        _ => Made::lost(unchanged(site)),
    }
}
