//! The layers' values: their defaults, with the options set on them.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::blocks;
use super::names::{node, private, private_at};
use crate::check::{Chain, Setting};

/// The struct of all layers, and the function that makes it.
pub fn layers(chain: &Chain) -> TokenStream {
    let p = private();
    let types = chain.owners().map(|i| {
        let (n, block) = (node(i + 1), blocks::block(i));
        if blocks::is(chain, i) { quote!(#block::Values) } else { quote!(<#n as #p::Node>::L) }
    });
    let values = chain.owners().map(|i| value(chain, i + 1));
    // Outside of the generic code, so that a person's expressions see none of its names.
    quote! {
        #[derive(::core::clone::Clone)]
        pub struct __keras_Layers(#(#types),*);
        fn __keras_values() -> __keras_Layers { __keras_Layers(#(#values),*) }
    }
}

fn value(chain: &Chain, i: usize) -> TokenStream {
    let (p, n) = (private(), node(i));
    let block = blocks::block(i - 1);
    let mut value = if blocks::is(chain, i - 1) {
        quote!(#block::values())
    } else {
        quote!(<<#n as #p::Node>::L as ::core::default::Default>::default())
    };
    for call in &chain.nodes[i - 1].made.calls {
        let (method, setting) = (&call.method, setting(&call.value));
        // Mistakes are shown at what is given, the method's docs at its name.
        let span = setting.clone().into_iter().next().map_or_else(|| method.span(), |first| first.span());
        value = quote_spanned!(span=> #value.#method(#setting));
    }
    value
}

/// The value of an option.
pub fn setting(setting: &Setting) -> TokenStream {
    match setting {
        Setting::Word { module, name, span, parameter } => {
            let (p, span) = (private_at(*span), *span);
            let (module, name) = (Ident::new(module, span), Ident::new(name, span));
            match parameter {
                Some(parameter) => quote_spanned!(span=> #p::#module::#name::new(#parameter)),
                None => quote_spanned!(span=> <#p::#module::#name as ::core::default::Default>::default()),
            }
        }
        Setting::Expression(tokens) => tokens.clone(),
    }
}
