//! Methods of the model's own, beside those of `Model`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::names::{backend, private, shape};
use super::{blocks, types};
use crate::check::Chain;
use crate::parse::Sequential;

/// Typed access to the weights of named layers.
pub fn accessors(model: &Sequential, chain: &Chain) -> TokenStream {
    let (p, name) = (private(), &model.name);
    let b = backend(name);
    let named =
        chain.nodes.iter().enumerate().filter_map(|(i, layer)| Some((i, layer, layer.method.as_ref()?)));
    let methods: Vec<TokenStream> = named
        .map(|(i, layer, method)| {
            let layer_type = types::signature(layer, chain.value(i + 1));
            let place = blocks::place(chain, i);
            let method_mut = format_ident!("{method}_mut", span = method.span());
            // A line between a person's docs and ours makes two paragraphs of them.
            let docs = &layer.docs;
            let gap = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
            let doc = format!("The weights of layer `{}`, `{}`.", layer.name, layer.title);
            let doc_mut = format!("The weights of layer `{}`, `{}`, to be changed.", layer.name, layer.title);
            quote! {
                #(#docs)*
                #gap
                #[doc = #doc]
                #[must_use]
                pub fn #method(&self) -> #p::Weights<'_, #b, #layer_type> {
                    #p::Weights::new(&self.__keras_store, #place)
                }
                #[doc = #doc_mut]
                #[must_use]
                pub fn #method_mut(&mut self) -> #p::WeightsMut<'_, #b, #layer_type> {
                    #p::WeightsMut::new(&mut self.__keras_store, #place)
                }
            }
        })
        .collect();
    if methods.is_empty() {
        return quote!();
    }
    quote! {
        #[automatically_derived]
        impl<#b: #p::Backend> #name<#b> { #(#methods)* }
    }
}

/// `new` again, as a method of the model's own: of a method whose conditions do not hold the compiler says
/// which layer it is that has no code, of a trait's it says only that it finds no such method.
pub fn new(model: &Sequential, chain: &Chain, bounds: &TokenStream) -> TokenStream {
    if !chain.nodes.iter().enumerate().any(|(i, _)| blocks::is(chain, i)) {
        return quote!();
    }
    let (p, name) = (private(), &model.name);
    let b = backend(name);
    quote! {
        #[automatically_derived]
        impl<#b: #p::Backend> #name<#b> {
            /// A new model on the default device, its parameters drawn from `seed`.
            #[must_use]
            pub fn new(seed: ::core::primitive::u64) -> Self
            #bounds, #b: ::core::default::Default
            {
                <Self as #p::Model>::new(seed)
            }
        }
    }
}

/// The model up to each named layer.
pub fn until(model: &Sequential, chain: &Chain, bounds: &TokenStream) -> TokenStream {
    let (p, name) = (private(), &model.name);
    let b = backend(name);
    let named =
        chain.nodes.iter().enumerate().filter_map(|(i, layer)| Some((i, layer, layer.method.as_ref()?)));
    let methods: Vec<TokenStream> = named
        .map(|(i, layer, method)| {
            let until = format_ident!("until_{method}", span = method.span());
            let step = blocks::end(chain, i);
            let made = shape(chain.value(i + 1));
            let doc = format!("The model up to the layer `{}`, `{}`.", layer.name, layer.title);
            quote! {
                #[doc = #doc]
                #[must_use]
                pub fn #until(&mut self) -> #p::Until<'_, Self, #made> {
                    #p::Until::new(self, &#step)
                }
            }
        })
        .collect();
    if methods.is_empty() {
        return quote!();
    }
    quote! {
        #[automatically_derived]
        impl<#b: #p::Backend> #name<#b> #bounds { #(#methods)* }
    }
}

/// `Debug`, for unwrapping results.
pub fn debug(model: &Sequential) -> TokenStream {
    let (p, name) = (private(), &model.name);
    let b = backend(name);
    let title = name.to_string();
    quote! {
        #[automatically_derived]
        impl<#b: #p::Backend> ::core::fmt::Debug for #name<#b> {
            fn fmt(&self, __keras_f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Formatter::debug_struct(__keras_f, #title)
                    .field("params", &__keras_PLAN.layout.params())
                    .finish_non_exhaustive()
            }
        }
    }
}
