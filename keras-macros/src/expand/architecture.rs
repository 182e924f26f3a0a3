//! The struct and its `Model`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::attributes::attributes;
use super::names::{backend, check, private, shape};
use super::{accessors, blocks, docs, nodes, values};
use crate::check::{Chain, Node, misfits};
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
    let until = accessors::until(model, chain, &bounds);
    let new = accessors::new(model, chain, &bounds);
    let infos = super::plan::infos(chain);
    let functions = super::functions::functions(model, chain, &bounds);
    let as_layer = super::as_layer::as_layer(model, chain);
    quote! {
        #checks
        #layers
        #plan
        #infos
        #functions
        #[automatically_derived]
        impl #p::Architecture for #name<#p::Cpu> { type Layers = __keras_Layers; }
        #[automatically_derived]
        impl<#b: #p::Backend> #p::Model for #name<#b> #bounds { #body }
        #as_layer
        #accessors
        #new
        #until
        #debug
    }
}

fn plan(model: &Sequential, chain: &Chain) -> TokenStream {
    // Where a layer did not pass its check, this const is known to be wrong before it is evaluated.
    let checks = chain.nodes.iter().enumerate().filter(|(_, layer)| layer.made.is_foreign).map(|(i, _)| {
        let check = check(chain.value(i + 1));
        quote!(let _: [(); 0] = [(); 0 * #check.rank];)
    });
    let checks = quote!(#(#checks)*);
    // So it is where a model is too large, of which the macro does not know the numbers.
    let known = |node: &Node| node.made.params.is_some() && node.made.shape.known().is_some();
    let all_known = chain.nodes.iter().all(known);
    super::plan::plan(model, chain, &checks, all_known)
}

/// A person's own layer need not have code for every backend.
fn bounds(chain: &Chain, b: &TokenStream) -> TokenStream {
    let own = chain.nodes.iter().enumerate().filter(|(i, _)| blocks::is(chain, *i));
    let bounds = own.map(|(i, layer)| blocks::bound(i, &nodes::given(layer), b));
    let bounds: Vec<TokenStream> = bounds.collect();
    if bounds.is_empty() { quote!() } else { quote!(where #(#bounds),*) }
}

fn body(model: &Sequential, chain: &Chain) -> TokenStream {
    let (p, name) = (private(), &model.name);
    let b = backend(&model.name);
    let title = if model.form == Form::Expression { "Sequential".into() } else { model.name.to_string() };
    let inputs: Vec<usize> = (0..chain.inputs.len()).collect();
    let (input, output) = (all(&inputs), all(&chain.outputs));
    let ends = chain.outputs.iter().map(|value| super::blocks::output(chain, *value));
    let names = names(chain);
    let kind = output_kind(model, chain);
    let operation = super::functions::call_operation();
    quote! {
        type Backend = #b;
        type Input = #input;
        type Output = #output;
        type OutputKind = #p::#kind;
        type Architecture = #name<#p::Cpu>;
        type Layers = __keras_Layers;
        const NAME: &'static ::core::primitive::str = #title;
        #names
        const PARAMS: ::core::primitive::usize = __keras_PLAN.layout.params();
        const FLOPS: ::core::primitive::usize = __keras_PLAN.flops;
        const ACTIVATIONS: ::core::primitive::usize = __keras_PLAN.layout.activations();
        const WORKSPACE_BYTES: ::core::primitive::usize =
            4 * (__keras_PLAN.layout.activations() + __keras_PLAN.layout.gradients());
        const LAYERS: &'static [#p::LayerInfo] = &__keras_LAYERS;
        const LAYOUT: #p::Layout = __keras_PLAN.layout;
        const ROWS: &'static [#p::Row] = &__keras_ROWS;
        const ENDS: &'static [::core::primitive::usize] = &[#(#ends),*];

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
        fn forward(__keras_layers: &__keras_Layers, __keras_pass: #p::Forward<'_, '_, #b>) {
            let mut __keras_pass = __keras_pass;
            __keras_forward::<#b>(__keras_layers, &mut __keras_pass, &__keras_PLAN.steps, &__keras_PLAN.light)
        }
        fn backward(__keras_layers: &__keras_Layers, __keras_pass: #p::Backward<'_, '_, '_, #b>) {
            let mut __keras_pass = __keras_pass;
            __keras_backward::<#b>(__keras_layers, &mut __keras_pass, &__keras_PLAN.steps)
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

/// The names of what goes in and out, where that is several values.
pub fn names(chain: &Chain) -> TokenStream {
    let inputs = chain.inputs.iter().filter_map(|input| input.name.as_ref()).map(ToString::to_string);
    let outputs = chain.outputs.iter().filter_map(|value| chain.maker(*value)).map(|node| node.name.clone());
    let list = |name: &str, all: Vec<String>| {
        let name = quote::format_ident!("{name}");
        let several = all.len() > 1;
        several.then(|| quote!(const #name: &'static [&'static ::core::primitive::str] = &[#(#all),*];))
    };
    let (inputs, outputs) = (list("INPUTS", inputs.collect()), list("OUTPUTS", outputs.collect()));
    quote!(#inputs #outputs)
}

/// The type of one value, or of several.
pub fn all(values: &[usize]) -> TokenStream {
    let shapes = values.iter().map(|value| shape(*value));
    if let [one] = values { shape(*one).to_token_stream() } else { quote!((#(#shapes),*)) }
}

/// What the model's type says of its output, for the losses that it does not fit.
pub fn output_kind(model: &Sequential, chain: &Chain) -> TokenStream {
    let (probabilities, apart) = misfits(chain, &model.attributes);
    quote!(Outcome<#probabilities, #apart>)
}
