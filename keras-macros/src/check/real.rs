use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::bind::Bound;
use super::chain::{Call, Setting};
use super::site::Site;
use super::spec::Takes;
use super::value::{call, float};
use crate::diagnostics::{Errors, Message};
use crate::parse::Value;

/// The calls that set a layer's numbers which need not be whole, and what const evaluation has to look
/// at.
pub fn reals(site: &Site<'_>, bound: &Bound<'_>, errors: &mut Errors) -> (Vec<Call>, TokenStream) {
    let (mut calls, mut checks) = (Vec::new(), TokenStream::new());
    for slot in bound.spec.positional.iter().chain(bound.spec.options) {
        let (Takes::Real(real), Some(value)) = (slot.takes, bound.get(slot.name)) else { continue };
        let setting = if let Value::Number(number) = value {
            let share = number.float().unwrap_or(f64::NAN);
            if let Some(text) = real.fault(&site.who_in_full(), share) {
                errors.over(value.point(), Message::new(text.as_str()).help(real.help(share)));
            }
            float(value)
        } else {
            // The const's value is looked at once, where a mistake in it is reported.
            let (name, span) = (format_ident!("layer_{}_{}", site.mark, slot.name), value.span());
            let (who, ask) = (site.who_in_full(), proc_macro2::Ident::new(real.ask(), span));
            let have = value.to_token_stream();
            checks.extend(quote_spanned! {span=>
                const #name: ::core::primitive::f64 = ::keras_core::__private::#ask(#who, #have);
            });
            quote!(#name)
        };
        calls.push(call(slot.name, bound.span(slot.name), Setting::Expression(setting)));
    }
    (calls, checks)
}
