//! What a model with mistakes becomes: the type that it says it is, so that nothing else in the
//! person's code is reported because of it.

use proc_macro2::TokenStream;
use quote::quote;

use super::architecture::{names, output_kind};
use super::attributes::attributes;
use super::names::{backend, private};
use super::types::rank;
use super::{nodes, words};
use crate::check::{Chain, Shape};
use crate::parse::{Form, Sequential};

/// The struct alone.
pub fn struct_(model: &Sequential) -> TokenStream {
    let p = private();
    let Sequential { visibility, name, .. } = model;
    let attributes = attributes(model);
    let b = backend(name);
    let lints =
        if model.form == Form::Expression { quote!(#[allow(non_camel_case_types)]) } else { quote!() };
    quote! {
        #attributes
        #[allow(missing_docs, dead_code)]
        #lints
        #visibility struct #name<#b: #p::Backend = #p::Cpu>(::core::marker::PhantomData<#b>);
    }
}

/// The errors, what else can be checked, and a `Model` that does nothing.
pub fn items(model: &Sequential, chain: &Chain) -> TokenStream {
    let (p, name) = (private(), &model.name);
    let b = backend(name);
    let checks = nodes::items(chain);
    let (first, others) = chain.errors.split();
    let words = words::words(model);
    let inputs: Vec<usize> = (0..chain.inputs.len()).collect();
    let input = all(chain, &inputs);
    let output = all(chain, &chain.outputs);
    let kind = output_kind(model, chain);
    let names = names(chain);
    let accessors = accessors(model, chain);
    let as_layer = as_layer(model, chain, &output);
    let title = name.to_string();
    quote! {
        // What depends on this const is known to be wrong already and is not reported.
        const __keras_STOP: ::core::primitive::usize = #first;
        #others
        #checks
        #words
        #[automatically_derived]
        impl<#b: #p::Backend> #p::Model for #name<#b> {
            type Backend = #b;
            type Input = #input;
            type Output = #output;
            type OutputKind = #p::#kind;
            type Architecture = #name<#p::Cpu>;
        type Layers = ();
            const NAME: &'static ::core::primitive::str = #title;
            #names
            const PARAMS: ::core::primitive::usize = __keras_STOP;
            const FLOPS: ::core::primitive::usize = __keras_STOP;
            const ACTIVATIONS: ::core::primitive::usize = __keras_STOP;
            const WORKSPACE_BYTES: ::core::primitive::usize = __keras_STOP;
            const LAYERS: &'static [#p::LayerInfo] = { let _ = __keras_STOP; &[] };
            const LAYOUT: #p::Layout = { let _ = __keras_STOP; #p::Layout::NONE };
            fn new_on(_: #b, _: ::core::primitive::u64) -> #p::Result<Self> { loop {} }
            fn init_layer(
                _: &(),
                _: ::core::primitive::usize,
                _: ::core::primitive::usize,
                _: &mut #p::Random,
                _: &mut [::core::primitive::f32],
            ) {}
            fn rules(
                _: &(),
                _: ::core::primitive::usize,
                _: ::core::primitive::usize,
            ) -> ::core::option::Option<&#p::Rules> { ::core::option::Option::None }
            fn forward(_: &(), _: #p::Forward<'_, '_, #b>) {}
            fn backward(_: &(), _: #p::Backward<'_, '_, '_, #b>) {}
            fn layers(&self) -> &() { &() }
            fn store(&self) -> &#p::Store<#b> { loop {} }
            fn store_mut(&mut self) -> &mut #p::Store<#b> { loop {} }
            fn split(&mut self) -> (&(), &mut #p::Store<#b>) { loop {} }
        }
        #[automatically_derived]
        impl<#b: #p::Backend> ::core::fmt::Debug for #name<#b> {
            fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { loop {} }
        }
        #as_layer
        #accessors
    }
}

/// It may be a layer of another model, about which nothing is said because of it.
fn as_layer(model: &Sequential, chain: &Chain, output: &TokenStream) -> TokenStream {
    if chain.outputs.len() > 1 || model.form == Form::Expression {
        return quote!();
    }
    let (p, name) = (private(), &model.name);
    let b = backend(name);
    quote! {
        #[automatically_derived]
        impl<__keras_In> #p::Block<__keras_In> for #name<#p::Cpu> {
            type Out = #output;
            type Values = ();
            const ROWS: &'static [#p::Row] = { let _ = __keras_STOP; &[] };
            const OUTPUT: ::core::option::Option<::core::primitive::usize> = ::core::option::Option::None;
            const LAYERS: &'static [#p::LayerInfo] = { let _ = __keras_STOP; &[] };
            fn values() {}
            fn init(
                _: &(),
                _: ::core::primitive::usize,
                _: ::core::primitive::usize,
                _: &mut #p::Random,
                _: &mut [::core::primitive::f32],
            ) {}
            fn rules(
                _: &(),
                _: ::core::primitive::usize,
                _: ::core::primitive::usize,
            ) -> ::core::option::Option<&#p::Rules> { ::core::option::Option::None }
        }
        #[automatically_derived]
        impl<__keras_In, #b: #p::Backend> #p::RunBlock<__keras_In, #b> for #name<#p::Cpu> {
            fn forward(
                _: &(), _: &mut #p::Forward<'_, '_, #b>, _: &'static [#p::Step], _: &'static [#p::Step],
            ) {}
            fn backward(_: &(), _: &mut #p::Backward<'_, '_, '_, #b>, _: &'static [#p::Step]) {}
        }
    }
}

/// One shape, or a tuple of them.
fn all(chain: &Chain, values: &[usize]) -> TokenStream {
    let mut shapes = values.iter().map(|value| stated(chain.shape(*value)));
    match values.len() {
        0 => stated(&Shape::Lost),
        1 => shapes.next().unwrap_or_default(),
        _ => quote!((#(#shapes),*)),
    }
}

/// A shape as far as it is known; else one that is known to be wrong.
fn stated(shape: &Shape) -> TokenStream {
    let p = private();
    match shape.known() {
        Some(dims) => rank(dims, proc_macro2::Span::call_site()),
        None => quote!(#p::Rank1<{ __keras_STOP }>),
    }
}

/// The methods of named layers, with a result that nothing is said about.
fn accessors(model: &Sequential, chain: &Chain) -> TokenStream {
    let (p, name) = (private(), &model.name);
    let b = backend(name);
    let named = chain.nodes.iter().enumerate().filter_map(|(i, layer)| Some((i, layer.method.as_ref()?)));
    let methods = named.map(|(i, method)| {
        let until = quote::format_ident!("until_{method}");
        let made = stated(chain.shape(chain.value(i + 1)));
        let method_mut = quote::format_ident!("{method}_mut");
        let wrong = quote!(#p::Weights<'_, #b, #p::layers::Dense<{ __keras_STOP }, { __keras_STOP }>>);
        let wrong_mut = quote!(#p::WeightsMut<'_, #b, #p::layers::Dense<{ __keras_STOP }, { __keras_STOP }>>);
        quote! {
            pub fn #method(&self) -> #wrong { loop {} }
            pub fn #method_mut(&mut self) -> #wrong_mut { loop {} }
            pub fn #until(&mut self) -> #p::Until<'_, Self, #made> { loop {} }
        }
    });
    quote!(#[automatically_derived] impl<#b: #p::Backend> #name<#b> { #(#methods)* })
}
