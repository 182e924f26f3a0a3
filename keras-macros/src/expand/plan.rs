//! The const of all offsets, and that of all layers.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::blocks::{are_in, block, is, output, start};
use super::known::known;
use super::names::{dims, node, private, private_at};
use crate::check::Chain;
use crate::parse::{Form, Sequential};

/// The consts `__keras_ROWS` and `__keras_PLAN`. `checks` are what has to hold first; `known` is whether
/// the macro knows all sizes.
pub fn plan(model: &Sequential, chain: &Chain, checks: &TokenStream, known: bool) -> TokenStream {
    let p = private();
    let (count, inputs) = (chain.nodes.len(), (0..chain.inputs.len()).map(dims));
    let mixed = are_in(chain);
    // What is too large is said at the layer, or at the model's name.
    let rows = chain.nodes.iter().enumerate().map(|(i, layer)| {
        let (at, span, n) = (private_at(layer.span), layer.span, node(i + 1));
        let (who, inputs) = (chain.in_full(&layer.who, &layer.title), &layer.inputs);
        let shared = match layer.shared {
            Some(first) => quote!(::core::option::Option::Some(#first)),
            None => quote!(::core::option::Option::None),
        };
        if is(chain, i) {
            return quote_spanned!(span=> #at::group::<#n>(#who, &[#(#inputs),*], #shared));
        }
        let row = quote_spanned!(span=> #at::row::<#n>(#who, &[#(#inputs),*], #shared));
        if mixed { quote!(#p::Group::single(#row)) } else { row }
    });
    let given = chain.inputs.len();
    let rows = if mixed {
        let starts = (0..count).map(|i| quote!(__keras_starts[#i]));
        quote! {
            const __keras_GROUPS: [#p::Group; #count] = { #checks [#(#rows),*] };
            const __keras_AT: [::core::primitive::usize; #count + 1] = {
                let __keras_starts = #p::starts(&__keras_GROUPS);
                [#(#starts,)* #p::count(&__keras_GROUPS)]
            };
            const __keras_END: [::core::primitive::usize; #count] = #p::ends(&__keras_GROUPS);
            const __keras_ROWS: [#p::Row; __keras_AT[#count]] =
                #p::rows::<#given, #count, { __keras_AT[#count] }>(&__keras_GROUPS);
        }
    } else {
        quote!(static __keras_ROWS: [#p::Row; #count] = { #checks [#(#rows),*] };)
    };
    let count = start(mixed, count);
    let count = if mixed { quote!({ #count }) } else { count };
    let outputs = chain.outputs.iter().map(|value| output(chain, *value));
    let span = if model.form == Form::Expression { model.open } else { model.name.span() };
    let at = private_at(span);
    let plan = quote_spanned!(span=> #at::plan([#(#inputs),*], __keras_ROWS, &[#(#outputs),*]));
    // Where the macro does not know the numbers, a plan that is too large makes this const known to be wrong.
    let sizes = if known { quote!() } else { quote!(let _: [(); 0] = [(); { 0 * #plan.layout.trained }];) };
    let steps = mixed.then(|| quote!(const __keras_STEPS: &'static [#p::Step] = &__keras_PLAN.steps;));
    quote! {
        #rows
        // A static is evaluated once, a const again where it is mentioned among bounds.
        static __keras_LAID: #p::Plan<#count> = {
            #sizes
            #plan
        };
        // What refers to the plan refers to this: each mention of a const is a copy that the compiler makes
        // and looks through, all of it.
        const __keras_PLAN: &'static #p::Plan<#count> = &{ __keras_LAID };
        #steps
    }
}

/// The const `__keras_LAYERS`.
pub fn infos(chain: &Chain) -> TokenStream {
    let p = private();
    let (owners, mixed) = (chain.owners().collect::<Vec<usize>>(), are_in(chain));
    let info = |i: usize| {
        let (n, layer, at) = (node(i + 1), &chain.nodes[i], start(mixed, i));
        let (name, title, frozen) = (&layer.name, &layer.title, layer.frozen);
        let known = known(layer);
        quote!(#p::info::<#n, _>(#name, #title, __keras_PLAN, #at, #frozen) #known)
    };
    let count = owners.len();
    if !mixed {
        let infos = owners.iter().map(|&i| info(i));
        return quote!(const __keras_LAYERS: [#p::LayerInfo; #count] = [#(#infos),*];);
    }
    let lens = owners.iter().enumerate().map(|(k, &i)| {
        let len = if is(chain, i) {
            let block = block(i);
            quote!(#block::LAYERS.len())
        } else {
            quote!(1)
        };
        let next = k + 1;
        quote!(__keras_from[#next] = __keras_from[#k] + #len;)
    });
    let labels = owners.iter().filter(|i| is(chain, **i)).map(|&i| {
        let (block, name, labels) = (block(i), &chain.nodes[i].name, format_ident!("__keras_T{i}"));
        quote! {
            const #labels: [#p::Label; #block::LAYERS.len()] = #p::labels(#name, #block::LAYERS);
        }
    });
    let infos = owners.iter().enumerate().map(|(k, &i)| {
        if !is(chain, i) {
            let info = info(i);
            return quote!(__keras_all[__keras_FROM[#k]] = #info;);
        }
        let (n, layer, labels) = (node(i + 1), &chain.nodes[i], format_ident!("__keras_T{i}"));
        let (title, frozen) = (&layer.title, layer.frozen);
        quote! {
            __keras_all = #p::block_info::<#n, _, _>(
                __keras_all, __keras_FROM[#k], &#labels, #title, __keras_PLAN, (__keras_AT[#i], #frozen),
            );
        }
    });
    quote! {
        const __keras_FROM: [::core::primitive::usize; #count + 1] = {
            let mut __keras_from = [0; #count + 1];
            #(#lens)*
            __keras_from
        };
        #(#labels)*
        const __keras_LAYERS: [#p::LayerInfo; __keras_FROM[#count]] = {
            let mut __keras_all = [#p::LayerInfo::NONE; __keras_FROM[#count]];
            #(#infos)*
            __keras_all
        };
    }
}
