//! A model as a layer of others.

use proc_macro2::TokenStream;
use quote::quote;

use super::architecture::all;
use super::blocks::{bound, is, output};
use super::names::{backend, private};
use super::nodes;
use crate::check::Chain;
use crate::parse::{Form, Sequential};

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
    let (input, made) = (all(&inputs), all(&[*out]));
    let value = output(chain, *out);
    let operation = super::functions::call_operation();
    let own = chain.nodes.iter().enumerate().filter(|(i, _)| is(chain, *i));
    let bounds = own.map(|(i, layer)| bound(i, &nodes::given(layer), &quote!(#b)));
    quote! {
        #[automatically_derived]
        impl<__keras_In: #p::Values> #p::Block<__keras_In> for #name<#p::Cpu> {
            type Out = #made;
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
            #operation
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
