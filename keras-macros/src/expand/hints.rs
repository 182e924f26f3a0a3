//! Warnings. On stable Rust a macro can give one only by using something that is deprecated, at the
//! place that the warning is about.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use crate::check::{Chain, hints};
use crate::parse::Sequential;

/// One item for each.
pub fn items(model: &Sequential, chain: &Chain) -> TokenStream {
    let conditions: Vec<_> =
        model.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let items = hints(chain, &model.attributes).into_iter().map(|hint| {
        let text = &hint.text;
        let definition = Ident::new(hint.name, proc_macro2::Span::call_site());
        let use_ = Ident::new(hint.name, hint.span);
        let use_ = quote_spanned!(hint.span=> #use_);
        quote! {
            #(#conditions)*
            const _: () = {
                #[allow(non_upper_case_globals)]
                #[deprecated(note = #text)]
                const #definition: () = ();
                #use_
            };
        }
    });
    items.collect()
}
