//! The checks that the compiler makes, layer by layer.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::names::{dims, node, private, private_at, shape};
use super::{names, proofs, shapes, types};
use crate::check::{Chain, Kind, Node, Shape};

/// The shapes and nodes of all layers; after a mistake of those that can be checked all the same.
pub fn items(chain: &Chain) -> TokenStream {
    let mut items = input(chain);
    for value in 0..chain.inputs.len() {
        items.extend(shapes::name(chain, value));
    }
    let mut agreements = TokenStream::new();
    for i in 1..=chain.nodes.len() {
        if chain.is_checked(i) {
            items.extend(one(chain, i));
        }
        items.extend(shapes::name(chain, chain.value(i)));
        if chain.is_checked(i) && chain.is_named(chain.value(i)) {
            items.extend(proofs::proof(chain, i));
            agreements.extend(agreement(chain, i));
        }
    }
    // One const for all: an item of its own for each layer would take the compiler longer.
    quote!(#items const _: () = { #agreements };)
}

/// The inputs' sizes must not be 0.
fn input(chain: &Chain) -> TokenStream {
    let checks = chain.inputs.iter().flat_map(|input| {
        let who = format!("the input `{}`", input.title);
        input.consts.iter().map(move |(size, span)| {
            let (p, span) = (private_at(*span), *span);
            quote_spanned!(span=> const _: ::core::primitive::usize = #p::nonzero(#who, "a size", #size);)
        })
    });
    checks.collect()
}

/// The shape check of a layer, and what const evaluation has to look at.
fn one(chain: &Chain, i: usize) -> TokenStream {
    let layer = &chain.nodes[i - 1];
    let (p, n, input) = (private(), node(i), given(layer));
    let (check, guarded) = guarded(chain, i, &input);
    if chain.is_plain {
        // Nothing is left to be found out here, and a type of its own for each layer takes the compiler longer.
        return quote!(#check type #n = #p::At<#input, #guarded>;);
    }
    let who = chain.in_full(&layer.who, &layer.title);
    let (at, span) = (private_at(layer.span), layer.span);
    let is_block = matches!(layer.made.kind, Kind::Own(_));
    let own = is_block.then(|| quote_spanned!(span=> const _: () = #at::check_block::<#n>(#who);));
    let impl_ = if is_block {
        quote!(impl #p::BlockNode for #n { type In = #input; type P = #guarded; })
    } else {
        quote!(impl #p::Node for #n { type In = #input; type L = #guarded; })
    };
    let checks = &layer.made.checks;
    quote! {
        #check
        struct #n;
        #[automatically_derived]
        #impl_
        #checks
        #own
    }
}

/// The type of what a layer is given.
pub fn given(layer: &Node) -> TokenStream {
    match layer.inputs.as_slice() {
        [one] => shape(*one).to_token_stream(),
        several => {
            let shapes = several.iter().map(|value| shape(*value));
            quote!((#(#shapes),*))
        }
    }
}

/// A type that is not built in may be wrong in ways that the macro cannot see. It is looked at in one
/// place, a const, and its node depends on that: so one mistake is one error.
fn guarded(chain: &Chain, i: usize, input: &TokenStream) -> (TokenStream, TokenStream) {
    let (layer, value) = (&chain.nodes[i - 1], chain.value(i));
    let mut ty = types::layer(layer, value);
    let mut alias = quote!();
    if matches!(layer.made.kind, Kind::BuiltIn(..)) && !layer.made.kind.is_foreign() {
        let is_first = chain.nodes[..i - 1].iter().all(|other| other.mark != layer.mark);
        let mut name =
            names::layer(&if is_first { layer.mark.clone() } else { format!("{}_{i}", layer.mark) });
        alias = quote!(type #name = #ty;);
        name.set_span(layer.span);
        ty = name.into_token_stream();
    }
    if !layer.made.is_foreign {
        return (alias, ty);
    }
    let (p, at, span, check) = (private(), private_at(layer.span), layer.span, names::check(value));
    let output = if matches!(layer.made.kind, Kind::Own(_)) {
        quote_spanned!(span=> #at::block_output::<#input, #ty>())
    } else {
        quote_spanned!(span=> #at::output::<#input, #ty>())
    };
    let const_ = quote_spanned!(span=> const #check: #at::Dims = #output;);
    let plain = types::signature(layer, value);
    (quote!(#alias #const_), quote!(<#p::Guard<#plain, { #check.rank }> as #p::Guarded>::L))
}

/// The macro's arithmetic must be that of the layer.
fn agreement(chain: &Chain, i: usize) -> TokenStream {
    let layer = &chain.nodes[i - 1];
    if matches!(layer.made.shape, Shape::Own) {
        return quote!();
    }
    let (p, n, value) = (private(), node(i), chain.value(i));
    let who = chain.in_full(&layer.who, &layer.title);
    let dims = if shapes::has_dims(chain, value) {
        dims(value).to_token_stream()
    } else {
        let shape = shape(value);
        quote!(<#shape as #p::Shape>::DIMS)
    };
    quote!(#p::agree(#who, #dims, #p::dims::<#n>());)
}
