//! What the model does, layer by layer.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::blocks::{are_in, is, start};
use super::names::{backend, node, private};
use crate::check::Chain;
use crate::parse::Sequential;

/// The functions that the model and the layer that it may be have in common.
pub fn functions(model: &Sequential, chain: &Chain, bounds: &TokenStream) -> TokenStream {
    let p = private();
    let b = backend(&model.name);
    let owners: Vec<usize> = chain.owners().collect();
    let init = choose(chain, &owners, &quote!({}), |i, place, inner| {
        let n = node(i + 1);
        match inner {
            Some(inner) => quote!(#p::block_init::<#n>(
                &__keras_layers.#place, #inner, __keras_variable, __keras_random, __keras_values,
            )),
            None => quote!(#p::init::<#n>(
                &__keras_layers.#place, __keras_variable, __keras_random, __keras_values,
            )),
        }
    });
    let rules = choose(chain, &owners, &quote!(::core::option::Option::None), |i, place, inner| {
        let n = node(i + 1);
        match inner {
            Some(inner) => quote!(#p::block_rules::<#n>(&__keras_layers.#place, #inner, __keras_variable)),
            None => quote!(#p::rules::<#n>(&__keras_layers.#place, __keras_variable)),
        }
    });
    let operation = cfg!(feature = "onnx").then(|| operation(chain, &owners));
    // The value of the layer of each step.
    let value = |i: usize| {
        let owner = chain.nodes[i].shared.unwrap_or(i);
        let place = owners.iter().position(|other| *other == owner).unwrap_or_default();
        let place = Literal::usize_unsuffixed(place);
        quote!(&__keras_layers.#place)
    };
    let (count, mixed) = (chain.nodes.len(), are_in(chain));
    let part = |name: &TokenStream, i: usize| {
        let (start, end) = (start(mixed, i), start(mixed, i + 1));
        if is(chain, i) { quote!(&#name[#start..#end]) } else { quote!(&#name[#start]) }
    };
    let (full, light) = (quote!(__keras_full), quote!(__keras_light));
    let forth = (0..count).map(|i| {
        let (n, value, full, light) = (node(i + 1), value(i), part(&full, i), part(&light, i));
        let run = if is(chain, i) { quote!(block_forward) } else { quote!(forward) };
        quote!(#p::#run::<#n, #b>(#value, __keras_pass, #full, #light);)
    });
    let back = (0..count).rev().map(|i| {
        let (n, value, full) = (node(i + 1), value(i), part(&full, i));
        let run = if is(chain, i) { quote!(block_backward) } else { quote!(backward) };
        quote!(#p::#run::<#n, #b>(#value, __keras_pass, #full);)
    });
    quote! {
        fn __keras_init(
            __keras_layers: &__keras_Layers,
            __keras_layer: ::core::primitive::usize,
            __keras_variable: ::core::primitive::usize,
            __keras_random: &mut #p::Random,
            __keras_values: &mut [::core::primitive::f32],
        ) {
            #init
        }
        fn __keras_rules(
            __keras_layers: &__keras_Layers,
            __keras_layer: ::core::primitive::usize,
            __keras_variable: ::core::primitive::usize,
        ) -> ::core::option::Option<&#p::Rules> {
            #rules
        }
        #operation
        #[inline(always)]
        fn __keras_forward<#b: #p::Backend>(
            __keras_layers: &__keras_Layers,
            __keras_pass: &mut #p::Forward<'_, '_, #b>,
            __keras_full: &'static [#p::Step],
            __keras_light: &'static [#p::Step],
        ) #bounds {
            #(#forth)*
        }
        #[inline(always)]
        fn __keras_backward<#b: #p::Backend>(
            __keras_layers: &__keras_Layers,
            __keras_pass: &mut #p::Backward<'_, '_, '_, #b>,
            __keras_full: &'static [#p::Step],
        ) #bounds {
            #(#back)*
        }
    }
}

/// What each layer computes: for what writes models down in other forms.
fn operation(chain: &Chain, owners: &[usize]) -> TokenStream {
    let p = private();
    let operation = choose(chain, owners, &quote!(::core::option::Option::None), |i, place, inner| {
        let n = node(i + 1);
        match inner {
            Some(inner) => quote!(#p::block_operation::<#n>(&__keras_layers.#place, #inner)),
            None => quote!(#p::operation::<#n>(&__keras_layers.#place)),
        }
    });
    quote! {
        fn __keras_operation(
            __keras_layers: &__keras_Layers,
            __keras_layer: ::core::primitive::usize,
        ) -> ::core::option::Option<#p::Operation> {
            #operation
        }
    }
}

/// The method that calls it.
pub fn call_operation() -> TokenStream {
    let p = private();
    if cfg!(not(feature = "onnx")) {
        return quote!();
    }
    quote! {
        fn operation(
            __keras_layers: &__keras_Layers,
            __keras_layer: ::core::primitive::usize,
        ) -> ::core::option::Option<#p::Operation> {
            __keras_operation(__keras_layers, __keras_layer)
        }
    }
}

/// The code for the layer of a number.
fn choose(
    chain: &Chain,
    owners: &[usize],
    otherwise: &TokenStream,
    code: impl Fn(usize, Literal, Option<TokenStream>) -> TokenStream,
) -> TokenStream {
    let places = owners.iter().enumerate().map(|(k, &i)| (k, i, Literal::usize_unsuffixed(k)));
    if !are_in(chain) {
        let arms = places.map(|(_, i, place)| {
            let code = code(i, place.clone(), None);
            quote!(#place => #code,)
        });
        return quote!(match __keras_layer { #(#arms)* _ => #otherwise });
    }
    let arms = places.map(|(k, i, place)| {
        let next = k + 1;
        let inner = is(chain, i).then(|| quote!(__keras_layer - __keras_FROM[#k]));
        let code = code(i, place, inner);
        quote!(if __keras_layer < __keras_FROM[#next] { #code } else)
    });
    quote!(#(#arms)* { #otherwise })
}
