//! A model as a layer of other models, and a model with such layers.
//!
//! What is not built in may be a layer of a person's own or a model of any number of layers; only the type
//! system knows. So where there is one, steps and layers are counted by consts instead of literals.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::architecture::all;
use super::names::{backend, dims, node, private, private_at};
use super::nodes;
use crate::check::{Chain, Kind};
use crate::parse::{Form, Sequential};

/// Whether there may be models among the layers.
pub fn are_in(chain: &Chain) -> bool {
    chain.nodes.iter().any(|layer| matches!(layer.made.kind, Kind::Own(_)))
}

/// Whether layer `i`, counted from 0, may be a model.
pub fn is(chain: &Chain, i: usize) -> bool {
    matches!(chain.nodes[i].made.kind, Kind::Own(_))
}

/// The layer or the model of a node, as the trait that both have.
pub fn block(i: usize) -> TokenStream {
    let (p, n) = (private(), node(i + 1));
    quote!(<<#n as #p::BlockNode>::P as #p::Block<<#n as #p::BlockNode>::In>>)
}

/// The first step of layer `i`, counted from 0; behind the last one, how many there are.
pub fn start(chain: &Chain, i: usize) -> TokenStream {
    if are_in(chain) { quote!(__keras_AT[#i]) } else { quote!(#i) }
}

/// The step that makes what layer `i` gives.
pub fn end(chain: &Chain, i: usize) -> TokenStream {
    if are_in(chain) { quote!(__keras_STEPS[__keras_END[#i]]) } else { quote!(__keras_PLAN.steps[#i]) }
}

/// Where the weights of layer `i` are.
pub fn place(chain: &Chain, i: usize) -> TokenStream {
    let next = i + 1;
    if is(chain, i) {
        quote!(__keras_PLAN.places(__keras_AT[#i], __keras_AT[#next]))
    } else {
        let start = start(chain, i);
        quote!(__keras_PLAN.place(#start))
    }
}

/// The number of a value that the model gives.
fn output(chain: &Chain, value: usize) -> TokenStream {
    let (p, inputs, count) = (private(), chain.inputs.len(), chain.nodes.len());
    if are_in(chain) { quote!(#p::value::<#inputs, #count>(&__keras_GROUPS, #value)) } else { quote!(#value) }
}

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
        quote!(const __keras_ROWS: [#p::Row; #count] = { #checks [#(#rows),*] };)
    };
    let count = start(chain, count);
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
        const __keras_LAID: #p::Plan<#count> = {
            #sizes
            #plan
        };
        // What refers to the plan refers to this: each mention of a const is a copy that the compiler makes
        // and looks through, all of it.
        const __keras_PLAN: &'static #p::Plan<#count> = &__keras_LAID;
        #steps
    }
}

/// The const `__keras_LAYERS`.
pub fn infos(chain: &Chain) -> TokenStream {
    let p = private();
    let owners: Vec<usize> = chain.owners().collect();
    let info = |i: usize| {
        let (n, layer, at) = (node(i + 1), &chain.nodes[i], start(chain, i));
        let (name, title, frozen) = (&layer.name, &layer.title, layer.frozen);
        quote!(#p::info::<#n, _>(#name, #title, __keras_PLAN, #at, #frozen))
    };
    let count = owners.len();
    if !are_in(chain) {
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
    // The value of the layer of each step.
    let value = |i: usize| {
        let owner = chain.nodes[i].shared.unwrap_or(i);
        let place = owners.iter().position(|other| *other == owner).unwrap_or_default();
        let place = Literal::usize_unsuffixed(place);
        quote!(&__keras_layers.#place)
    };
    let count = chain.nodes.len();
    let part = |name: &TokenStream, i: usize| {
        let (start, end) = (start(chain, i), start(chain, i + 1));
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

/// The model as a layer of others. Where it gives several values, it says so when it is used as one.
pub fn as_layer(model: &Sequential, chain: &Chain) -> TokenStream {
    let [out, others @ ..] = chain.outputs.as_slice() else { return quote!() };
    if model.form == Form::Expression {
        return quote!();
    }
    let given = others.len() + 1;
    let (p, name) = (private(), &model.name);
    let b = backend(name);
    let inputs: Vec<usize> = (0..chain.inputs.len()).collect();
    let (input, output) = (all(&inputs), all(&[*out]));
    let value = self::output(chain, *out);
    let own = chain.nodes.iter().enumerate().filter(|(i, _)| is(chain, *i));
    let bounds = own.map(|(i, layer)| bound(i, &nodes::given(layer), &quote!(#b)));
    quote! {
        #[automatically_derived]
        impl<__keras_In: #p::Values> #p::Block<__keras_In> for #name<#p::Cpu> {
            type Out = #output;
            type Values = __keras_Layers;
            const ROWS: &'static [#p::Row] = &__keras_ROWS;
            const OUTPUT: ::core::option::Option<::core::primitive::usize> =
                ::core::option::Option::Some(#value);
            const LAYERS: &'static [#p::LayerInfo] = &__keras_LAYERS;
            const FAULT: ::core::option::Option<#p::layers::Text> =
                #p::misfit(<#input as #p::Values>::DIMS, <__keras_In as #p::Values>::DIMS, #given);
            fn values() -> __keras_Layers { __keras_values() }
            fn init(
                __keras_layers: &__keras_Layers,
                __keras_layer: ::core::primitive::usize,
                __keras_variable: ::core::primitive::usize,
                __keras_random: &mut #p::Random,
                __keras_values: &mut [::core::primitive::f32],
            ) {
                __keras_init(__keras_layers, __keras_layer, __keras_variable, __keras_random, __keras_values)
            }
            fn rules(
                __keras_layers: &__keras_Layers,
                __keras_layer: ::core::primitive::usize,
                __keras_variable: ::core::primitive::usize,
            ) -> ::core::option::Option<&#p::Rules> {
                __keras_rules(__keras_layers, __keras_layer, __keras_variable)
            }
        }
        #[automatically_derived]
        impl<__keras_In: #p::Values, #b: #p::Backend> #p::RunBlock<__keras_In, #b> for #name<#p::Cpu>
        where #(#bounds),*
        {
            fn forward(
                __keras_layers: &__keras_Layers,
                __keras_pass: &mut #p::Forward<'_, '_, #b>,
                __keras_full: &'static [#p::Step],
                __keras_light: &'static [#p::Step],
            ) {
                __keras_forward::<#b>(__keras_layers, __keras_pass, __keras_full, __keras_light)
            }
            fn backward(
                __keras_layers: &__keras_Layers,
                __keras_pass: &mut #p::Backward<'_, '_, '_, #b>,
                __keras_full: &'static [#p::Step],
            ) {
                __keras_backward::<#b>(__keras_layers, __keras_pass, __keras_full)
            }
        }
    }
}

/// A person's own layer need not have code for every backend.
pub fn bound(i: usize, input: &TokenStream, b: &TokenStream) -> TokenStream {
    let (p, n) = (private(), node(i + 1));
    quote!(<#n as #p::BlockNode>::P: #p::RunBlock<#input, #b>)
}
