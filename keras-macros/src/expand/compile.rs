//! `compile!`: a call of `compile`, with types for names.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use super::names::private;
use crate::check::compile::{Compiled, Losses, Metrics, Part, WithWeight};
use crate::diagnostics::Errors;
use crate::parse::Compile;

/// The call. Mistakes stand in the places of what they are about, so that nothing is said of these again.
pub fn compile(call: &Compile, checked: &Compiled) -> TokenStream {
    let Compiled { optimizer, losses, metrics, errors, apart } = checked;
    let (p, model) = (private(), &call.model);
    let optimizer = part(optimizer, "optimizers", errors);
    let loss = losses_of(losses, errors);
    let metrics = metrics_of(metrics, errors);
    let call = quote!(#p::Model::compile(#model, #optimizer, #loss, #metrics));
    if apart.is_empty() {
        return call;
    }
    let apart = apart.iter().map(|i| errors.nth(*i));
    quote!({ #(#apart)* #call })
}

fn part(part: &Part, module: &str, errors: &Errors) -> TokenStream {
    match part {
        Part::Written(expression) => quote!(#expression),
        Part::Named { class, span, called } => {
            let (class, module) = (Ident::new(class, *span), format_ident!("{module}"));
            let p = respanned(*span);
            let default =
                quote_spanned!(*span=> <#p::#module::#class as ::core::default::Default>::default());
            match called {
                Some(name) => quote_spanned!(*span=> #p::metrics::Named::new(#name, #default)),
                None => default,
            }
        }
        Part::Wrong(i) => errors.nth(*i),
    }
}

/// The path to what macros name, at a place of the person's: a type that does not fit is reported there.
fn respanned(span: Span) -> TokenStream {
    quote_spanned!(span=> ::keras_core::__private)
}

fn losses_of(losses: &Losses, errors: &Errors) -> TokenStream {
    let one = |WithWeight { loss, weight }: &WithWeight| {
        let p = private();
        let loss = part(loss, "losses", errors);
        match weight {
            Some(weight) => quote!(#p::losses::Weighted::new(#weight, #loss)),
            None => loss,
        }
    };
    match losses {
        Losses::One(loss) => one(loss),
        Losses::Each(all) => {
            let all = all.iter().map(one);
            quote!((#(#all,)*))
        }
    }
}

fn metrics_of(metrics: &Metrics, errors: &Errors) -> TokenStream {
    match metrics {
        Metrics::Whole(expression) => quote!(#expression),
        Metrics::Of(all, span) => {
            let all = all.iter().map(|metric| part(metric, "metrics", errors));
            quote_spanned!(*span=> (#(#all,)*))
        }
        Metrics::OfEach(all, span) => {
            let all = all.iter().map(|metrics| metrics_of(metrics, errors));
            quote_spanned!(*span=> (#(#all,)*))
        }
        Metrics::Wrong(i) => errors.nth(*i),
    }
}
