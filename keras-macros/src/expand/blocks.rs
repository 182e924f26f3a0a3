//! A model as a layer of other models, and a model with such layers.
//!
//! What is not built in may be a layer of a person's own or a model of any number of layers; only the type
//! system knows. So where there is one, steps and layers are counted by consts instead of literals.

use proc_macro2::TokenStream;
use quote::quote;

use super::names::{node, private};
use crate::check::{Chain, Kind};

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

/// The first step of layer `i`, counted from 0; behind the last one, how many there are. `mixed` says whether
/// there are models among the layers.
pub fn start(mixed: bool, i: usize) -> TokenStream {
    if mixed { quote!(__keras_AT[#i]) } else { quote!(#i) }
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
        let start = start(are_in(chain), i);
        quote!(__keras_PLAN.place(#start))
    }
}

/// The number of a value that the model gives.
pub fn output(chain: &Chain, value: usize) -> TokenStream {
    let (p, inputs, count) = (private(), chain.inputs.len(), chain.nodes.len());
    if are_in(chain) { quote!(#p::value::<#inputs, #count>(&__keras_GROUPS, #value)) } else { quote!(#value) }
}

/// A person's own layer need not have code for every backend.
pub fn bound(i: usize, input: &TokenStream, b: &TokenStream) -> TokenStream {
    let (p, n) = (private(), node(i + 1));
    quote!(<#n as #p::BlockNode>::P: #p::RunBlock<#input, #b>)
}
