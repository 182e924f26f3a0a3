//! The struct and its `Model`.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::attributes::attributes;
use super::names::{backend, check, dims, node, private, private_at, shape};
use super::{accessors, docs, nodes, values};
use crate::check::{Activation, Chain, Kind, Node};
use crate::parse::{Form, Sequential};

/// The struct, with the table of its layers in its docs.
pub fn struct_(model: &Sequential, chain: &Chain) -> TokenStream {
    let p = private();
    let Sequential { visibility, name, .. } = model;
    let attributes = attributes(model);
    let docs = docs::table(model, chain);
    let b = backend(name);
    let lints =
        if model.form == Form::Expression { quote!(#[allow(non_camel_case_types)]) } else { quote!() };
    quote! {
        #attributes
        #[doc = #docs]
        #lints
        #visibility struct #name<#b: #p::Backend = #p::Cpu> {
            __keras_store: #p::Store<#b>,
            __keras_layers: <#name<#p::Cpu> as #p::Architecture>::Layers,
        }
    }
}

/// All that belongs to it.
pub fn items(model: &Sequential, chain: &Chain) -> TokenStream {
    let (p, name) = (private(), &model.name);
    let checks = nodes::items(chain);
    let layers = values::layers(chain);
    let plan = plan(model, chain);
    let body = body(model, chain);
    let accessors = accessors::accessors(model, chain);
    let debug = accessors::debug(model);
    let b = backend(name);
    let bounds = bounds(chain, &quote!(#b));
    quote! {
        #checks
        #layers
        #plan
        #[automatically_derived]
        impl #p::Architecture for #name<#p::Cpu> { type Layers = __keras_Layers; }
        #[automatically_derived]
        impl<#b: #p::Backend> #p::Model for #name<#b> #bounds { #body }
        #accessors
        #debug
    }
}

fn plan(model: &Sequential, chain: &Chain) -> TokenStream {
    let p = private();
    let (count, input) = (chain.nodes.len(), dims(0));
    // What is too large is said at the layer, or at the model's name.
    let rows = chain.nodes.iter().enumerate().map(|(i, layer)| {
        let (at, span, n) = (private_at(layer.span), layer.span, node(i + 1));
        let who = format!("layer {} `{}`", i + 1, layer.title);
        quote_spanned!(span=> #at::row::<#n>(#who, &[#i], ::core::option::Option::None))
    });
    let span = if model.form == Form::Expression { model.open } else { model.name.span() };
    let at = private_at(span);
    let plan = quote_spanned!(span=> #at::plan([#input], [#(#rows),*], &[#count]));
    // Where a layer did not pass its check, this const is known to be wrong before it is evaluated.
    let checks = chain.nodes.iter().enumerate().filter(|(_, layer)| layer.made.is_foreign).map(|(i, _)| {
        let check = check(i + 1);
        quote!(let _: [(); 0] = [(); 0 * #check.rank];)
    });
    let mut checks = quote!(#(#checks)*);
    // So it is where a model is too large, of which the macro does not know the numbers.
    let known = |node: &Node| node.made.params.is_some() && node.made.shape.known().is_some();
    if !chain.nodes.iter().all(known) {
        checks = quote!(let _: [(); 0] = [(); { #checks 0 * #plan.layout.trained }];);
    }
    quote! {
        const __keras_PLAN: #p::Plan<#count> = {
            #checks
            #plan
        };
    }
}

/// A person's own layer need not have code for every backend.
fn bounds(chain: &Chain, b: &TokenStream) -> TokenStream {
    let p = private();
    let own = chain.nodes.iter().enumerate().filter(|(_, layer)| matches!(layer.made.kind, Kind::Own(_)));
    let bounds = own.map(|(i, _)| {
        let (n, input) = (node(i + 1), shape(i));
        quote!(<#n as #p::Node>::L: #p::Run<#input, #b>)
    });
    let bounds: Vec<TokenStream> = bounds.collect();
    if bounds.is_empty() { quote!() } else { quote!(where #(#bounds),*) }
}

fn body(model: &Sequential, chain: &Chain) -> TokenStream {
    let p = private();
    let b = backend(&model.name);
    let count = chain.nodes.len();
    let title = if model.form == Form::Expression { "Sequential".into() } else { model.name.to_string() };
    let (input, output) = (shape(0), shape(count));
    let kind = if probabilities(chain) { quote!(Probabilities) } else { quote!(Open) };
    let places: Vec<Literal> = (0..count).map(Literal::usize_unsuffixed).collect();
    let nodes: Vec<_> = (1..=count).map(node).collect();
    let infos = chain.nodes.iter().enumerate().map(|(i, layer)| {
        let (n, name, title) = (node(i + 1), &layer.name, &layer.title);
        quote!(#p::info::<#n, #count>(#name, #title, &__keras_PLAN, #i))
    });
    let back = nodes.iter().zip(&places).rev().map(|(n, i)| {
        quote!(#p::backward::<#n, #b>(&__keras_layers.#i, &mut __keras_pass, &__keras_PLAN.steps[#i]);)
    });
    quote! {
        type Backend = #b;
        type Input = #input;
        type Output = #output;
        type OutputKind = #p::#kind;
        type Layers = __keras_Layers;
        const NAME: &'static ::core::primitive::str = #title;
        const PARAMS: ::core::primitive::usize = __keras_PLAN.layout.params();
        const FLOPS: ::core::primitive::usize = __keras_PLAN.flops;
        const ACTIVATIONS: ::core::primitive::usize = __keras_PLAN.layout.activations();
        const WORKSPACE_BYTES: ::core::primitive::usize =
            4 * (__keras_PLAN.layout.activations() + __keras_PLAN.layout.gradients());
        const LAYERS: &'static [#p::LayerInfo] = &[#(#infos),*];
        const LAYOUT: #p::Layout = __keras_PLAN.layout;

        fn new_on(__keras_device: #b, __keras_seed: ::core::primitive::u64) -> #p::Result<Self> {
            let __keras_layers = __keras_values();
            let __keras_store = #p::new_store::<Self>(__keras_device, __keras_seed, &__keras_layers)?;
            #p::Result::Ok(Self { __keras_store, __keras_layers })
        }
        fn init_layer(
            __keras_layers: &__keras_Layers,
            __keras_layer: ::core::primitive::usize,
            __keras_variable: ::core::primitive::usize,
            __keras_random: &mut #p::Random,
            __keras_values: &mut [::core::primitive::f32],
        ) {
            match __keras_layer {
                #(#places => #p::init::<#nodes>(
                    &__keras_layers.#places, __keras_variable, __keras_random, __keras_values,
                ),)*
                _ => {}
            }
        }
        fn forward(__keras_layers: &__keras_Layers, __keras_pass: #p::Forward<'_, '_, #b>) {
            let mut __keras_pass = __keras_pass;
            #(#p::forward::<#nodes, #b>(&__keras_layers.#places, &mut __keras_pass, &__keras_PLAN.steps[#places], &__keras_PLAN.light[#places]);)*
        }
        fn backward(__keras_layers: &__keras_Layers, __keras_pass: #p::Backward<'_, '_, '_, #b>) {
            let mut __keras_pass = __keras_pass;
            #(#back)*
        }
        fn layers(&self) -> &__keras_Layers {
            &self.__keras_layers
        }
        fn store(&self) -> &#p::Store<#b> {
            &self.__keras_store
        }
        fn store_mut(&mut self) -> &mut #p::Store<#b> {
            &mut self.__keras_store
        }
        fn split(&mut self) -> (&__keras_Layers, &mut #p::Store<#b>) {
            (&self.__keras_layers, &mut self.__keras_store)
        }
    }
}

/// Whether what comes out went through a softmax or a sigmoid, as far as the macro can see.
pub fn probabilities(chain: &Chain) -> bool {
    let kinds = chain.nodes.iter().rev().map(|layer| &layer.made.kind);
    let passes = |kind: &Kind| match kind {
        Kind::Reshape => true,
        kind => ["Flatten", "Dropout", "SpatialDropout2D"].iter().any(|layer| kind.is(layer)),
    };
    let mut computing = kinds.skip_while(|kind| passes(kind));
    let activation = computing.next().and_then(Kind::activation);
    matches!(activation, Some(Activation::BuiltIn("Softmax" | "Sigmoid", _)))
}
