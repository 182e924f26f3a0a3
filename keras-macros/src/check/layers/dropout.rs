use keras_shapes::rate_fault;
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::super::bind::bind;
use super::super::chain::{Kind, Made, Setting};
use super::super::site::Site;
use super::super::spec::DROPOUT;
use super::super::value::{call, float};
use super::unchanged;
use crate::diagnostics::{Errors, Message};
use crate::parse::Value;

pub fn check(site: &Site<'_>, errors: &mut Errors) -> Made {
    let before = errors.len();
    let bound = bind(site, &DROPOUT, errors);
    let mut setting = TokenStream::new();
    let mut rate = None;
    match bound.get("rate") {
        Some(value @ Value::Number(number)) => {
            let share = number.float().unwrap_or(f64::NAN);
            if let Some(text) = rate_fault(&site.who_in_full(), share) {
                // Ten per cent are often meant by 10.
                let help = if share > 1.0 && share < 100.0 {
                    format!("write `{}` for {share} %", share / 100.0)
                } else {
                    "write `0.5`, say".into()
                };
                errors.at(value.span(), Message::new(text.as_str()).help(help));
            }
            setting = float(value);
        }
        Some(value) => {
            // The const's value is looked at once, where a mistake in it is reported.
            let name = format_ident!("__keras_R{}", site.number());
            rate = Some((value.to_token_stream(), value.span()));
            setting = quote!(#name);
        }
        None => {}
    }
    if errors.len() > before {
        return Made::lost(unchanged(site));
    }
    Made {
        kind: Kind::Dropout { rate },
        calls: vec![call("rate", site.span(), Setting::Expression(setting))],
        shape: unchanged(site),
        params: Some(0),
        sound: true,
    }
}
